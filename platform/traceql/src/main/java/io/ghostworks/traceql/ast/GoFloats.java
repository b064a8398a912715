package io.ghostworks.traceql.ast;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Floating-point numbers as Go's {@code strconv.FormatFloat} writes them. */
final class GoFloats {
  private static final int EXPONENT_MAX = 21;
  private static final int EXPONENT_MIN = -4;

  private GoFloats() {}

  /** Format {@code g} with as many digits as the number needs. */
  static String shortest(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    String sign = value < 0 || 1 / value < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= EXPONENT_MIN && exponent < EXPONENT_MAX) {
      return sign + decimal.toPlainString();
    }
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%s%se%s%02d".formatted(sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** Whole numbers without a point, others as {@link #shortest}. */
  static String plain(double value) {
    return value == (long) value && Math.abs(value) < 0x1p63
        ? Long.toString((long) value)
        : shortest(value);
  }

  /** Format {@code f} with so many digits behind the point. */
  static String fixed(double value, int digits) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString()
        : shortest(value);
  }
}
