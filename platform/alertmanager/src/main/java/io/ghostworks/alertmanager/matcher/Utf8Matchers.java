package io.ghostworks.alertmanager.matcher;

import io.ghostworks.model.label.LabelMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of matchers with UTF-8 ({@code matcher/parse}): names and values of any characters,
 * between double quotes with Go's escapes where they hold reserved ones; braces that must match.
 */
final class Utf8Matchers {

  private static final String RESERVED = "{}!=~,\\\"'`";
  private static final int NEXT_LINE = 0x85;
  private static final int NO_BREAK_SPACE = 0xa0;

  private final int[] text;
  private int at;

  private Utf8Matchers(String text) {
    this.text = text.codePoints().toArray();
  }

  /**
   * @throws IllegalArgumentException if the text is not well formed
   */
  static List<LabelMatcher> parse(String text) {
    return new Utf8Matchers(text).all();
  }

  /**
   * @throws IllegalArgumentException if the text is not just one matcher
   */
  static LabelMatcher parseOne(String text) {
    if (text.startsWith("{") || text.endsWith("}")) {
      throw new IllegalArgumentException("unexpected open or close brace: " + text);
    }
    List<LabelMatcher> all = parse(text);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no matchers");
    }
    if (all.size() > 1) {
      throw new IllegalArgumentException("expected 1 matcher, found " + all.size());
    }
    return all.getFirst();
  }

  /** Whether a character may not stand in a name or value without quotes. */
  static boolean isReserved(int c) {
    return isSpace(c) || RESERVED.indexOf(c) >= 0;
  }

  private static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r')
        || c == NEXT_LINE
        || c == NO_BREAK_SPACE
        || Character.isSpaceChar(c);
  }

  private List<LabelMatcher> all() {
    List<LabelMatcher> matchers = new ArrayList<>();
    boolean braces = accept('{');
    while (!atEnd() && peek() != '}') {
      matchers.add(matcher());
      if (!atEnd() && peek() != '}') {
        if (!accept(',')) {
          throw wrong("unexpected %s: expected a comma or close brace".formatted(shown()));
        }
        if (!atEnd() && isReserved(peek()) && peek() != '"' && peek() != '}') {
          throw wrong(
              "unexpected %s: expected a matcher or close brace after comma".formatted(shown()));
        }
      }
    }
    if (braces && !accept('}')) {
      throw wrong("end of input: expected close brace");
    }
    if (!atEnd()) {
      throw wrong(
          peek() == '}' && !braces
              ? "}: expected opening brace"
              : shown() + ": expected end of input");
    }
    return matchers;
  }

  private LabelMatcher matcher() {
    String name = word("expected label name");
    String operator = operator();
    String value = word("expected label value");
    try {
      return Matchers.of(name, operator, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("failed to create matcher: " + e.getMessage(), e);
    }
  }

  private String operator() {
    if (accept('!')) {
      if (at < text.length && text[at] == '=') {
        at++;
        return "!=";
      }
      if (at < text.length && text[at] == '~') {
        at++;
        return "!~";
      }
      throw wrong("!: expected one of '=~'");
    }
    if (!accept('=')) {
      throw wrong(
          "unexpected %s: expected an operator such as '=', '!=', '=~' or '!~'".formatted(shown()));
    }
    if (at < text.length && text[at] == '~') {
      at++;
      return "=~";
    }
    return "=";
  }

  private String word(String rule) {
    if (atEnd()) {
      throw wrong("end of input: " + rule);
    }
    if (peek() == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length && !isReserved(text[at])) {
      at++;
    }
    if (at == start) {
      throw wrong("unexpected %s: %s".formatted(shown(), rule));
    }
    return new String(text, start, at - start);
  }

  private String quoted() {
    int start = at;
    for (at++; at < text.length && text[at] != '"'; at++) {
      if (text[at] == '\\') {
        at++;
      }
    }
    if (at >= text.length) {
      at = text.length;
      throw wrong(new String(text, start, at - start) + ": missing end \"");
    }
    at++;
    try {
      return GoQuotes.unquote(new String(text, start + 1, at - start - 2));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%d:%d: %s: invalid input".formatted(start, at, new String(text, start, at - start)), e);
    }
  }

  private boolean accept(char c) {
    if (!atEnd() && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Whether nothing but space is left, which it skips. */
  private boolean atEnd() {
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
    return at >= text.length;
  }

  private int peek() {
    return text[at];
  }

  private String shown() {
    return atEnd() ? "end of input" : Character.toString(peek());
  }

  private IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException(
        "%d:%d: %s".formatted(at, Math.min(at + 1, text.length), rule));
  }
}
