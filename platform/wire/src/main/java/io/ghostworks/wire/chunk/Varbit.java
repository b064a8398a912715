package io.ghostworks.wire.chunk;

/**
 * Integers in as few bits as fit: a prefix of ones tells which of the widths was taken. A signed
 * value of n bits lies in [−2^(n−1) + 1, 2^(n−1)].
 *
 * <p>Source: prometheus tsdb/docs/format/chunks.md, tsdb/docs/bstream.md.
 */
final class Varbit {
  private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private Varbit() {}

  static void putSigned(BitOutput out, long value) {
    int bucket = 0;
    while (bucket < 8 && !fits(value, WIDTHS[bucket])) {
      bucket++;
    }
    put(out, value, bucket);
  }

  static void putUnsigned(BitOutput out, long value) {
    int needed = 64 - Long.numberOfLeadingZeros(value);
    int bucket = 0;
    while (WIDTHS[bucket] < needed) {
      bucket++;
    }
    put(out, value, bucket);
  }

  private static void put(BitOutput out, long value, int bucket) {
    for (int i = 0; i < bucket; i++) {
      out.bit(true);
    }
    if (bucket < 8) {
      out.bit(false);
    }
    out.bits(value, WIDTHS[bucket]);
  }

  static long signed(BitInput in) {
    return signed(in, WIDTHS[bucket(in)]);
  }

  /** A signed value of a known width. */
  static long signed(BitInput in, int width) {
    long bits = in.bits(width);
    return width > 0 && width < 64 && bits > 1L << (width - 1) ? bits - (1L << width) : bits;
  }

  static long unsigned(BitInput in) {
    return in.bits(WIDTHS[bucket(in)]);
  }

  private static int bucket(BitInput in) {
    int bucket = 0;
    while (bucket < 8 && in.bit()) {
      bucket++;
    }
    return bucket;
  }

  /** Whether a signed value fits a width; 0 bits fit zero. */
  static boolean fits(long value, int width) {
    return width == 0
        ? value == 0
        : -((1L << (width - 1)) - 1) <= value && value <= 1L << (width - 1);
  }
}
