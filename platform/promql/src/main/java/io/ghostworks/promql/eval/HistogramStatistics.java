package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.query.histogram.HistogramReset;
import org.jspecify.annotations.Nullable;

/**
 * Strips the histograms of a series to count and sum, for queries that need no buckets. What the
 * buckets tell about resets is kept as a hint. Takes the samples of one series in their order.
 */
final class HistogramStatistics {
  private static final int[] NO_INTS = {};
  private static final double[] NO_DOUBLES = {};

  private @Nullable FloatHistogram last;

  FloatHistogram strip(FloatHistogram histogram) {
    if (histogram.isStale()) {
      return histogram;
    }
    CounterReset hint = histogram.counterReset();
    if (hint == CounterReset.UNKNOWN && last != null) {
      hint = HistogramReset.detect(histogram, last) ? CounterReset.RESET : CounterReset.NOT_RESET;
    }
    last = histogram;
    return new FloatHistogram(
        hint,
        histogram.schema(),
        0,
        0,
        histogram.count(),
        histogram.sum(),
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        NO_DOUBLES);
  }
}
