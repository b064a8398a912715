package io.ghostworks.query.histogram;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;

/** What histograms say about resets; changing that shares the rest with the original. */
public final class HistogramHints {

  private HistogramHints() {}

  public static boolean isGauge(FloatHistogram histogram) {
    return histogram.counterReset() == CounterReset.GAUGE;
  }

  /** The same without a hint whether there was a reset; a gauge stays one. */
  public static FloatHistogram withoutReset(FloatHistogram h) {
    return isGauge(h) ? h : with(h, CounterReset.UNKNOWN);
  }

  /** The same with that hint. */
  public static FloatHistogram with(FloatHistogram h, CounterReset hint) {
    if (h.counterReset() == hint) {
      return h;
    }
    return new FloatHistogram(
        hint,
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        h.positiveSpanOffsets(),
        h.positiveSpanLengths(),
        h.positiveCounts(),
        h.negativeSpanOffsets(),
        h.negativeSpanLengths(),
        h.negativeCounts(),
        h.customBounds());
  }
}
