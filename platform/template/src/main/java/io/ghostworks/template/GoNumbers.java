package io.ghostworks.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Go reads and prints them ({@code strconv}). */
public final class GoNumbers {

  /** From this exponent on the shortest form is exponential. */
  private static final int SHORTEST_EXPONENT_FROM = 6;

  private GoNumbers() {}

  /**
   * A numeric or character literal: Long or Double.
   *
   * @throws TemplateException if it is neither, or out of range
   */
  static Object parse(String literal) {
    if (literal.charAt(0) == '\'') {
      return (long) GoStrings.unquoteChar(literal);
    }
    if (literal.endsWith("i")) {
      throw new TemplateException(
          "complex numbers are not supported, got %s; use floating-point numbers"
              .formatted(literal));
    }
    try {
      if (!underscoresSeparateDigits(literal)) {
        return bad(literal);
      }
      String plain = literal.replace("_", "");
      boolean hex = plain.toLowerCase(java.util.Locale.ROOT).matches("[+-]?0x.*");
      boolean isFloat = hex ? plain.matches(".*[.pP].*") : plain.matches(".*[.eE].*");
      if (isFloat) {
        return hex && plain.toLowerCase(java.util.Locale.ROOT).indexOf('p') < 0
            ? bad(literal)
            : finite(Double.parseDouble(plain), literal);
      }
      return integer(plain, literal);
    } catch (NumberFormatException e) {
      return bad(literal);
    }
  }

  private static Object finite(double value, String literal) {
    return Double.isInfinite(value) ? bad(literal) : (Object) value;
  }

  /** Underscores stand between digits, or between a base and the first digit. */
  private static boolean underscoresSeparateDigits(String literal) {
    return literal.indexOf('_') < 0
        || (!literal.contains("__")
            && !literal.endsWith("_")
            && !literal.matches("[+-]?_.*|.*_[.eEpP+-].*|.*[.eEpP+-]_.*"));
  }

  private static Object integer(String plain, String literal) {
    boolean negative = plain.startsWith("-");
    String digits = plain.startsWith("+") || negative ? plain.substring(1) : plain;
    String lower = digits.toLowerCase(java.util.Locale.ROOT);
    BigInteger value;
    if (lower.startsWith("0x")) {
      value = new BigInteger(lower.substring(2), 16);
    } else if (lower.startsWith("0b")) {
      value = new BigInteger(lower.substring(2), 2);
    } else if (lower.startsWith("0o")) {
      value = new BigInteger(lower.substring(2), 8);
    } else if (lower.length() > 1 && lower.charAt(0) == '0') {
      if (lower.indexOf('8') >= 0 || lower.indexOf('9') >= 0) {
        throw new TemplateException("integer overflow: " + GoStrings.quote(literal));
      }
      value = new BigInteger(lower.substring(1), 8);
    } else {
      value = new BigInteger(lower);
    }
    if (negative) {
      value = value.negate();
    }
    if (value.bitLength() > 63) {
      throw new TemplateException("integer overflow: " + GoStrings.quote(literal));
    }
    return value.longValueExact();
  }

  private static Object bad(String literal) {
    throw new TemplateException("illegal number syntax: " + GoStrings.quote(literal));
  }

  /** The shortest text that is read as this number again, as {@code %v} prints it. */
  public static String shortest(double value) {
    return format(value, 'g', -1);
  }

  /**
   * As {@code strconv.FormatFloat(value, format, precision, 64)}.
   *
   * @param format one of {@code e E f F g G}
   * @param precision digits after the point, for g significant digits; -1 for the shortest exact
   */
  public static String format(double value, char format, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    double magnitude = Math.abs(value);
    String text =
        switch (format) {
          case 'e', 'E' -> exponential(magnitude, precision, format);
          case 'f', 'F' -> fixed(magnitude, precision);
          case 'g', 'G' -> general(magnitude, precision, (char) (format - 2));
          default -> throw new IllegalArgumentException("no such format: " + format);
        };
    return negative ? "-" + text : text;
  }

  private static BigDecimal decimal(double magnitude, boolean shortest) {
    return shortest ? new BigDecimal(Double.toString(magnitude)) : new BigDecimal(magnitude);
  }

  private static String fixed(double magnitude, int precision) {
    BigDecimal exact = decimal(magnitude, precision < 0);
    if (precision < 0) {
      BigDecimal stripped = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
      return stripped.toPlainString();
    }
    return exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String exponential(double magnitude, int precision, char format) {
    if (magnitude == 0) {
      return (precision > 0 ? "0." + "0".repeat(precision) : "0") + format + "+00";
    }
    BigDecimal exact = decimal(magnitude, precision < 0);
    BigDecimal rounded =
        precision < 0
            ? exact.stripTrailingZeros()
            : exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    StringBuilder digits = new StringBuilder(rounded.unscaledValue().toString());
    int exponent = digits.length() - 1 - rounded.scale();
    while (precision >= 0 && digits.length() < precision + 1) {
      digits.append('0');
    }
    if (digits.length() > 1) {
      digits.insert(1, '.');
    }
    digits.append(format).append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return digits.append(size < 10 ? "0" : "").append(size).toString();
  }

  private static String general(double magnitude, int precision, char exponentSign) {
    if (magnitude == 0) {
      return "0";
    }
    boolean shortest = precision < 0;
    int significant = precision == 0 ? 1 : precision;
    BigDecimal exact = decimal(magnitude, shortest);
    BigDecimal digits =
        (shortest ? exact : exact.round(new MathContext(significant, RoundingMode.HALF_EVEN)))
            .stripTrailingZeros();
    int count = digits.precision();
    int exponent = count - digits.scale() - 1;
    int exponentFrom = shortest ? SHORTEST_EXPONENT_FROM : significant;
    if (!shortest && exponentFrom > count && count >= exponent + 1) {
      exponentFrom = count;
    }
    if (exponent < -4 || exponent >= exponentFrom) {
      StringBuilder text = new StringBuilder(digits.unscaledValue().abs().toString());
      if (text.length() > 1) {
        text.insert(1, '.');
      }
      text.append(exponentSign).append(exponent < 0 ? '-' : '+');
      int size = Math.abs(exponent);
      return text.append(size < 10 ? "0" : "").append(size).toString();
    }
    return digits.toPlainString();
  }
}
