package io.ghostworks.logql.eval;

import java.util.Arrays;

/**
 * The functions over whole windows, with the operations of Loki in its order, so that results have
 * the same bits. Source of the behaviour: Loki, {@code pkg/logql/range_vector.go}.
 */
final class WindowFunctions {

  private WindowFunctions() {}

  /** The sum over a divisor: 1, or the length of the range in seconds for a rate. */
  static ValueWindow.WindowFunction sum(double divisor) {
    return new ValueWindow.WindowFunction() {
      @Override
      public double of(double[] values, long[] times, int from, int to, long windowEndNanos) {
        double sum = 0;
        for (int i = from; i < to; i++) {
          sum += values[i];
        }
        return sum / divisor;
      }

      @Override
      public double sumDivisor() {
        return divisor;
      }
    };
  }

  static double average(double[] values, long[] times, int from, int to, long windowEndNanos) {
    double mean = 0;
    double count = 0;
    for (int i = from; i < to; i++) {
      double value = values[i];
      count++;
      if (Double.isInfinite(mean)) {
        boolean sameInfinity = Double.isInfinite(value) && (mean > 0) == (value > 0);
        if (sameInfinity || Double.isFinite(value)) {
          continue;
        }
      }
      mean += value / count - mean / count;
    }
    return mean;
  }

  static double standardDeviation(
      double[] values, long[] times, int from, int to, long windowEndNanos) {
    return Math.sqrt(variance(values, times, from, to, windowEndNanos));
  }

  /** Welford's algorithm, "Note on a method for calculating corrected sums", 1962. */
  static double variance(double[] values, long[] times, int from, int to, long windowEndNanos) {
    double aux = 0;
    double count = 0;
    double mean = 0;
    for (int i = from; i < to; i++) {
      count++;
      double delta = values[i] - mean;
      mean += delta / count;
      aux += delta * (values[i] - mean);
    }
    return aux / count;
  }

  /** Between two values their average, weighted by nearness; not a number sorts first. */
  static ValueWindow.WindowFunction quantile(double quantile) {
    double[][] scratch = {new double[16]};
    return (values, times, from, to, windowEndNanos) -> {
      if (quantile < 0) {
        return Double.NEGATIVE_INFINITY;
      }
      if (quantile > 1) {
        return Double.POSITIVE_INFINITY;
      }
      int size = to - from;
      if (scratch[0].length < size) {
        scratch[0] = new double[Math.max(size, 2 * scratch[0].length)];
      }
      double[] sorted = scratch[0];
      System.arraycopy(values, from, sorted, 0, size);
      Arrays.sort(sorted, 0, size);
      int notNumbers = 0;
      while (notNumbers < size && Double.isNaN(sorted[size - 1 - notNumbers])) {
        notNumbers++;
      }
      double rank = quantile * (size - 1.0);
      double lower = Math.max(0, Math.floor(rank));
      double upper = Math.min(size - 1.0, lower + 1);
      double weight = rank - Math.floor(rank);
      return at(sorted, notNumbers, lower) * (1 - weight) + at(sorted, notNumbers, upper) * weight;
    };
  }

  private static double at(double[] sorted, int notNumbers, double index) {
    int i = (int) index - notNumbers;
    return i < 0 ? Double.NaN : sorted[i];
  }

  /**
   * The rate of a counter with its resets, extrapolated towards the edges of the window; 0 for less
   * than two values.
   */
  static ValueWindow.WindowFunction counterRate(long rangeNanos, double rangeSeconds) {
    return (values, times, from, to, windowEndNanos) -> {
      if (to - from < 2) {
        return 0;
      }
      double increase = values[to - 1] - values[from];
      double before = 0;
      for (int i = from; i < to; i++) {
        if (values[i] < before) {
          increase += before;
        }
        before = values[i];
      }
      double sampled = (times[to - 1] - times[from]) / 1e9;
      double between = sampled / (to - from - 1.0);
      double threshold = between * 1.1;
      double toStart = (times[from] - (windowEndNanos - rangeNanos)) / 1e9;
      double toEnd = (windowEndNanos - times[to - 1]) / 1e9;
      if (toStart >= threshold) {
        toStart = between / 2;
      }
      double toZero = toStart;
      if (increase > 0 && values[from] >= 0) {
        toZero = sampled * (values[from] / increase);
      }
      if (toZero < toStart) {
        toStart = toZero;
      }
      if (toEnd >= threshold) {
        toEnd = between / 2;
      }
      return increase * ((sampled + toStart + toEnd) / sampled) / rangeSeconds;
    };
  }
}
