package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.histogram.HistogramReset;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.MutableHistogram;
import org.jspecify.annotations.Nullable;

/** The functions irate and idelta: the difference of the last two samples. */
final class InstantRate {

  private InstantRate() {}

  private record Point(
      long timeMs, long startMs, double value, @Nullable FloatHistogram histogram) {}

  static void apply(RangeStep step, boolean rate) {
    SampleWindow window = step.window();
    if (window.floats() + window.histograms() < 2) {
      return;
    }
    int f = window.floats() - 1;
    int h = window.histograms() - 1;
    boolean lastIsFloat = h < 0 || (f >= 0 && window.floatTime(f) >= window.histogramTime(h));
    Point last = lastIsFloat ? floatPoint(window, f--) : histogramPoint(window, h--);
    boolean previousIsFloat = h < 0 || (f >= 0 && window.floatTime(f) >= window.histogramTime(h));
    Point previous = previousIsFloat ? floatPoint(window, f) : histogramPoint(window, h);
    long intervalMs = last.timeMs() - previous.timeMs();
    if (intervalMs == 0) {
      return;
    }
    double seconds = intervalMs / 1000.0;
    if (last.histogram() == null && previous.histogram() == null) {
      boolean reset = rate && (last.value() < previous.value() || isReset(previous, last));
      double difference = reset ? last.value() : last.value() - previous.value();
      step.give(rate ? difference / seconds : difference);
    } else if (last.histogram() != null && previous.histogram() != null) {
      boolean reset =
          rate
              && (isReset(previous, last)
                  || HistogramReset.detect(last.histogram(), previous.histogram()));
      histograms(step, rate, reset, last.histogram(), previous.histogram(), seconds);
    } else {
      step.annotations().mixedFloatsHistograms(window.metricName(), position(step));
    }
  }

  private static Point floatPoint(SampleWindow window, int index) {
    return new Point(window.floatTime(index), window.floatStart(index), window.value(index), null);
  }

  private static Point histogramPoint(SampleWindow window, int index) {
    return new Point(
        window.histogramTime(index), window.histogramStart(index), 0, window.histogram(index));
  }

  private static boolean isReset(Point previous, Point last) {
    return StartReset.between(previous.startMs(), previous.timeMs(), last.startMs(), last.timeMs());
  }

  private static PositionRange position(RangeStep step) {
    return step.firstArgumentPosition();
  }

  private static void histograms(
      RangeStep step,
      boolean rate,
      boolean reset,
      FloatHistogram last,
      FloatHistogram previous,
      double seconds) {
    String name = step.window().metricName();
    if (rate && (HistogramHints.isGauge(last) || HistogramHints.isGauge(previous))) {
      step.annotations().notCounter(name, position(step));
    }
    if (!rate && (!HistogramHints.isGauge(last) || !HistogramHints.isGauge(previous))) {
      step.annotations().notGauge(name, position(step));
    }
    MutableHistogram result = MutableHistogram.of(last);
    if (!reset) {
      try {
        if (result.subtract(previous).boundsReconciled()) {
          step.annotations().reconciledBounds(Annotations.Operation.SUBTRACTION, position(step));
        }
      } catch (IncompatibleHistogramsException e) {
        step.annotations().mixedSchemas(name, position(step));
        return;
      }
    }
    result.setHint(CounterReset.GAUGE).compact();
    step.give((rate ? result.divide(seconds) : result).toHistogram());
  }
}
