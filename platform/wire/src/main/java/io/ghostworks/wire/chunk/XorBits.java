package io.ghostworks.wire.chunk;

/**
 * The bits of doubles, each as what differs from the one before: nothing, bits inside the window of
 * the one before, or bits with a window of their own.
 *
 * <p>Source: prometheus tsdb/docs/format/chunks.md, "varbit_xor"; Pelkonen et al., "Gorilla", 2015,
 * section 4.1.2.
 */
final class XorBits {
  private static final int NONE = -1;
  private static final int LEADING_MAX = 31;

  private long bits;
  private int leading = NONE;
  private int trailing;

  /** Begins with a value that is written otherwise. */
  void start(long first) {
    bits = first;
    leading = NONE;
    trailing = 0;
  }

  long bits() {
    return bits;
  }

  void write(BitOutput out, long next) {
    long delta = bits ^ next;
    bits = next;
    out.bit(delta != 0);
    if (delta == 0) {
      return;
    }
    int newLeading = Math.min(LEADING_MAX, Long.numberOfLeadingZeros(delta));
    int newTrailing = Long.numberOfTrailingZeros(delta);
    if (leading != NONE && newLeading >= leading && newTrailing >= trailing) {
      out.bit(false);
      out.bits(delta >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = newLeading;
    trailing = newTrailing;
    int width = 64 - newLeading - newTrailing;
    out.bit(true);
    out.bits(newLeading, 5);
    out.bits(width, 6); // 64 becomes 0: no window is empty
    out.bits(delta >>> newTrailing, width);
  }

  long read(BitInput in) {
    if (in.bit()) {
      readChanged(in, in.bit());
    }
    return bits;
  }

  /** Reads a difference that is known to be there. */
  void readChanged(BitInput in, boolean ownWindow) {
    if (ownWindow) {
      leading = (int) in.bits(5);
      int width = (int) in.bits(6);
      trailing = 64 - leading - (width == 0 ? 64 : width);
      if (trailing < 0) {
        throw in.malformed("a window of a value in a chunk has more than 64 bits");
      }
    }
    int from = Math.max(0, leading);
    bits ^= in.bits(64 - from - trailing) << trailing;
  }
}
