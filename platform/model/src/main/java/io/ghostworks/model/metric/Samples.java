package io.ghostworks.model.metric;

/** The bit patterns of special sample values. */
public final class Samples {

  /** The value that ends a series (a NaN with this payload). */
  public static final long STALE_BITS = 0x7ff0000000000002L;

  /** The canonical NaN of Prometheus. */
  public static final long NAN_BITS = 0x7ff8000000000001L;

  private Samples() {}

  /**
   * Whether a value is the staleness marker. Compare bits, as arithmetic may change a NaN's
   * payload.
   */
  public static boolean isStale(long valueBits) {
    return valueBits == STALE_BITS;
  }

  /** Whether a value is the staleness marker. */
  public static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE_BITS;
  }
}
