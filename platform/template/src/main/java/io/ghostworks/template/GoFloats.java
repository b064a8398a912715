package io.ghostworks.template;

import java.util.Locale;

/** Floating-point numbers by their bits, as {@code strconv.FormatFloat} writes them. */
final class GoFloats {
  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;
  private static final int MANTISSA_HEX_DIGITS = 13;

  private GoFloats() {}

  /** The format b: mantissa and power of two, {@code 4503599627370496p-52}. */
  static String binary(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return GoNumbers.shortest(value);
    }
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
    int exponent = (int) (bits >> MANTISSA_BITS & 0x7ff);
    if (exponent == 0) {
      exponent++;
    } else {
      mantissa |= 1L << MANTISSA_BITS;
    }
    exponent -= EXPONENT_BIAS + MANTISSA_BITS;
    return (bits < 0 ? "-" : "") + mantissa + "p" + (exponent >= 0 ? "+" : "") + exponent;
  }

  /**
   * The format x: {@code 0x1.8p+01}.
   *
   * @param precision digits after the point; -1 for as many as it has
   */
  static String hex(double value, int precision, boolean upper) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return GoNumbers.shortest(value);
    }
    double magnitude = Math.abs(value);
    int exponent = magnitude == 0 ? 0 : Math.getExponent(magnitude);
    long mantissa = 0;
    if (magnitude != 0) {
      if (exponent < Double.MIN_EXPONENT) {
        magnitude *= 0x1p54;
        exponent = Math.getExponent(magnitude) - 54;
      }
      mantissa =
          (Double.doubleToRawLongBits(magnitude) & ((1L << MANTISSA_BITS) - 1))
              | (1L << MANTISSA_BITS);
    }
    if (precision >= 0 && precision < MANTISSA_HEX_DIGITS) {
      int dropped = MANTISSA_BITS - 4 * precision;
      long half = 1L << (dropped - 1);
      long rest = mantissa & ((1L << dropped) - 1);
      mantissa >>>= dropped;
      mantissa += rest > half || (rest == half && (mantissa & 1) == 1) ? 1 : 0;
      mantissa <<= dropped;
      if (mantissa >= 1L << (MANTISSA_BITS + 1)) {
        mantissa >>>= 1;
        exponent++;
      }
    }
    String digits = "%013x".formatted(mantissa & ((1L << MANTISSA_BITS) - 1));
    if (precision < 0) {
      digits = digits.replaceAll("0+$", "");
    } else {
      digits =
          precision <= MANTISSA_HEX_DIGITS
              ? digits.substring(0, precision)
              : digits + "0".repeat(precision - MANTISSA_HEX_DIGITS);
    }
    String text =
        "%s0x%d%s%sp%s%02d"
            .formatted(
                Double.doubleToRawLongBits(value) < 0 ? "-" : "",
                mantissa >>> MANTISSA_BITS,
                digits.isEmpty() ? "" : ".",
                digits,
                exponent < 0 ? "-" : "+",
                Math.abs(exponent));
    return upper ? text.toUpperCase(Locale.ROOT) : text;
  }
}
