package io.ghostworks.promql.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Floats as text, in the forms of Go's strconv: the shortest decimal that gives the same bits back.
 */
public final class FloatText {

  private static final double EXACT_INTEGERS = 1L << 53;

  private FloatText() {}

  /** As {@code strconv.FormatFloat(f, 'f', -1, 64)}: never an exponent; NaN, +Inf, -Inf. */
  public static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    String java = Double.toString(value);
    if (java.indexOf('E') < 0) {
      return java.endsWith(".0") ? java.substring(0, java.length() - 2) : java;
    }
    return shortest(value).toPlainString();
  }

  /** As {@code strconv.FormatFloat(f, 'g', -1, 64)}: an exponent below 1e-4 and from 1e6 on. */
  public static String formatShort(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return format(value);
    }
    BigDecimal decimal = shortest(value);
    int exponent = exponent(decimal);
    return exponent >= -4 && exponent < 6 ? format(value) : withExponent(decimal, value < 0);
  }

  /** As samples stand in the JSON of Prometheus: an exponent below 1e-6 and from 1e21 on. */
  public static String formatJson(double value) {
    double size = Math.abs(value);
    return size == 0 || (size >= 1e-6 && size < 1e21) || !Double.isFinite(value)
        ? format(value)
        : withExponent(shortest(value), value < 0);
  }

  private static int exponent(BigDecimal decimal) {
    return decimal.precision() - decimal.scale() - 1;
  }

  private static String withExponent(BigDecimal decimal, boolean negative) {
    int exponent = exponent(decimal);
    String digits = decimal.unscaledValue().abs().toString();
    StringBuilder out = new StringBuilder(negative ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return out.append(size < 10 ? "0" : "").append(size).toString();
  }

  /** As {@code fmt.Sprintf("%.6f", f)} and other counts of decimals. */
  public static String formatFixed(double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return format(value);
    }
    return new BigDecimal(value)
        .setScale(decimals, java.math.RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  /**
   * A number as PromQL and Go's strconv read it: decimal or hexadecimal integers, octal with a
   * leading 0, underscores between digits, decimal floats, Inf and NaN in any case.
   *
   * @throws NumberFormatException in the words of strconv
   */
  public static double parse(String text) {
    Long integer = findInteger(text);
    if (integer != null) {
      return integer;
    }
    return parseFloat(text);
  }

  /** As {@code strconv.ParseFloat(text, 64)}, without hexadecimal floats. */
  public static double parseFloat(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean negative = lower.startsWith("-");
    String unsigned = negative || lower.startsWith("+") ? lower.substring(1) : lower;
    return switch (unsigned) {
      case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> decimal(text, unsigned, negative);
    };
  }

  private static double decimal(String text, String unsigned, boolean negative) {
    if (unsigned.isEmpty() || !isDecimal(unsigned)) {
      throw syntax(text);
    }
    double value = Double.parseDouble(unsigned.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(
          "strconv.ParseFloat: parsing %s: value out of range".formatted(QuotedText.quote(text)));
    }
    return negative ? -value : value;
  }

  private static NumberFormatException syntax(String text) {
    return new NumberFormatException(
        "strconv.ParseFloat: parsing %s: invalid syntax".formatted(QuotedText.quote(text)));
  }

  private static boolean isDecimal(String text) {
    int digits = 0;
    boolean dot = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !dot) {
        dot = true;
      } else if (c == 'e' && digits > 0) {
        return isExponent(text, i + 1) && underscoresSeparateDigits(text);
      } else if (c != '_') {
        return false;
      }
    }
    return digits > 0 && underscoresSeparateDigits(text);
  }

  private static boolean isExponent(String text, int from) {
    int i = from;
    if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
      i++;
    }
    boolean digits = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = true;
      } else if (c != '_') {
        return false;
      }
    }
    return digits;
  }

  /** The value of an integer with Go's prefixes, or null where it is none or does not fit. */
  @SuppressWarnings("NullAway") // null says that it is no integer
  private static @org.jspecify.annotations.Nullable Long findInteger(String text) {
    int radix = 10;
    int from = 0;
    if (text.length() > 1 && text.charAt(0) == '0') {
      char prefix = Character.toLowerCase(text.charAt(1));
      radix = prefix == 'x' ? 16 : 8;
      from = prefix == 'x' ? 2 : 1;
    }
    if (!underscoresSeparateDigits(text)) {
      return null;
    }
    String digits = text.substring(from).replace("_", "");
    if (digits.isEmpty() || digits.charAt(0) == '+' || digits.charAt(0) == '-') {
      return null;
    }
    try {
      return Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      return null; // a float, or nothing: the caller tries that next
    }
  }

  /** Whether each underscore stands between two digits, or after a hexadecimal prefix. */
  private static boolean underscoresSeparateDigits(String text) {
    boolean hex = text.length() > 1 && (text.startsWith("0x") || text.startsWith("0X"));
    char before = hex ? '0' : '!';
    for (int i = hex ? 2 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = hex ? Character.digit(c, 16) >= 0 : c >= '0' && c <= '9';
      if (c == '_' ? before != '0' : !digit && before == '_') {
        return false;
      }
      before = digit ? '0' : c == '_' ? '_' : '!';
    }
    return before != '_';
  }

  /** The shortest decimal; Java's own form never has fewer than two digits. */
  private static BigDecimal shortest(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      BigDecimal one = decimal.round(new MathContext(1));
      if (one.doubleValue() == value) {
        return one.stripTrailingZeros();
      }
    }
    return decimal;
  }
}
