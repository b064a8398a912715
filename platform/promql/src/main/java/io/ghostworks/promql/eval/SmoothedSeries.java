package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;

/** A smoothed instant selector: at each step the value between the samples before and after. */
final class SmoothedSeries {
  private final Query query;
  private final Expr.VectorSelector selector;
  private final Grid grid;

  SmoothedSeries(Query query, Expr.VectorSelector selector, Grid grid) {
    this.query = query;
    this.selector = selector;
    this.grid = grid;
  }

  void fill(SampleWindow window, Series series) {
    long lookbackMs = query.options().lookbackMs();
    for (int step = 0; step < grid.steps(); step++) {
      long timeMs = InstantSelector.referenceMs(selector.shift(), grid.timeMs(step));
      window.moveTo(timeMs - lookbackMs, timeMs + lookbackMs);
      if (window.isMixed()) {
        query.annotations().mixedFloatsHistograms(series.metricName(), selector.position());
      } else if (window.histograms() > 0) {
        histogram(window, series, step, timeMs);
      } else if (window.floats() > 0) {
        value(window, series, step, timeMs);
      }
    }
  }

  private static void value(SampleWindow window, Series series, int step, long timeMs) {
    int at = 0;
    while (at < window.floats() && window.floatTime(at) < timeMs) {
      at++;
    }
    if (at < window.floats() && window.floatTime(at) == timeMs) {
      series.set(step, window.value(at));
    } else if (at > 0 && at < window.floats()) {
      series.set(step, ExtendedRate.interpolate(window, at - 1, timeMs, false));
    } else if (at > 0) {
      series.set(step, window.value(at - 1));
    }
  }

  private void histogram(SampleWindow window, Series series, int step, long timeMs) {
    int at = 0;
    while (at < window.histograms() && window.histogramTime(at) < timeMs) {
      at++;
    }
    if (at < window.histograms() && window.histogramTime(at) == timeMs) {
      series.set(step, window.histogram(at));
    } else if (at > 0 && at < window.histograms()) {
      boolean counter =
          !HistogramHints.isGauge(window.histogram(at - 1))
              || !HistogramHints.isGauge(window.histogram(at));
      if (window.histogram(at - 1).usesCustomBuckets()
          != window.histogram(at).usesCustomBuckets()) {
        query.annotations().mixedSchemas(series.metricName(), selector.position());
        return;
      }
      try {
        series.set(
            step,
            ExtendedHistogramRate.interpolate(
                window, at - 1, timeMs, counter, query.annotations(), selector.position()));
      } catch (IncompatibleHistogramsException e) {
        query.annotations().mixedSchemas(series.metricName(), selector.position());
      }
    } else if (at > 0) {
      series.set(step, HistogramHints.with(window.histogram(at - 1), CounterReset.UNKNOWN));
    }
  }
}
