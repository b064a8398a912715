package io.ghostworks.series;

import io.ghostworks.model.metric.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What a native histogram must fulfil to be stored, after Prometheus's {@code
 * histogram.FloatHistogram.Validate}.
 */
final class HistogramRules {
  private static final int SCHEMA_MIN = -4;
  private static final int SCHEMA_MAX = 8;

  private HistogramRules() {}

  /** What is wrong with a histogram, as a sentence without its series; null if nothing is. */
  static @Nullable String violation(FloatHistogram histogram, int bucketsMax) {
    int schema = histogram.schema();
    boolean custom = histogram.usesCustomBuckets();
    if (!custom && (schema < SCHEMA_MIN || schema > SCHEMA_MAX)) {
      return "a native histogram's schema must be in [%d, %d] or %d, got %d"
          .formatted(SCHEMA_MIN, SCHEMA_MAX, FloatHistogram.CUSTOM_BUCKETS, schema);
    }
    long buckets = (long) histogram.positiveCounts().length + histogram.negativeCounts().length;
    if (buckets > bucketsMax || histogram.customBounds().length > bucketsMax) {
      return "a native histogram must have at most %d buckets, got %d"
          .formatted(bucketsMax, Math.max(buckets, histogram.customBounds().length));
    }
    String spans =
        spans(
            histogram.positiveSpanOffsets(),
            histogram.positiveSpanLengths(),
            histogram.positiveCounts());
    if (spans == null) {
      spans =
          spans(
              histogram.negativeSpanOffsets(),
              histogram.negativeSpanLengths(),
              histogram.negativeCounts());
    }
    return spans != null || !custom ? spans : customViolation(histogram);
  }

  private static @Nullable String spans(int[] offsets, int[] lengths, double[] counts) {
    if (offsets.length != lengths.length || offsets.length > counts.length + 1) {
      return "a native histogram must have an offset for each span, and no more spans than buckets, got %d offsets, %d lengths and %d buckets"
          .formatted(offsets.length, lengths.length, counts.length);
    }
    long buckets = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (lengths[i] < 0 || (i > 0 && offsets[i] < 0)) {
        return "spans of a native histogram must not overlap, got the offset %d"
            .formatted(offsets[i]);
      }
      buckets += lengths[i];
    }
    if (buckets != counts.length) {
      return "the spans of a native histogram must cover its buckets, got %d and %d"
          .formatted(buckets, counts.length);
    }
    for (double count : counts) {
      if (count < 0) {
        return "a bucket's count must not be negative, got %s".formatted(count);
      }
    }
    return null;
  }

  private static @Nullable String customViolation(FloatHistogram histogram) {
    double[] bounds = histogram.customBounds();
    for (int i = 0; i < bounds.length; i++) {
      if (Double.isNaN(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) {
        return "custom bounds must ascend, got %s".formatted(bounds[i]);
      }
    }
    if (histogram.negativeCounts().length > 0 || histogram.zeroCount() != 0) {
      return "a native histogram with custom bounds must have neither negative buckets nor a zero bucket";
    }
    return histogram.positiveCounts().length > bounds.length + 1
        ? "a native histogram with %d custom bounds must have at most one bucket more, got %d"
            .formatted(bounds.length, histogram.positiveCounts().length)
        : null;
  }
}
