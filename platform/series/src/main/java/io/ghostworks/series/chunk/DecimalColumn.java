package io.ghostworks.series.chunk;

import java.util.Arrays;

/**
 * Values as integers of one decimal scale, with the few that are none kept aside. One object serves
 * one thread.
 */
final class DecimalColumn {
  private static final int SCALE_MAX = 15;
  private static final long INTEGER_MAX = 1L << 53;
  private static final double[] POWERS = new double[SCALE_MAX + 1];

  static {
    double power = 1;
    for (int i = 0; i <= SCALE_MAX; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private long[] integers = new long[512];
  private int[] asides = new int[64];
  private int asideCount;
  private int scale;

  /** 10 to the power of a scale from 0 to {@value #SCALE_MAX}. */
  static double power(int scale) {
    return POWERS[scale];
  }

  /** Takes values in; answers false where too many are no decimals. */
  boolean read(long[] bits, int offset, int count) {
    if (integers.length < count) {
      integers = new long[count];
    }
    asideCount = 0;
    int asidesMax = 1 + count / 8;
    if (asides.length < asidesMax) {
      asides = new int[asidesMax];
    }
    scale = scale(bits, offset, count, asidesMax);
    if (scale < 0) {
      return false;
    }
    long last = 0;
    int first = -1;
    for (int i = 0; i < count; i++) {
      long integer = integer(bits[offset + i], scale);
      if (isExact(bits[offset + i], integer, scale)) {
        last = integer;
        first = first < 0 ? i : first;
      } else {
        if (asideCount == asidesMax) {
          return false;
        }
        asides[asideCount++] = i;
      }
      integers[i] = last;
    }
    if (first < 0) {
      return false;
    }
    Arrays.fill(integers, 0, first, integers[first]);
    return true;
  }

  /** The integers; where a value is kept aside, that of its neighbour. */
  long[] integers() {
    return integers;
  }

  int scale() {
    return scale;
  }

  /** How many values are kept aside. */
  int asides() {
    return asideCount;
  }

  /** The index of a value that is kept aside. */
  int aside(int number) {
    return asides[number];
  }

  /** The smallest scale that makes all values but a few integers, or -1. */
  private static int scale(long[] bits, int offset, int count, int asidesMax) {
    int scale = 0;
    int misses = 0;
    for (int i = offset; i < offset + count; i++) {
      if (i > offset && bits[i] == bits[i - 1]) {
        continue;
      }
      int candidate = scale;
      while (candidate <= SCALE_MAX && !isExact(bits[i], integer(bits[i], candidate), candidate)) {
        candidate++;
      }
      if (candidate <= SCALE_MAX) {
        scale = candidate;
      } else if (++misses > asidesMax) {
        return -1;
      }
    }
    return scale;
  }

  private static long integer(long bits, int scale) {
    return (long) Math.rint(Double.longBitsToDouble(bits) * POWERS[scale]);
  }

  private static boolean isExact(long bits, long integer, int scale) {
    return integer < INTEGER_MAX
        && integer > -INTEGER_MAX
        && Double.doubleToRawLongBits(integer / POWERS[scale]) == bits;
  }
}
