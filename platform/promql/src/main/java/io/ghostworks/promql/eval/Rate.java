package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.histogram.MutableHistogram;

/**
 * The functions rate, increase and delta: the difference of the last and the first sample, with the
 * resets of a counter added, extrapolated to the borders of the range. The order of operations is
 * that of {@code extrapolatedRate} in Prometheus.
 */
final class Rate {

  private Rate() {}

  static void apply(RangeStep step, boolean counter, boolean perSecond) {
    SampleWindow window = step.window();
    if (window.isMixed()) {
      step.annotations().mixedFloatsHistograms(window.metricName(), step.firstArgumentPosition());
    } else if (step.extension() != Expr.Extension.NONE) {
      if (window.histograms() > 0) {
        ExtendedHistogramRate.apply(step, counter, perSecond);
      } else {
        ExtendedRate.apply(step, counter, perSecond);
      }
    } else if (counter && window.hasStarts()) {
      StartedRate.apply(step, perSecond);
    } else if (window.histograms() > 1) {
      histograms(step, counter, perSecond);
    } else if (window.floats() > 1) {
      floats(step, counter, perSecond);
    }
  }

  private static void floats(RangeStep step, boolean counter, boolean perSecond) {
    SampleWindow window = step.window();
    int last = window.floats() - 1;
    double result = window.value(last) - window.value(0);
    if (counter) {
      double before = window.value(0);
      for (int i = 1; i <= last; i++) {
        double value = window.value(i);
        if (value < before) {
          result += before;
        }
        before = value;
      }
    }
    double zeroShare =
        counter && result > 0 && window.value(0) >= 0 ? window.value(0) / result : Double.NaN;
    double factor =
        factor(step, window.floatTime(0), window.floatTime(last), last, zeroShare, perSecond);
    step.give(result * factor);
  }

  private static void histograms(RangeStep step, boolean counter, boolean perSecond) {
    SampleWindow window = step.window();
    MutableHistogram result = HistogramDifference.of(step, counter);
    if (result == null) {
      return;
    }
    int last = window.histograms() - 1;
    FloatHistogram first = window.histogram(0);
    double zeroShare =
        counter && result.count() > 0 && first.count() >= 0
            ? first.count() / result.count()
            : Double.NaN;
    double factor =
        factor(
            step, window.histogramTime(0), window.histogramTime(last), last, zeroShare, perSecond);
    step.give(result.multiply(factor).toHistogram());
  }

  /**
   * How far the difference reaches beyond the samples. A border that is nearer than 1.1 times the
   * mean distance of samples counts as reached; otherwise half the mean distance is added. A
   * counter is not extrapolated below 0.
   *
   * @param zeroShare the first value as a share of the increase, or NaN where that does not matter
   */
  static double factor(
      RangeStep step,
      long firstMs,
      long lastMs,
      int intervals,
      double zeroShare,
      boolean perSecond) {
    double toStart = (firstMs - step.startMs()) / 1000.0;
    double sampled = (lastMs - firstMs) / 1000.0;
    double mean = sampled / intervals;
    double threshold = mean * 1.1;
    if (toStart >= threshold) {
      toStart = mean / 2;
    }
    if (!Double.isNaN(zeroShare)) {
      double toZero = sampled * zeroShare;
      if (toZero < toStart) {
        toStart = toZero;
      }
    }
    return factor(step, lastMs, sampled, toStart, mean, perSecond);
  }

  /** The same for a distance to the start that is known. */
  static double factor(
      RangeStep step, long lastMs, double sampled, double toStart, double mean, boolean perSecond) {
    double toEnd = (step.endMs() - lastMs) / 1000.0;
    if (toEnd >= mean * 1.1) {
      toEnd = mean / 2;
    }
    double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
    return perSecond ? factor / step.rangeSeconds() : factor;
  }
}
