package io.ghostworks.alertmanager.matcher;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.model.label.LabelMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of matchers before UTF-8 ({@code pkg/labels/parse.go}): names as of old, values that may
 * stand without quotes whatever is in them, optional braces that need not match.
 */
final class ClassicMatchers {

  private static final Pattern MATCHER =
      Pattern.compile("^\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*((?s).*?)\\s*$");

  private ClassicMatchers() {}

  /**
   * @throws IllegalArgumentException if the text is not well formed, in Alertmanager's words
   */
  static List<LabelMatcher> parse(String text) {
    String inner = text.startsWith("{") ? text.substring(1) : text;
    inner = inner.endsWith("}") ? inner.substring(0, inner.length() - 1) : inner;
    return tokens(inner).stream().map(ClassicMatchers::parseOne).toList();
  }

  /** The parts between commas that do not stand in quotes. */
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    boolean quoted = false;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' && !quoted) {
        tokens.add(token.toString());
        token.setLength(0);
        continue; // what was escaped before stays so, as in Alertmanager
      }
      switch (c) {
        case ',' -> {}
        case '"' -> {
          quoted ^= !escaped;
          escaped = false;
        }
        case '\\' -> escaped = !escaped;
        default -> escaped = false;
      }
      token.append(c);
    }
    String rest = token.toString().strip();
    if (!rest.isEmpty()) {
      tokens.add(rest);
    }
    return tokens;
  }

  /**
   * @throws IllegalArgumentException if the text is no matcher, in Alertmanager's words
   */
  static LabelMatcher parseOne(String text) {
    Matcher parts = MATCHER.matcher(text);
    if (!parts.find()) {
      throw new IllegalArgumentException("bad matcher format: " + text);
    }
    return Matchers.of(parts.group(1), parts.group(2), unescaped(parts.group(3)));
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
