package io.ghostworks.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/**
 * What scalars mean: YAML 1.2 kinds, and the wider forms that Go programs take where a type is
 * expected.
 */
final class Scalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> TRUE_1_1 =
      Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> FALSE_1_1 =
      Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");
  private static final int NUMBER_CHARS_MAX = 400;

  private Scalars() {}

  static ScalarKind kindOf(String text) {
    if (NULLS.contains(text)) {
      return ScalarKind.NULL;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return ScalarKind.BOOLEAN;
    }
    char first = text.charAt(0);
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
      if (integer(text).isPresent()) {
        return ScalarKind.INTEGER;
      }
      if (number(text).isPresent()) {
        return ScalarKind.FLOAT;
      }
    }
    return ScalarKind.STRING;
  }

  /** YAML 1.2 and 1.1 booleans: where a boolean is expected, Go's YAML takes both. */
  static Optional<Boolean> bool(String text) {
    if (TRUE.contains(text) || TRUE_1_1.contains(text)) {
      return Optional.of(true);
    }
    return FALSE.contains(text) || FALSE_1_1.contains(text) ? Optional.of(false) : Optional.empty();
  }

  /** Decimal, 0x, 0o, 0b and leading-zero octal integers, with digits grouped by underscores. */
  static Optional<BigInteger> integer(String text) {
    if (text.length() > NUMBER_CHARS_MAX) {
      return Optional.empty();
    }
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      radix =
          switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> -8;
          };
      digits = digits.substring(radix == -8 ? 1 : 2);
      radix = Math.abs(radix);
    }
    if (digits.isEmpty() || !allDigits(digits, radix)) {
      return Optional.empty();
    }
    BigInteger value = new BigInteger(digits, radix);
    return Optional.of(negative ? value.negate() : value);
  }

  /**
   * Decimal floats with optional exponent, and {@code .inf}, {@code -.inf}, {@code .nan} in YAML's
   * spellings.
   */
  static Optional<Double> number(String text) {
    switch (text) {
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> {
        return Optional.of(Double.POSITIVE_INFINITY);
      }
      case "-.inf", "-.Inf", "-.INF" -> {
        return Optional.of(Double.NEGATIVE_INFINITY);
      }
      case ".nan", ".NaN", ".NAN" -> {
        return Optional.of(Double.NaN);
      }
      default -> {}
    }
    if (text.length() > NUMBER_CHARS_MAX) {
      return Optional.empty();
    }
    Optional<BigInteger> integer = integer(text);
    if (integer.isPresent()) {
      return Optional.of(integer.get().doubleValue());
    }
    String digits = text.replace("_", "");
    if (!looksLikeFloat(digits)) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(digits));
  }

  /**
   * An integer written in any of YAML's forms, or a float without a fraction, as Go's YAML takes
   * for an int field.
   */
  static Optional<BigInteger> integral(String text) {
    Optional<BigInteger> integer = integer(text);
    if (integer.isPresent()) {
      return integer;
    }
    Optional<Double> number = number(text);
    return number.filter(Double::isFinite).map(value -> new BigDecimal(value).toBigInteger());
  }

  private static boolean allDigits(String digits, int radix) {
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c >= 128 || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean looksLikeFloat(String text) {
    int at = 0;
    int end = text.length();
    if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int whole = digitsFrom(text, at);
    at += whole;
    int fraction = 0;
    if (at < end && text.charAt(at) == '.') {
      fraction = digitsFrom(text, at + 1);
      at += 1 + fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      int exponent = digitsFrom(text, at);
      if (exponent == 0) {
        return false;
      }
      at += exponent;
    }
    return at == end;
  }

  private static int digitsFrom(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }
}
