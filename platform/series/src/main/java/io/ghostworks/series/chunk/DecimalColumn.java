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
    int asidesMax = 1 + count / 8;
    if (asides.length < asidesMax) {
      asides = new int[asidesMax];
    }
    scale = 0;
    while (true) {
      int needed = readAt(scale, bits, offset, count, asidesMax);
      if (needed == scale) {
        return true;
      }
      if (needed < 0) {
        return false;
      }
      scale = needed;
    }
  }

  /** Answers the scale if it serves, a higher one that a value needs, or -1. */
  private int readAt(int at, long[] bits, int offset, int count, int asidesMax) {
    asideCount = 0;
    long last = 0;
    int first = -1;
    double power = POWERS[at];
    for (int i = 0; i < count; i++) {
      long value = bits[offset + i];
      if (i == 0 || value != bits[offset + i - 1] || isAside(i - 1)) {
        long integer = (long) Math.rint(Double.longBitsToDouble(value) * power);
        if (isExact(value, integer, at)) {
          last = integer;
          first = first < 0 ? i : first;
        } else {
          int needed = scale(value, at + 1);
          if (needed <= SCALE_MAX) {
            return needed;
          }
          if (asideCount == asidesMax) {
            return -1;
          }
          asides[asideCount++] = i;
        }
      }
      integers[i] = last;
    }
    if (first < 0) {
      return -1;
    }
    Arrays.fill(integers, 0, first, integers[first]);
    return at;
  }

  private boolean isAside(int index) {
    return asideCount > 0 && asides[asideCount - 1] == index;
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

  /** The smallest scale from one on that makes a value an integer, or one above all. */
  private static int scale(long bits, int from) {
    double value = Double.longBitsToDouble(bits);
    int candidate = from;
    while (candidate <= SCALE_MAX
        && !isExact(bits, (long) Math.rint(value * POWERS[candidate]), candidate)) {
      candidate++;
    }
    return candidate;
  }

  private static boolean isExact(long bits, long integer, int scale) {
    return integer < INTEGER_MAX
        && integer > -INTEGER_MAX
        && Double.doubleToRawLongBits(integer / POWERS[scale]) == bits;
  }
}
