package io.ghostworks.logql.quantity;

import io.ghostworks.template.GoNumbers;

/** Floating point numbers as Go's {@code strconv} reads and prints them. */
public final class GoFloat {
  private GoFloat() {}

  /**
   * The number that a text is: decimal or hexadecimal, infinity or not a number in any case.
   *
   * @throws QuantityException with Go's message if it is none, or too large
   */
  public static double parse(String text) {
    double value = parseOrNan(text);
    if (Double.isNaN(value) && !text.equalsIgnoreCase("nan")) {
      throw failure(text, "invalid syntax");
    }
    if (Double.isInfinite(value) && hasDigit(text)) {
      throw failure(text, "value out of range");
    }
    return value;
  }

  /** As {@link #parse} but not a number where the text is none, and infinite where too large. */
  public static double parseOrNan(String text) {
    int length = text.length();
    int at = length > 0 && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
    if (at == length) {
      return Double.NaN;
    }
    char first = text.charAt(at);
    if (first == 'i' || first == 'I') {
      String rest = text.substring(at);
      boolean infinite = rest.equalsIgnoreCase("inf") || rest.equalsIgnoreCase("infinity");
      return !infinite
          ? Double.NaN
          : text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    boolean hex = text.regionMatches(true, at, "0x", 0, 2);
    if (!wellFormed(text, hex ? at + 2 : at, hex)) {
      return Double.NaN;
    }
    return Double.parseDouble(hex ? text.replace("_", "") : text);
  }

  private static boolean wellFormed(String text, int from, boolean hex) {
    int digits = 0;
    boolean point = false;
    int at = from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '.' && !point) {
        point = true;
      } else if (isDigit(c) || (hex && Character.digit(c, 16) >= 0 && c < 128)) {
        digits++;
      } else if (!(hex && c == '_')) {
        break;
      }
    }
    if (digits == 0) {
      return false;
    }
    if (at == text.length()) {
      return !hex;
    }
    char mark = (char) (text.charAt(at) | 0x20);
    if (mark != (hex ? 'p' : 'e')) {
      return false;
    }
    at++;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    int exponentFrom = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at == text.length() && at > exponentFrom;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static QuantityException failure(String text, String reason) {
    return new QuantityException(
        "strconv.ParseFloat: parsing %s: %s".formatted(GoText.quote(text), reason));
  }

  /** Without an exponent, as many digits as the number needs. */
  public static String plain(double value) {
    return GoNumbers.format(value, 'f', -1);
  }
}
