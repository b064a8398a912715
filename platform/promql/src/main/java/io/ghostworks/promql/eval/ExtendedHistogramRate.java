package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.histogram.HistogramReset;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.MutableHistogram;
import org.jspecify.annotations.Nullable;

/** {@link ExtendedRate} for native histograms. */
final class ExtendedHistogramRate {
  private final RangeStep step;
  private final SampleWindow window;
  private final boolean counter;
  private final boolean smoothed;
  private int first;
  private int last;

  private ExtendedHistogramRate(RangeStep step, boolean counter) {
    this.step = step;
    this.window = step.window();
    this.counter = counter;
    this.smoothed = step.extension() == Expr.Extension.SMOOTHED;
  }

  static void apply(RangeStep step, boolean counter, boolean perSecond) {
    try {
      new ExtendedHistogramRate(step, counter).compute(perSecond);
    } catch (IncompatibleHistogramsException e) {
      step.annotations().mixedSchemas(step.window().metricName(), step.firstArgumentPosition());
    }
  }

  private void compute(boolean perSecond) {
    long startMs = step.startMs();
    long endMs = step.endMs();
    last = window.histograms() - 1;
    int after = 0;
    while (after < last && window.histogramTime(after) <= startMs) {
      after++;
    }
    first = Math.max(0, after - 1);
    if (smoothed) {
      int from = 0;
      while (from < last && window.histogramTime(from) < endMs) {
        from++;
      }
      last = from;
    }
    if (window.histogramTime(last) <= startMs
        || (smoothed && window.histogramTime(first) > endMs)
        || !isConsistent()) {
      return;
    }
    FloatHistogram left =
        smoothed && window.histogramTime(first) < startMs
            ? interpolate(first, startMs)
            : window.histogram(first);
    FloatHistogram right =
        smoothed && last > 0 && window.histogramTime(last) > endMs
            ? interpolate(last - 1, endMs)
            : window.histogram(last);
    if (!counter && (!HistogramHints.isGauge(left) || !HistogramHints.isGauge(right))) {
      step.annotations().notGauge(window.metricName(), step.firstArgumentPosition());
    }
    MutableHistogram result = MutableHistogram.of(right);
    note(result.subtract(left), Annotations.Operation.SUBTRACTION);
    if (counter) {
      FloatHistogram resets = resets(left, right);
      if (resets != null) {
        note(result.add(resets), Annotations.Operation.ADDITION);
      }
    }
    if (perSecond) {
      result.divide(step.rangeSeconds());
    }
    step.give(result.setHint(CounterReset.GAUGE).compact().toHistogram());
  }

  private boolean isConsistent() {
    boolean custom = window.histogram(first).usesCustomBuckets();
    for (int i = first; i <= last; i++) {
      FloatHistogram histogram = window.histogram(i);
      if (histogram.usesCustomBuckets() != custom) {
        step.annotations().mixedSchemas(window.metricName(), step.firstArgumentPosition());
        return false;
      }
      if (counter && HistogramHints.isGauge(histogram)) {
        step.annotations().notCounter(window.metricName(), step.firstArgumentPosition());
      }
    }
    return true;
  }

  private FloatHistogram interpolate(int index, long timeMs) {
    return interpolate(
        window, index, timeMs, counter, step.annotations(), step.firstArgumentPosition());
  }

  /** The histogram at a time between a sample and the next. */
  static FloatHistogram interpolate(
      SampleWindow window,
      int index,
      long timeMs,
      boolean counter,
      Annotations annotations,
      PositionRange position) {
    FloatHistogram before = window.histogram(index);
    FloatHistogram after = window.histogram(index + 1);
    long fromMs = window.histogramTime(index);
    long toMs = window.histogramTime(index + 1);
    if (timeMs == fromMs) {
      return before;
    }
    if (timeMs == toMs) {
      return after;
    }
    double fraction = (double) (timeMs - fromMs) / (double) (toMs - fromMs);
    MutableHistogram result = MutableHistogram.of(after);
    if (counter && HistogramReset.detect(after, before)) {
      return result.multiply(fraction).toHistogram();
    }
    if (result.subtract(before).boundsReconciled()) {
      annotations.reconciledBounds(Annotations.Operation.SUBTRACTION, position);
    }
    if (result.multiply(fraction).add(before).boundsReconciled()) {
      annotations.reconciledBounds(Annotations.Operation.ADDITION, position);
    }
    return result.toHistogram();
  }

  /** What the counter had counted before its resets, or null if there was none. */
  private @Nullable FloatHistogram resets(FloatHistogram left, FloatHistogram right) {
    int from = first + 1;
    FloatHistogram previous = left;
    if (smoothed
        && window.histogramTime(first) < step.startMs()
        && HistogramReset.detect(window.histogram(first + 1), window.histogram(first))) {
      previous = window.histogram(first + 1);
      from++;
    }
    if (from > last) {
      return null;
    }
    MutableHistogram sum = null;
    for (int i = from; i <= last; i++) {
      FloatHistogram histogram = i == last ? right : window.histogram(i);
      if (HistogramReset.detect(histogram, previous)) {
        if (sum == null) {
          sum = MutableHistogram.of(previous);
        } else {
          note(sum.add(previous), Annotations.Operation.ADDITION);
        }
      }
      previous = histogram;
    }
    return sum == null ? null : sum.toHistogram();
  }

  private void note(MutableHistogram.Outcome outcome, Annotations.Operation operation) {
    if (outcome.boundsReconciled()) {
      step.annotations().reconciledBounds(operation, step.firstArgumentPosition());
    }
  }
}
