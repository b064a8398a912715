package io.ghostworks.wire.number;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Reads floating-point numbers as Go's {@code strconv.ParseFloat} does (without hexadecimal forms
 * and underscores), correctly rounded, and without allocation for up to 19 significant digits.
 *
 * <p>Source: Daniel Lemire, "Number Parsing at a Gigabyte per Second" (the Eisel-Lemire algorithm);
 * Clinger, "How to Read Floating Point Numbers Accurately" (exact small powers).
 */
public final class DecimalReader {
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int POWER_MIN = -342;
  private static final int POWER_MAX = 308;
  private static final long[] POWERS_HIGH = new long[POWER_MAX - POWER_MIN + 1];
  private static final long[] POWERS_LOW = new long[POWER_MAX - POWER_MIN + 1];
  private static final int DIGITS_MAX = 19;
  private static final int EXPONENT_MAX = 100_000;

  static {
    fillPowers();
  }

  private DecimalReader() {}

  /**
   * The number in {@code text[from, to)}.
   *
   * @throws NumberFormatException if it is none, or beyond the range of a double
   */
  public static double parse(byte[] text, int from, int to) {
    int at = from;
    boolean negative = false;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      negative = text[at++] == '-';
    }
    if (at == to) {
      throw invalid(text, from, to);
    }
    if (text[at] > '9') {
      return special(text, from, at, to, negative);
    }
    long mantissa = 0;
    int digits = 0;
    int exponent = 0;
    boolean any = false;
    boolean truncated = false;
    boolean point = false;
    for (; at < to; at++) {
      int c = text[at];
      if (c == '.' && !point) {
        point = true;
        continue;
      }
      int digit = c - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      any = true;
      if (digits < DIGITS_MAX) {
        mantissa = mantissa * 10 + digit;
        digits += mantissa == 0 ? 0 : 1;
        exponent -= point ? 1 : 0;
      } else {
        truncated |= digit != 0;
        exponent += point ? 0 : 1;
      }
    }
    if (!any) {
      throw invalid(text, from, to);
    }
    if (at < to) {
      if (text[at] != 'e' && text[at] != 'E') {
        throw invalid(text, from, to);
      }
      exponent += exponent(text, from, at + 1, to);
    }
    if (mantissa == 0) {
      return negative ? -0.0 : 0.0;
    }
    double magnitude = truncated ? Double.NaN : assemble(mantissa, exponent);
    if (Double.isNaN(magnitude)) {
      magnitude =
          Math.abs(
              Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII)));
      if (Double.isInfinite(magnitude)) {
        throw new NumberFormatException("value out of range: " + excerpt(text, from, to));
      }
    }
    return negative ? -magnitude : magnitude;
  }

  private static int exponent(byte[] text, int from, int start, int to) {
    int at = start;
    boolean negative = false;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      negative = text[at++] == '-';
    }
    if (at == to) {
      throw invalid(text, from, to);
    }
    int value = 0;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        throw invalid(text, from, to);
      }
      value = Math.min(EXPONENT_MAX, value * 10 + digit);
    }
    return negative ? -value : value;
  }

  /** The double nearest to {@code mantissa × 10^exponent}, or NaN where this method cannot tell. */
  private static double assemble(long mantissa, int exponent) {
    if (mantissa >>> 53 == 0 && exponent >= -22 && exponent <= 22) {
      return exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
    }
    if (exponent < POWER_MIN || exponent > POWER_MAX) {
      return Double.NaN;
    }
    int zeros = Long.numberOfLeadingZeros(mantissa);
    long man = mantissa << zeros;
    int power = exponent - POWER_MIN;
    int exp2 = ((217706 * exponent) >> 16) + 64 + 1023 - zeros;
    long high = Math.unsignedMultiplyHigh(man, POWERS_HIGH[power]);
    long low = man * POWERS_HIGH[power];
    if ((high & 0x1ff) == 0x1ff && Long.compareUnsigned(low + man, man) < 0) {
      long yHigh = Math.unsignedMultiplyHigh(man, POWERS_LOW[power]);
      long yLow = man * POWERS_LOW[power];
      long merged = low + yHigh;
      if (Long.compareUnsigned(merged, low) < 0) {
        high++;
      }
      low = merged;
      if ((high & 0x1ff) == 0x1ff && low + 1 == 0 && Long.compareUnsigned(yLow + man, man) < 0) {
        return Double.NaN;
      }
    }
    int top = (int) (high >>> 63);
    long bits = high >>> (top + 9);
    exp2 -= 1 ^ top;
    if (low == 0 && (high & 0x1ff) == 0 && (bits & 3) == 1) {
      return Double.NaN;
    }
    bits = (bits + (bits & 1)) >>> 1;
    if (bits >>> 53 != 0) {
      bits >>>= 1;
      exp2++;
    }
    if (exp2 <= 0 || exp2 >= 0x7ff) {
      return Double.NaN;
    }
    return Double.longBitsToDouble((long) exp2 << 52 | (bits & ((1L << 52) - 1)));
  }

  private static double special(byte[] text, int from, int at, int to, boolean negative) {
    if (equalsIgnoreCase(text, at, to, "inf") || equalsIgnoreCase(text, at, to, "infinity")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (at == from && equalsIgnoreCase(text, at, to, "nan")) {
      return Double.NaN;
    }
    throw invalid(text, from, to);
  }

  private static boolean equalsIgnoreCase(byte[] text, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((text[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static NumberFormatException invalid(byte[] text, int from, int to) {
    return new NumberFormatException("invalid number: " + excerpt(text, from, to));
  }

  private static String excerpt(byte[] text, int from, int to) {
    return "\"" + new String(text, from, Math.min(to - from, 64), StandardCharsets.UTF_8) + "\"";
  }

  /** The upper 128 bits of each power of ten; of negative powers rounded up. */
  private static void fillPowers() {
    for (int q = POWER_MIN; q <= POWER_MAX; q++) {
      BigInteger five = BigInteger.valueOf(5).pow(Math.abs(q));
      BigInteger bits;
      if (q < 0) {
        int z = five.subtract(BigInteger.ONE).bitLength();
        int shift = q >= -27 ? z + 127 : 2 * z + 128;
        bits = BigInteger.ONE.shiftLeft(shift).divide(five).add(BigInteger.ONE);
      } else {
        bits = five.shiftLeft(Math.max(0, 128 - five.bitLength()));
      }
      bits = bits.shiftRight(Math.max(0, bits.bitLength() - 128));
      POWERS_HIGH[q - POWER_MIN] = bits.shiftRight(64).longValue();
      POWERS_LOW[q - POWER_MIN] = bits.longValue();
    }
  }
}
