package io.ghostworks.promql.eval;

/**
 * Powers as Go's {@code math.Pow} computes them: the whole part of the exponent by repeated
 * squaring of the fraction of the base, the rest by logarithm and exponential function. The last
 * digits differ from those of a correctly rounded power, and Prometheus gives them.
 */
final class Power {
  private static final double WHOLE_MAX = 0x1p63;
  private static final int EXPONENT_MAX = 1 << 12;
  private static final int MANTISSA_BITS = 52;
  private static final double SUBNORMAL_SCALE = 0x1p54;
  private static final int SUBNORMAL_SHIFT = 54;

  private Power() {}

  static double of(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1; // where Java gives NaN
    }
    if (base == 0 || exponent == 0 || !Double.isFinite(base) || !Double.isFinite(exponent)) {
      return Math.pow(base, exponent);
    }
    if (exponent == 1) {
      return base;
    }
    if (exponent == 0.5) {
      return Math.sqrt(base);
    }
    if (exponent == -0.5) {
      return 1 / Math.sqrt(base);
    }
    double size = Math.abs(exponent);
    double whole = Math.floor(size);
    double rest = size - whole;
    if (rest != 0 && base < 0) {
      return Double.NaN;
    }
    return whole >= WHOLE_MAX ? Math.pow(base, exponent) : finite(base, exponent < 0, whole, rest);
  }

  private static double finite(double base, boolean inverse, double wholePart, double restPart) {
    double whole = wholePart;
    double rest = restPart;
    double result = 1;
    if (rest != 0) {
      if (rest > 0.5) {
        rest--;
        whole++;
      }
      result = Math.exp(rest * Math.log(base));
    }
    int exponentOfResult = 0;
    int exponentOfFactor = exponent(base);
    double factor = fraction(base, exponentOfFactor);
    for (long left = (long) whole; left != 0; left >>= 1) {
      if (exponentOfFactor < -EXPONENT_MAX || exponentOfFactor > EXPONENT_MAX) {
        exponentOfResult += exponentOfFactor; // overflows, or vanishes
        break;
      }
      if ((left & 1) != 0) {
        result *= factor;
        exponentOfResult += exponentOfFactor;
      }
      factor *= factor;
      exponentOfFactor <<= 1;
      if (factor < 0.5) {
        factor += factor;
        exponentOfFactor--;
      }
    }
    return inverse
        ? Math.scalb(1 / result, -exponentOfResult)
        : Math.scalb(result, exponentOfResult);
  }

  /** The exponent e of {@code fraction * 2^e} with a fraction of at least 0.5 and below 1. */
  private static int exponent(double number) {
    return Math.abs(number) < Double.MIN_NORMAL
        ? Math.getExponent(number * SUBNORMAL_SCALE) - SUBNORMAL_SHIFT + 1
        : Math.getExponent(number) + 1;
  }

  private static double fraction(double number, int exponent) {
    // In two steps, since the power alone may be out of range.
    return exponent < -MANTISSA_BITS
        ? Math.scalb(Math.scalb(number, SUBNORMAL_SHIFT), -exponent - SUBNORMAL_SHIFT)
        : Math.scalb(number, -exponent);
  }
}
