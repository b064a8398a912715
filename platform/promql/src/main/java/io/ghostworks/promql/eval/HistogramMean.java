package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.histogram.MutableHistogram;

/**
 * The mean of histograms: the compensated sum divided by their number, or, once the sum would
 * overflow, the mean carried on from one to the next.
 */
final class HistogramMean {
  private MutableHistogram state;
  private double count = 1;
  private boolean incremental;

  HistogramMean(FloatHistogram first) {
    state = MutableHistogram.of(first);
  }

  MutableHistogram.Outcome add(FloatHistogram histogram) {
    count++;
    if (!incremental) {
      MutableHistogram sum = state.copy();
      MutableHistogram.Outcome outcome = sum.addCompensated(histogram);
      if (!sum.hasOverflow()) {
        state = sum;
        return outcome;
      }
      incremental = true;
      state.divide(count - 1);
    }
    state.multiply((count - 1) / count);
    return state.addCompensated(MutableHistogram.of(histogram).divide(count).toHistogram());
  }

  MutableHistogram result() {
    return incremental ? state.settle() : state.divide(count).settle();
  }
}
