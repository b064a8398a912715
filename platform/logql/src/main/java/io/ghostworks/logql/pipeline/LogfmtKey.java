package io.ghostworks.logql.pipeline;

/** The key that a logfmt expression names. */
final class LogfmtKey {
  private LogfmtKey() {}

  /**
   * Reads an expression: a word, or any text in quotes.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static String parse(String expression) {
    String text = expression.strip();
    if (text.startsWith("\"")) {
      int end = 1;
      while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != ']') {
        end++;
      }
      if (end + 1 >= text.length()) {
        return text.substring(1, end);
      }
    } else if (!text.isEmpty() && isWord(text)) {
      return text;
    }
    throw new IllegalArgumentException(
        "cannot parse expression [%s]: %s".formatted(expression, fault(text)));
  }

  private static String fault(String text) {
    if (text.isEmpty()) {
      return "syntax error: unexpected $end, expecting STRING or KEY";
    }
    int at = 0;
    while (at < text.length() && isWordPart(text.charAt(at), at == 0)) {
      at++;
    }
    return at == 0
        ? "syntax error: unexpected $end, expecting STRING or KEY"
        : "unexpected char " + text.charAt(Math.min(at, text.length() - 1));
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isWordPart(text.charAt(i), i == 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWordPart(char c, boolean first) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (!first && c >= '0' && c <= '9');
  }
}
