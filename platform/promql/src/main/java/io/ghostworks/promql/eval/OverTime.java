package io.ghostworks.promql.eval;

import io.ghostworks.query.histogram.KahanSum;

/** The functions *_over_time. */
final class OverTime {

  private OverTime() {}

  static void count(RangeStep step) {
    step.give((double) (step.window().floats() + step.window().histograms()));
  }

  static void sum(RangeStep step) {
    SampleWindow window = step.window();
    if (isMixed(step)) {
      return;
    }
    if (window.histograms() > 0) {
      HistogramsOverTime.sum(step);
      return;
    }
    KahanSum sum = new KahanSum();
    for (int i = 0; i < window.floats(); i++) {
      sum.add(window.value(i));
    }
    step.give(Double.isInfinite(sum.sum()) ? sum.sum() : sum.total());
  }

  /**
   * The mean: the compensated sum divided by the count, or, once the sum would overflow, the mean
   * carried on from value to value.
   */
  static void average(RangeStep step) {
    SampleWindow window = step.window();
    if (isMixed(step)) {
      return;
    }
    if (window.histograms() > 0) {
      HistogramsOverTime.average(step);
      return;
    }
    double[] values = window.copyOfFloats();
    step.give(average(values, 0, window.floats()));
  }

  /** The mean of consecutive values, of which there is at least one. */
  static double average(double[] values, int from, int to) {
    double sum = values[from];
    double owed = 0;
    double mean = 0;
    double count = 1;
    boolean incremental = false;
    for (int i = from + 1; i < to; i++) {
      double value = values[i];
      count = i - from + 1.0;
      if (!incremental) {
        double newSum = sum + value;
        if (!Double.isInfinite(newSum)) {
          owed = KahanSum.nextCompensation(value, sum, owed);
          sum = newSum;
          continue;
        }
        incremental = true;
        mean = sum / (count - 1);
        owed /= count - 1;
      }
      double q = (count - 1) / count;
      double scaled = q * mean;
      double added = value / count;
      owed = KahanSum.nextCompensation(added, scaled, q * owed);
      mean = scaled + added;
    }
    return incremental ? mean + owed : sum / count + owed / count;
  }

  /** Warns if there are floats and histograms, which then give nothing. */
  private static boolean isMixed(RangeStep step) {
    if (!step.window().isMixed()) {
      return false;
    }
    step.annotations().mixedFloatsHistograms(step.window().metricName(), step.position());
    return true;
  }

  /** Says that histograms among the floats do not count. */
  static void informOfIgnored(RangeStep step) {
    if (step.window().histograms() > 0) {
      step.annotations().ignoredInMixedRange(step.window().metricName(), step.position());
    }
  }

  static void extreme(RangeStep step, boolean max) {
    SampleWindow window = step.window();
    if (window.floats() == 0) {
      return;
    }
    informOfIgnored(step);
    double extreme = window.value(0);
    for (int i = 1; i < window.floats(); i++) {
      double value = window.value(i);
      if ((max ? value > extreme : value < extreme) || Double.isNaN(extreme)) {
        extreme = value;
      }
    }
    step.give(extreme);
  }

  static void timeOfExtreme(RangeStep step, boolean max) {
    SampleWindow window = step.window();
    if (window.floats() == 0) {
      return;
    }
    informOfIgnored(step);
    int at = 0;
    for (int i = 0; i < window.floats(); i++) {
      double value = window.value(i);
      double extreme = window.value(at);
      if ((max ? value >= extreme : value <= extreme) || Double.isNaN(extreme)) {
        at = i;
      }
    }
    step.give(window.floatTime(at) / 1000.0);
  }

  static void first(RangeStep step) {
    SampleWindow window = step.window();
    boolean isFloat =
        window.histograms() == 0
            || (window.floats() > 0 && window.floatTime(0) < window.histogramTime(0));
    if (isFloat) {
      step.give(window.value(0));
    } else {
      step.give(window.histogram(0));
    }
  }

  static void last(RangeStep step) {
    SampleWindow window = step.window();
    int f = window.floats() - 1;
    int h = window.histograms() - 1;
    if (h < 0 || (f >= 0 && window.histogramTime(h) < window.floatTime(f))) {
      step.give(window.value(f));
    } else {
      step.give(window.histogram(h));
    }
  }

  static void timeOfFirst(RangeStep step) {
    SampleWindow window = step.window();
    long f = window.floats() == 0 ? Long.MAX_VALUE : window.floatTime(0);
    long h = window.histograms() == 0 ? Long.MAX_VALUE : window.histogramTime(0);
    step.give(Math.min(f, h) / 1000.0);
  }

  static void timeOfLast(RangeStep step) {
    SampleWindow window = step.window();
    long f = window.floats() == 0 ? 0 : window.floatTime(window.floats() - 1);
    long h = window.histograms() == 0 ? 0 : window.histogramTime(window.histograms() - 1);
    step.give(Math.max(f, h) / 1000.0);
  }

  static void variance(RangeStep step, boolean root) {
    SampleWindow window = step.window();
    if (window.floats() == 0) {
      return;
    }
    informOfIgnored(step);
    KahanSum mean = new KahanSum();
    KahanSum squares = new KahanSum();
    double count = 0;
    for (int i = 0; i < window.floats(); i++) {
      double value = window.value(i);
      count++;
      double delta = value - mean.total();
      mean.add(delta / count);
      squares.add(delta * (value - mean.total()));
    }
    double variance = squares.total() / count;
    step.give(root ? Math.sqrt(variance) : variance);
  }

  static void quantile(RangeStep step) {
    SampleWindow window = step.window();
    if (window.floats() == 0) {
      return;
    }
    double q = step.argument(0);
    if (!(q >= 0 && q <= 1)) {
      step.annotations().invalidQuantile(q, step.firstArgumentPosition());
    }
    if (window.histograms() > 0) {
      step.annotations().ignoredInMixedRange(window.metricName(), step.firstArgumentPosition());
    }
    step.give(Quantiles.of(q, window.copyOfFloats(), window.floats()));
  }

  static void medianDeviation(RangeStep step) {
    SampleWindow window = step.window();
    int size = window.floats();
    if (size == 0) {
      return;
    }
    informOfIgnored(step);
    double[] values = window.copyOfFloats();
    for (int i = 0; i < size; i++) {
      if (Double.isNaN(values[i])) {
        step.give(Double.NaN);
        return;
      }
    }
    double median = Quantiles.of(0.5, values, size);
    for (int i = 0; i < size; i++) {
      values[i] = Math.abs(values[i] - median);
    }
    step.give(Quantiles.of(0.5, values, size));
  }
}
