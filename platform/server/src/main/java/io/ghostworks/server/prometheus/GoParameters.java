package io.ghostworks.server.prometheus;

import com.google.re2j.Pattern;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.promql.text.QuotedText;

/** Numbers and truth values as Go's strconv reads them, and its words where it cannot. */
final class GoParameters {

  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+");

  private GoParameters() {}

  /**
   * A whole number, as {@code strconv.Atoi} reads it.
   *
   * @throws NumberFormatException in the words of strconv
   */
  static long integer(String text) {
    return integer("Atoi", text, Long.MAX_VALUE);
  }

  /**
   * A whole number of 32 bits, as {@code strconv.ParseInt(text, 10, 32)} reads it.
   *
   * @throws NumberFormatException in the words of strconv
   */
  static int integer32(String text) {
    return (int) integer("ParseInt", text, Integer.MAX_VALUE);
  }

  private static long integer(String function, String text, long max) {
    if (!isInteger(text)) {
      throw failure(function, text, "invalid syntax");
    }
    try {
      long number = Long.parseLong(text);
      if (number <= max && number >= -max - 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw failure(function, text, "value out of range");
    }
    throw failure(function, text, "value out of range");
  }

  private static boolean isInteger(String text) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > from;
  }

  /**
   * A truth value, as {@code strconv.ParseBool} reads it.
   *
   * @throws NumberFormatException in the words of strconv
   */
  static boolean truth(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw failure("ParseBool", text, "invalid syntax");
    };
  }

  /**
   * A number, as {@code strconv.ParseFloat(text, 64)} reads it, hexadecimal ones among them.
   *
   * @throws NumberFormatException if it is none
   */
  static double decimal(String text) {
    return HEXADECIMAL.matches(text) ? Double.parseDouble(text) : FloatText.parseFloat(text);
  }

  private static NumberFormatException failure(String function, String text, String reason) {
    return new NumberFormatException(
        "strconv.%s: parsing %s: %s".formatted(function, QuotedText.quote(text), reason));
  }
}
