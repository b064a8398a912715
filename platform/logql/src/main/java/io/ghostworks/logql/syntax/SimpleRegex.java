package io.ghostworks.logql.syntax;

/** Which regular expressions are no more than literals, alternatives and {@code .*} at an end. */
public final class SimpleRegex {
  private static final String META = "\\.+*?()[]{}^$|";

  private SimpleRegex() {}

  /** Whether Loki tests the expression without a regular expression. */
  public static boolean isSimple(String source) {
    if (source.equals(".*") || source.equals(".+")) {
      return true;
    }
    String inner =
        source.startsWith("(") && source.endsWith(")") && source.indexOf('(', 1) < 0
            ? source.substring(1, source.length() - 1)
            : source;
    for (String alternative : inner.split("\\|", -1)) {
      String literal = alternative;
      if (literal.startsWith(".*")) {
        literal = literal.substring(2);
      }
      if (literal.endsWith(".*")) {
        literal = literal.substring(0, literal.length() - 2);
      }
      if (!isLiteral(literal)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLiteral(String text) {
    return text.chars().noneMatch(c -> META.indexOf(c) >= 0);
  }
}
