package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.MutableHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Rate and increase of a counter whose samples say when they began to count. A new start is a reset
 * even where the value did not fall, and a first sample that began within the range counts from 0
 * then, instead of being extrapolated.
 */
final class StartedRate {
  private final RangeStep step;
  private final SampleWindow window;
  private final boolean perSecond;

  private StartedRate(RangeStep step, boolean perSecond) {
    this.step = step;
    this.window = step.window();
    this.perSecond = perSecond;
  }

  static void apply(RangeStep step, boolean perSecond) {
    StartedRate rate = new StartedRate(step, perSecond);
    if (step.window().histograms() > 0) {
      rate.histograms();
    } else if (step.window().floats() > 0) {
      rate.floats();
    }
  }

  private void floats() {
    int last = window.floats() - 1;
    double first = window.value(0);
    double result = window.value(last) - first;
    boolean overlapped = false;
    for (int i = 1; i <= last; i++) {
      if (!overlapped
          && StartReset.overlaps(
              window.floatStart(i - 1), window.floatTime(i - 1), window.floatStart(i))) {
        overlapped = true;
        step.annotations().startOverlap(window.metricName(), step.firstArgumentPosition());
      }
      if (window.value(i) < window.value(i - 1) || StartReset.ofFloats(window, i - 1, i)) {
        result += window.value(i - 1);
      }
    }
    long firstMs = window.floatTime(0);
    long lastMs = window.floatTime(last);
    if (beganInRange(window.floatStart(0), firstMs)) {
      result += first;
      step.give(result * factorFrom(window.floatStart(0), firstMs, lastMs, last));
    } else if (last > 0) {
      double zeroShare = result > 0 && first >= 0 ? first / result : Double.NaN;
      step.give(result * Rate.factor(step, firstMs, lastMs, last, zeroShare, perSecond));
    }
  }

  private void histograms() {
    int last = window.histograms() - 1;
    MutableHistogram result = null;
    if (last > 0) {
      result = HistogramDifference.of(step, true);
      if (result == null) {
        return;
      }
    }
    FloatHistogram first = window.histogram(0);
    long firstMs = window.histogramTime(0);
    long lastMs = window.histogramTime(last);
    if (beganInRange(window.histogramStart(0), firstMs)) {
      MutableHistogram whole = whole(result, first);
      if (whole != null) {
        double factor = factorFrom(window.histogramStart(0), firstMs, lastMs, last);
        step.give(whole.multiply(factor).toHistogram());
      }
    } else if (result != null) {
      double zeroShare =
          result.count() > 0 && first.count() >= 0 ? first.count() / result.count() : Double.NaN;
      double factor = Rate.factor(step, firstMs, lastMs, last, zeroShare, perSecond);
      step.give(result.multiply(factor).toHistogram());
    }
  }

  /** The increase with what the first histogram had counted since its start. */
  private @Nullable MutableHistogram whole(
      @Nullable MutableHistogram increase, FloatHistogram first) {
    if (increase == null) {
      return MutableHistogram.of(first);
    }
    try {
      if (increase.add(first).boundsReconciled()) {
        step.annotations()
            .reconciledBounds(Annotations.Operation.ADDITION, step.firstArgumentPosition());
      }
      return increase;
    } catch (IncompatibleHistogramsException e) {
      step.annotations().mixedSchemas(window.metricName(), step.firstArgumentPosition());
      return null;
    }
  }

  private boolean beganInRange(long start, long firstMs) {
    return start != 0 && start > step.startMs() && start < firstMs;
  }

  private double factorFrom(long start, long firstMs, long lastMs, int intervals) {
    double mean = intervals > 0 ? (lastMs - firstMs) / 1000.0 / intervals : 0;
    return Rate.factor(step, lastMs, (lastMs - start) / 1000.0, 0, mean, perSecond);
  }
}
