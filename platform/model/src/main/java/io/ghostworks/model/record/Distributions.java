package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;

/**
 * The bodies of histogram, exponential histogram and summary points. {@link #bounds()} holds the
 * bits of explicit bounds, or of a summary's quantiles and values in turn; {@link #counts()} holds
 * bucket counts (of an exponential histogram: positive buckets, then negative ones). Each row has
 * consecutive ranges of both.
 */
public final class Distributions {

  /** The row has a sum. */
  public static final int HAS_SUM = 1;

  /** The row has a minimum. */
  public static final int HAS_MIN = 2;

  /** The row has a maximum. */
  public static final int HAS_MAX = 4;

  private final LongColumn bounds = new LongColumn();
  private final LongColumn counts = new LongColumn();
  private final ByteColumn present = new ByteColumn();
  private final LongColumn count = new LongColumn();
  private final LongColumn sum = new LongColumn();
  private final LongColumn min = new LongColumn();
  private final LongColumn max = new LongColumn();
  private final IntColumn scale = new IntColumn();
  private final LongColumn zeroCount = new LongColumn();
  private final LongColumn zeroThreshold = new LongColumn();
  private final IntColumn positiveOffset = new IntColumn();
  private final IntColumn negativeOffset = new IntColumn();
  private final IntColumn boundsEnds = new IntColumn();
  private final IntColumn positiveEnds = new IntColumn();
  private final IntColumn countsEnds = new IntColumn();

  Distributions() {}

  /**
   * Ends the row whose bounds and counts were added, and returns its number.
   *
   * @param present which of sum, min and max mean something: {@link #HAS_SUM} and its siblings
   * @param positiveCounts how many of the counts added are of positive buckets
   */
  public int end(
      int present,
      long count,
      double sum,
      double min,
      double max,
      int scale,
      long zeroCount,
      double zeroThreshold,
      int positiveOffset,
      int negativeOffset,
      int positiveCounts) {
    int start = countsEnds.size() == 0 ? 0 : countsEnds.get(countsEnds.size() - 1);
    this.present.add((byte) present);
    this.count.add(count);
    this.sum.add(Double.doubleToRawLongBits(sum));
    this.min.add(Double.doubleToRawLongBits(min));
    this.max.add(Double.doubleToRawLongBits(max));
    this.scale.add(scale);
    this.zeroCount.add(zeroCount);
    this.zeroThreshold.add(Double.doubleToRawLongBits(zeroThreshold));
    this.positiveOffset.add(positiveOffset);
    this.negativeOffset.add(negativeOffset);
    boundsEnds.add(bounds.size());
    positiveEnds.add(start + positiveCounts);
    countsEnds.add(counts.size());
    return this.count.size() - 1;
  }

  /** Drops bounds and counts that were added since the last {@link #end}. */
  public void dropOpenRow() {
    int rows = size();
    bounds.truncate(rows == 0 ? 0 : boundsEnds.get(rows - 1));
    counts.truncate(rows == 0 ? 0 : countsEnds.get(rows - 1));
  }

  public int size() {
    return count.size();
  }

  /** Bits of doubles; a writer appends to it before {@link #end}. */
  public LongColumn bounds() {
    return bounds;
  }

  /** Unsigned counts; a writer appends to it before {@link #end}. */
  public LongColumn counts() {
    return counts;
  }

  public boolean has(int row, int what) {
    return (present.get(row) & what) != 0;
  }

  /** An unsigned count. */
  public long count(int row) {
    return count.get(row);
  }

  public double sum(int row) {
    return Double.longBitsToDouble(sum.get(row));
  }

  public double min(int row) {
    return Double.longBitsToDouble(min.get(row));
  }

  public double max(int row) {
    return Double.longBitsToDouble(max.get(row));
  }

  public int scale(int row) {
    return scale.get(row);
  }

  public long zeroCount(int row) {
    return zeroCount.get(row);
  }

  public double zeroThreshold(int row) {
    return Double.longBitsToDouble(zeroThreshold.get(row));
  }

  public int positiveOffset(int row) {
    return positiveOffset.get(row);
  }

  public int negativeOffset(int row) {
    return negativeOffset.get(row);
  }

  /** The first bound, or quantile, of a row in {@link #bounds()}. */
  public int boundsStart(int row) {
    return row == 0 ? 0 : boundsEnds.get(row - 1);
  }

  public int boundsEnd(int row) {
    return boundsEnds.get(row);
  }

  /** The first (positive) bucket count of a row in {@link #counts()}. */
  public int countsStart(int row) {
    return row == 0 ? 0 : countsEnds.get(row - 1);
  }

  /** One past the last positive bucket; the negative ones follow up to {@link #countsEnd}. */
  public int positiveEnd(int row) {
    return positiveEnds.get(row);
  }

  public int countsEnd(int row) {
    return countsEnds.get(row);
  }
}
