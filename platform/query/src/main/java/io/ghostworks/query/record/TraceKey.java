package io.ghostworks.query.record;

/**
 * The id of a trace: its first and its last eight bytes, big-endian. Ordered as their bytes,
 * unsigned.
 */
public record TraceKey(long high, long low) implements Comparable<TraceKey> {

  @Override
  public int compareTo(TraceKey other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
