package io.ghostworks.model.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A native histogram with float counts, in the layout of Prometheus's {@code
 * histogram.FloatHistogram}: spans of consecutive buckets and absolute counts per bucket. Immutable
 * by agreement: nobody changes the arrays of a histogram that was handed over.
 *
 * @param schema −4 to 8 for exponential buckets (base 2^2^−schema), −53 for custom bounds
 * @param positiveSpanOffsets the gap before each span, the first one an absolute bucket index; as
 *     long as the lengths
 * @param positiveCounts a count per bucket of the positive spans, in order
 * @param customBounds the upper bounds of custom buckets, ascending; empty otherwise
 */
public record FloatHistogram(
    CounterReset counterReset,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    int[] positiveSpanOffsets,
    int[] positiveSpanLengths,
    double[] positiveCounts,
    int[] negativeSpanOffsets,
    int[] negativeSpanLengths,
    double[] negativeCounts,
    double[] customBounds) {

  /** The schema of histograms with custom bounds. */
  public static final int CUSTOM_BUCKETS = -53;

  private static final int[] NO_INTS = {};
  private static final double[] NO_DOUBLES = {};

  /** What the sender says about a reset since the sample before. */
  public enum CounterReset {
    UNKNOWN,
    RESET,
    NOT_RESET,
    GAUGE
  }

  /** The staleness marker of a series of histograms. */
  public static FloatHistogram stale() {
    return new FloatHistogram(
        CounterReset.UNKNOWN,
        0,
        0,
        0,
        0,
        Double.longBitsToDouble(Samples.STALE_BITS),
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        NO_DOUBLES);
  }

  /** One without observations, as it stands at the start of this one: a reset by definition. */
  public FloatHistogram zeroAtStart() {
    return new FloatHistogram(
        CounterReset.RESET,
        schema,
        zeroThreshold,
        0,
        0,
        0,
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        customBounds);
  }

  public boolean isStale() {
    return Samples.isStale(sum);
  }

  /** With its exponential buckets merged into those of a coarser schema, if its own is finer. */
  public FloatHistogram withSchemaAtMost(int schemaMax) {
    if (schema <= schemaMax) {
      return this;
    }
    MergedBuckets positive =
        MergedBuckets.of(
            positiveSpanOffsets, positiveSpanLengths, positiveCounts, schema - schemaMax);
    MergedBuckets negative =
        MergedBuckets.of(
            negativeSpanOffsets, negativeSpanLengths, negativeCounts, schema - schemaMax);
    return new FloatHistogram(
        counterReset,
        schemaMax,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive.offsets(),
        positive.lengths(),
        positive.counts(),
        negative.offsets(),
        negative.lengths(),
        negative.counts(),
        customBounds);
  }

  public boolean usesCustomBuckets() {
    return schema == CUSTOM_BUCKETS;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FloatHistogram h
        && counterReset == h.counterReset
        && schema == h.schema
        && sameBits(zeroThreshold, h.zeroThreshold)
        && sameBits(zeroCount, h.zeroCount)
        && sameBits(count, h.count)
        && sameBits(sum, h.sum)
        && Arrays.equals(positiveSpanOffsets, h.positiveSpanOffsets)
        && Arrays.equals(positiveSpanLengths, h.positiveSpanLengths)
        && Arrays.equals(positiveCounts, h.positiveCounts)
        && Arrays.equals(negativeSpanOffsets, h.negativeSpanOffsets)
        && Arrays.equals(negativeSpanLengths, h.negativeSpanLengths)
        && Arrays.equals(negativeCounts, h.negativeCounts)
        && Arrays.equals(customBounds, h.customBounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(positiveCounts) * 31 + Double.hashCode(count);
  }

  private static boolean sameBits(double left, double right) {
    return Double.doubleToRawLongBits(left) == Double.doubleToRawLongBits(right);
  }
}
