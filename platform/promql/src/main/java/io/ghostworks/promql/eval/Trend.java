package io.ghostworks.promql.eval;

import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.histogram.KahanSum;

/** Functions that fit a curve to the floats of a window. */
final class Trend {

  private Trend() {}

  static void derivative(RangeStep step) {
    if (hasTwoFloats(step)) {
      step.give(regression(step.window(), step.window().floatTime(0)).slope());
    }
  }

  static void prediction(RangeStep step) {
    if (hasTwoFloats(step)) {
      Line line = regression(step.window(), step.timeMs());
      step.give(line.slope() * step.argument(0) + line.intercept());
    }
  }

  private static boolean hasTwoFloats(RangeStep step) {
    int floats = step.window().floats();
    if (floats > 0 && step.window().histograms() > 0) {
      step.annotations()
          .ignoredInMixedRange(step.window().metricName(), step.firstArgumentPosition());
    }
    return floats >= 2;
  }

  private record Line(double slope, double intercept) {}

  /** The line of least squares; its value at the given time is the intercept. */
  private static Line regression(SampleWindow window, long interceptMs) {
    KahanSum sumX = new KahanSum();
    KahanSum sumY = new KahanSum();
    KahanSum sumXy = new KahanSum();
    KahanSum sumX2 = new KahanSum();
    double first = window.value(0);
    boolean constant = true;
    double n = 0;
    for (int i = 0; i < window.floats(); i++) {
      double y = window.value(i);
      if (i > 0 && y != first) {
        constant = false;
      }
      n++;
      double x = (window.floatTime(i) - interceptMs) / 1e3;
      sumX.add(x);
      sumY.add(y);
      sumXy.add(x * y);
      sumX2.add(x * x);
    }
    if (constant) {
      return Double.isInfinite(first) ? new Line(Double.NaN, Double.NaN) : new Line(0, first);
    }
    double x = sumX.total();
    double y = sumY.total();
    double covariance = sumXy.total() - x * y / n;
    double variance = sumX2.total() - x * x / n;
    double slope = covariance / variance;
    return new Line(slope, y / n - slope * x / n);
  }

  /** Refuses factors of a smoothing that are not between 0 and 1. */
  static void checkFactors(RangeStep step) {
    double factor = step.argument(0);
    double trend = step.argument(1);
    if (factor <= 0 || factor >= 1) {
      throw Query.failure(
          "invalid smoothing factor. Expected: 0 < sf < 1, got: "
              + FloatText.formatFixed(factor, 6));
    }
    if (trend <= 0 || trend >= 1) {
      throw Query.failure(
          "invalid trend factor. Expected: 0 < tf < 1, got: " + FloatText.formatFixed(trend, 6));
    }
  }

  static void smoothing(RangeStep step) {
    checkFactors(step);
    double factor = step.argument(0);
    double trend = step.argument(1);
    if (!hasTwoFloats(step)) {
      return;
    }
    SampleWindow window = step.window();
    double before = 0;
    double smoothed = window.value(0);
    double slope = window.value(1) - window.value(0);
    for (int i = 1; i < window.floats(); i++) {
      double x = factor * window.value(i);
      if (i > 1) {
        slope = trend * (smoothed - before) + (1 - trend) * slope;
      }
      double y = (1 - factor) * (smoothed + slope);
      before = smoothed;
      smoothed = x + y;
    }
    step.give(smoothed);
  }
}
