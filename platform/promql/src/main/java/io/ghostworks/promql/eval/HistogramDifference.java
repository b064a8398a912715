package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.histogram.HistogramReset;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.MutableHistogram;
import org.jspecify.annotations.Nullable;

/** The difference of the last and the first histogram of a window, with resets added. */
final class HistogramDifference {
  private final RangeStep step;
  private final SampleWindow window;
  private final boolean counter;

  private HistogramDifference(RangeStep step, boolean counter) {
    this.step = step;
    this.window = step.window();
    this.counter = counter;
  }

  /** The difference, a gauge, or null with a warning where the histograms do not fit together. */
  static @Nullable MutableHistogram of(RangeStep step, boolean counter) {
    return new HistogramDifference(step, counter).compute();
  }

  private @Nullable MutableHistogram compute() {
    int lastIndex = window.histograms() - 1;
    FloatHistogram first = window.histogram(0);
    FloatHistogram last = window.histogram(lastIndex);
    PositionRange position = step.firstArgumentPosition();
    if (counter && (HistogramHints.isGauge(first) || HistogramHints.isGauge(last))) {
      step.annotations().notCounter(window.metricName(), position);
    }
    FloatHistogram previous = first;
    if (counter
        && (StartReset.ofHistograms(window, 0, 1)
            || HistogramReset.detect(window.histogram(1), first))) {
      previous = MutableHistogram.emptyLike(window.histogram(1)).toHistogram();
    }
    boolean custom = previous.usesCustomBuckets();
    if (last.usesCustomBuckets() != custom) {
      return mixed();
    }
    int schema = Math.min(last.schema(), previous.schema());
    for (int i = 1; counter && i < lastIndex; i++) {
      FloatHistogram histogram = window.histogram(i);
      if (HistogramHints.isGauge(histogram)) {
        step.annotations().notCounter(window.metricName(), position);
      }
      schema = Math.min(schema, histogram.schema());
      if (histogram.usesCustomBuckets() != custom) {
        return mixed();
      }
    }
    MutableHistogram result = MutableHistogram.of(last).reduceTo(schema);
    try {
      note(result.subtract(previous), Annotations.Operation.SUBTRACTION);
      if (counter) {
        addResets(result, previous);
      } else if (!HistogramHints.isGauge(first) || !HistogramHints.isGauge(last)) {
        step.annotations().notGauge(window.metricName(), position);
      }
    } catch (IncompatibleHistogramsException e) {
      return mixed();
    }
    return result.setHint(CounterReset.GAUGE).compact();
  }

  private void addResets(MutableHistogram result, FloatHistogram start) {
    FloatHistogram previous = start;
    boolean overlapped = false;
    for (int i = 1; i < window.histograms(); i++) {
      FloatHistogram histogram = window.histogram(i);
      if (!overlapped
          && StartReset.overlaps(
              window.histogramStart(i - 1),
              window.histogramTime(i - 1),
              window.histogramStart(i))) {
        overlapped = true;
        step.annotations().startOverlap(window.metricName(), step.firstArgumentPosition());
      }
      if (StartReset.ofHistograms(window, i - 1, i) || HistogramReset.detect(histogram, previous)) {
        note(result.add(previous), Annotations.Operation.ADDITION);
      }
      previous = histogram;
    }
  }

  private void note(MutableHistogram.Outcome outcome, Annotations.Operation operation) {
    if (outcome.boundsReconciled()) {
      step.annotations().reconciledBounds(operation, step.firstArgumentPosition());
    }
  }

  private @Nullable MutableHistogram mixed() {
    step.annotations().mixedSchemas(window.metricName(), step.firstArgumentPosition());
    return null;
  }
}
