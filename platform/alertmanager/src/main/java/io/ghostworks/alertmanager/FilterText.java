package io.ghostworks.alertmanager;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import java.util.List;

/**
 * One matcher as Alertmanager's API takes it in {@code filter}: the classic form of {@code
 * pkg/labels/parse.go} where it is one, with a value that may stand without quotes, otherwise that
 * of {@link MatcherText}.
 */
final class FilterText {

  private static final Pattern CLASSIC =
      Pattern.compile("^\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*((?s).*?)\\s*$");

  private FilterText() {}

  /**
   * @throws IllegalArgumentException if the text is no matcher, in Alertmanager's words
   */
  static LabelMatcher parse(String text) {
    if (text.startsWith("{") || text.endsWith("}")) {
      throw new IllegalArgumentException("unexpected open or close brace: " + text);
    }
    try {
      return classic(text);
    } catch (IllegalArgumentException e) {
      return quoted(text, e);
    }
  }

  private static LabelMatcher quoted(String text, IllegalArgumentException classicMistake) {
    List<LabelMatcher> matchers;
    try {
      matchers = MatcherText.parse(text);
    } catch (IllegalArgumentException e) {
      classicMistake.addSuppressed(e);
      throw classicMistake;
    }
    if (matchers.size() != 1) {
      throw classicMistake;
    }
    return matchers.getFirst();
  }

  private static LabelMatcher classic(String text) {
    Matcher parts = CLASSIC.matcher(text);
    if (!parts.find()) {
      throw new IllegalArgumentException("bad matcher format: " + text);
    }
    String name = parts.group(1);
    String value = unescaped(parts.group(3));
    return switch (parts.group(2)) {
      case "=" -> new LabelMatcher.Equal(name, value);
      case "!=" -> new LabelMatcher.NotEqual(name, value);
      case "=~" -> new LabelMatcher.Matches(name, AnchoredRegex.compile(value));
      default -> new LabelMatcher.NotMatches(name, AnchoredRegex.compile(value));
    };
  }

  /** Takes off quotes and escapes; quotes may only stand around the whole value. */
  private static String unescaped(String raw) {
    boolean open = raw.startsWith("\"");
    String inner = open ? raw.substring(1) : raw;
    int last = inner.length() - 1;
    StringBuilder value = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      char c = inner.charAt(i);
      if (c == '\\' && i < last) {
        char next = inner.charAt(++i);
        switch (next) {
          case 'n' -> value.append('\n');
          case '"', '\\' -> value.append(next);
          default -> value.append('\\').append(next);
        }
      } else if (c == '"') {
        if (!open || i < last) {
          throw unescapedQuote(raw);
        }
        open = false;
      } else {
        value.append(c);
      }
    }
    if (open) {
      throw unescapedQuote(raw);
    }
    return value.toString();
  }

  private static IllegalArgumentException unescapedQuote(String raw) {
    return new IllegalArgumentException("matcher value contains unescaped double quote: " + raw);
  }
}
