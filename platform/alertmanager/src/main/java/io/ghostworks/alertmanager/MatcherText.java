package io.ghostworks.alertmanager;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * Alertmanager's texts of matchers: {@code severity="critical"}, {@code team=~a|b}, or several of
 * them between braces, separated by commas. Names and values may stand without quotes.
 */
public final class MatcherText {

  private static final String RESERVED = "{}!=~,\\\"'`";

  private final String text;
  private int at;

  private MatcherText(String text) {
    this.text = text;
  }

  /**
   * The matchers of a text; all must hold.
   *
   * @throws IllegalArgumentException if the text is not well formed
   */
  public static List<LabelMatcher> parse(String text) {
    return new MatcherText(text).all();
  }

  private List<LabelMatcher> all() {
    List<LabelMatcher> matchers = new ArrayList<>();
    boolean braces = accept('{');
    while (!atEnd(braces)) {
      matchers.add(matcher());
      if (!accept(',')) {
        break;
      }
    }
    if (braces && !accept('}')) {
      throw wrong("expected a closing brace");
    }
    skipSpace();
    if (at < text.length()) {
      throw wrong("expected a comma");
    }
    return matchers;
  }

  private boolean atEnd(boolean braces) {
    skipSpace();
    return at >= text.length() || (braces && text.charAt(at) == '}');
  }

  private LabelMatcher matcher() {
    String name = word("a label name");
    skipSpace();
    String operator =
        text.startsWith("=~", at)
            ? "=~"
            : text.startsWith("!~", at)
                ? "!~"
                : text.startsWith("!=", at) ? "!=" : text.startsWith("=", at) ? "=" : "";
    if (operator.isEmpty()) {
      throw wrong("expected one of = != =~ !~");
    }
    at += operator.length();
    String value = word("a value");
    return switch (operator) {
      case "=" -> new LabelMatcher.Equal(name, value);
      case "!=" -> new LabelMatcher.NotEqual(name, value);
      case "=~" -> new LabelMatcher.Matches(name, AnchoredRegex.compile(value));
      default -> new LabelMatcher.NotMatches(name, AnchoredRegex.compile(value));
    };
  }

  private String word(String what) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && RESERVED.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw wrong("expected " + what);
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        char next = text.charAt(++at);
        switch (next) {
          case 'n' -> out.append('\n');
          case '"', '\\' -> out.append(next);
          default -> out.append('\\').append(next);
        }
      } else {
        out.append(c);
      }
    }
    throw wrong("the quotes are not closed");
  }

  private boolean accept(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException(
        "bad matcher format: %s at char %d of '%s'".formatted(rule, at + 1, text));
  }
}
