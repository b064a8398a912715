package io.ghostworks.wire.histogram;

import io.ghostworks.model.metric.FloatHistogram;
import java.util.Optional;

/**
 * What Prometheus checks of a native histogram before it takes it.
 *
 * <p>Source: Prometheus model/histogram, {@code Validate} of both kinds of histograms.
 */
public final class HistogramRules {
  private static final int SCHEMA_MIN = -4;

  /** Schemas up to here are meant for finer buckets, which are merged. */
  private static final int SCHEMA_RESERVED_MAX = 52;

  private HistogramRules() {}

  /**
   * Why a histogram is refused; empty where it is valid.
   *
   * @param integers whether its counts were integers, which must add up; span lengths are unsigned
   */
  public static Optional<String> problem(FloatHistogram h, boolean integers) {
    if (!h.usesCustomBuckets() && (h.schema() < SCHEMA_MIN || h.schema() > SCHEMA_RESERVED_MAX)) {
      return Optional.of("invalid schema %d of a native histogram".formatted(h.schema()));
    }
    return spans(h.positiveSpanOffsets(), h.positiveSpanLengths(), h.positiveCounts(), "positive")
        .or(() ->
            spans(h.negativeSpanOffsets(), h.negativeSpanLengths(), h.negativeCounts(), "negative"))
        .or(() -> bounds(h))
        .or(() -> counts(h, integers));
  }

  private static Optional<String> bounds(FloatHistogram h) {
    if (!h.usesCustomBuckets()) {
      return h.customBounds().length == 0
          ? Optional.empty()
          : Optional.of(
              "only schema %d has custom bounds".formatted(FloatHistogram.CUSTOM_BUCKETS));
    }
    if (h.zeroCount() != 0 || h.zeroThreshold() != 0 || h.negativeSpanOffsets().length > 0) {
      return Optional.of("custom buckets have no zero bucket and no negative buckets");
    }
    for (int i = 0; i < h.customBounds().length; i++) {
      if (Double.isNaN(h.customBounds()[i])
          || (i > 0 && h.customBounds()[i] <= h.customBounds()[i - 1])) {
        return Optional.of("the bounds of custom buckets must ascend");
      }
    }
    return bucketsNeeded(h) > h.customBounds().length + 1L
        ? Optional.of(
            "%d custom bounds are too few for the buckets".formatted(h.customBounds().length))
        : Optional.empty();
  }

  private static Optional<String> counts(FloatHistogram h, boolean integers) {
    double sum = h.zeroCount();
    for (double count : h.positiveCounts()) {
      sum += count;
      if (count < 0) {
        return Optional.of("a positive bucket has the negative count %s".formatted(count));
      }
    }
    for (double count : h.negativeCounts()) {
      sum += count;
      if (count < 0) {
        return Optional.of("a negative bucket has the negative count %s".formatted(count));
      }
    }
    if (h.count() < 0 || h.zeroCount() < 0) {
      return Optional.of("a histogram's counts must not be negative");
    }
    boolean fits = Double.isNaN(h.sum()) ? sum <= h.count() : sum == h.count();
    return !integers || fits
        ? Optional.empty()
        : Optional.of(
            "%s observations found in buckets, but the count is %s".formatted(sum, h.count()));
  }

  private static Optional<String> spans(
      int[] offsets, int[] lengths, double[] counts, String sign) {
    long needed = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (i > 0 && offsets[i] < 0) {
        return Optional.of(
            "%s span %d has the negative offset %d".formatted(sign, i + 1, offsets[i]));
      }
      needed += Integer.toUnsignedLong(lengths[i]);
    }
    return needed == counts.length
        ? Optional.empty()
        : Optional.of(
            "%s spans need %d buckets, have %d buckets".formatted(sign, needed, counts.length));
  }

  private static long bucketsNeeded(FloatHistogram h) {
    long needed = 0;
    for (int i = 0; i < h.positiveSpanOffsets().length; i++) {
      needed += h.positiveSpanOffsets()[i] + Integer.toUnsignedLong(h.positiveSpanLengths()[i]);
    }
    return needed;
  }
}
