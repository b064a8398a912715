package io.ghostworks.promql.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as ASCII straight into a buffer, without a text between. Floats come in the form of
 * {@link FloatText#formatJson}: the shortest decimal that gives the same bits back, found as in
 * Raffaello Giulietti, The Schubfach way to render doubles, section 9.
 */
public final class FloatBytes {
  /** No number takes more. */
  public static final int BYTES_MAX = 32;

  private static final double EXACT_INTEGERS = 1L << 53;

  /** The sizes that have no exponent in JSON; the powers below are for them only. */
  private static final double PLAIN_MIN = 1e-6;

  private static final double PLAIN_MAX = 1e21;
  private static final int POWER_MIN = -24;
  private static final int POWER_MAX = 6;

  /**
   * Of 10^-k for each k from {@link #POWER_MIN}: its 126 leading bits plus one, in two halves of 63
   * bits.
   */
  private static final long[] HIGH = new long[POWER_MAX - POWER_MIN + 1];

  private static final long[] LOW = new long[HIGH.length];
  private static final long MASK_63 = Long.MAX_VALUE;
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT_BIAS = 1075;
  private static final byte[] PAIRS = new byte[200];
  private static final long TEN_TO_8 = 100_000_000;

  static {
    for (int i = 0; i < HIGH.length; i++) {
      int power = -(POWER_MIN + i);
      BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
      BigInteger scaled =
          power >= 0
              ? ten.shiftLeft(126).shiftRight(ten.bitLength())
              : BigInteger.ONE.shiftLeft(125 + ten.bitLength()).divide(ten);
      scaled = scaled.add(BigInteger.ONE);
      HIGH[i] = scaled.shiftRight(63).longValueExact();
      LOW[i] = scaled.longValue() & MASK_63;
    }
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private FloatBytes() {}

  /**
   * Writes a number.
   *
   * @param at where; {@link #BYTES_MAX} bytes from there are free
   * @return the place after it
   */
  public static int write(double value, byte[] out, int at) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < EXACT_INTEGERS && (whole != 0 || 1 / value > 0)) {
      return write(whole, out, at);
    }
    double size = Math.abs(value);
    if (!(size >= PLAIN_MIN && size < PLAIN_MAX)) {
      byte[] text = FloatText.formatJson(value).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, out, at, text.length);
      return at + text.length;
    }
    int from = at;
    if (value < 0) {
      out[from++] = '-';
    }
    return shortest(Double.doubleToRawLongBits(size), out, from);
  }

  /** Writes a whole number other than the least. */
  public static int write(long value, byte[] out, int at) {
    int from = at;
    long rest = value;
    if (rest < 0) {
      out[from++] = '-';
      rest = -rest;
    }
    int end = from + digitCount(rest);
    digits(rest, out, end);
    return end;
  }

  private static int digitCount(long value) {
    int count = 1;
    for (long power = 10; count < 19 && value >= power; power *= 10) {
      count++;
    }
    return count;
  }

  /** Writes the digits that end at a place. */
  private static void digits(long value, byte[] out, int end) {
    int at = end;
    long rest = value;
    while (rest >= TEN_TO_8) {
      long higher = rest / TEN_TO_8;
      int lower = (int) (rest - higher * TEN_TO_8);
      for (int i = 0; i < 4; i++) {
        int next = lower / 100;
        at = pair(lower - next * 100, out, at);
        lower = next;
      }
      rest = higher;
    }
    int small = (int) rest;
    while (small >= 100) {
      int next = small / 100;
      at = pair(small - next * 100, out, at);
      small = next;
    }
    if (small >= 10) {
      pair(small, out, at);
    } else {
      out[at - 1] = (byte) ('0' + small);
    }
  }

  private static int pair(int value, byte[] out, int end) {
    out[end - 2] = PAIRS[2 * value];
    out[end - 1] = PAIRS[2 * value + 1];
    return end - 2;
  }

  /** Writes the shortest decimal between the neighbours of a normal positive number. */
  private static int shortest(long bits, byte[] out, int at) {
    long mantissa = (bits & MANTISSA_MASK) | (1L << MANTISSA_BITS);
    int exponent = (int) (bits >>> MANTISSA_BITS) - EXPONENT_BIAS;
    boolean atPower = (bits & MANTISSA_MASK) == 0;
    int odd = (int) (mantissa & 1);
    long middle = mantissa << 2;
    int power = atPower ? floorLog10ThreeQuarters(exponent) : floorLog10(exponent);
    int shift = exponent + floorLog2OfTenTo(-power) + 2;
    long high = HIGH[power - POWER_MIN];
    long low = LOW[power - POWER_MIN];
    long value = scaled(high, low, middle << shift);
    long below = scaled(high, low, (middle - (atPower ? 1 : 2)) << shift) + odd;
    long above = scaled(high, low, (middle + 2) << shift) - odd;
    long floor = value >> 2;
    long tens = floor / 10 * 10;
    boolean lowerTens = below <= (tens << 2);
    boolean upperTens = ((tens + 10) << 2) <= above;
    if (lowerTens != upperTens) {
      return plain(lowerTens ? tens : tens + 10, power, out, at);
    }
    boolean lower = below <= (floor << 2);
    boolean upper = ((floor + 1) << 2) <= above;
    if (lower != upper) {
      return plain(lower ? floor : floor + 1, power, out, at);
    }
    long fromHalf = value - ((2 * floor + 1) << 1);
    boolean down = fromHalf < 0 || (fromHalf == 0 && (floor & 1) == 0);
    return plain(down ? floor : floor + 1, power, out, at);
  }

  /** floor(log10(2^e)) */
  private static int floorLog10(int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  /** floor(log10(3/4 2^e)) */
  private static int floorLog10ThreeQuarters(int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  /** floor(log2(10^e)) */
  private static int floorLog2OfTenTo(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }

  /** A product's integer part, whose last bit says whether anything was cut off. */
  private static long scaled(long high, long low, long factor) {
    long x = Math.multiplyHigh(low, factor);
    long y = high * factor;
    long z = (y >>> 1) + x;
    long w = Math.multiplyHigh(high, factor) + (z >>> 63);
    return w | (((z & MASK_63) + MASK_63) >>> 63);
  }

  /**
   * Writes digits times a power of ten, without an exponent and without zeros at a fraction's end.
   */
  private static int plain(long digits, int power, byte[] out, int at) {
    long kept = digits;
    int exponent = power;
    while (kept >= TEN_TO_8 && kept % TEN_TO_8 == 0) {
      kept /= TEN_TO_8;
      exponent += 8;
    }
    while (kept % 10 == 0) {
      kept /= 10;
      exponent++;
    }
    int count = digitCount(kept);
    int whole = count + exponent;
    if (exponent >= 0) {
      digits(kept, out, at + count);
      return zeros(exponent, out, at + count);
    }
    if (whole > 0) {
      digits(kept, out, at + count + 1);
      System.arraycopy(out, at + 1, out, at, whole);
      out[at + whole] = '.';
      return at + count + 1;
    }
    out[at] = '0';
    out[at + 1] = '.';
    int end = zeros(-whole, out, at + 2) + count;
    digits(kept, out, end);
    return end;
  }

  private static int zeros(int count, byte[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = '0';
    }
    return at + count;
  }
}
