package io.ghostworks.promql.eval;

import io.ghostworks.query.level.FloatFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What can only be estimated from downsampled rows. The samples of a row count as its least, its
 * greatest and, as often as is left, the mean of the others, so that each lies between its bounds.
 */
final class LevelEstimates {
  /** More samples of a row than this are thinned out where they are gone through one by one. */
  private static final long SAMPLES_OF_ROW_MAX = 3_600;

  private static final Comparator<Weighted> NAN_FIRST =
      (left, right) ->
          Double.isNaN(left.value) || Double.isNaN(right.value)
              ? Boolean.compare(Double.isNaN(right.value), Double.isNaN(left.value))
              : Double.compare(left.value, right.value);

  private List<Weighted> values = new ArrayList<>();
  private long count;
  private boolean anyNan;

  private record Weighted(double value, long weight) {}

  LevelEstimates(LevelWindow rows) {
    rows.forEachFloats(this::add);
  }

  private void add(FloatFacts facts) {
    anyNan |= Double.isNaN(facts.sum());
    add(facts.min(), 1);
    if (facts.count() > 1) {
      add(facts.max(), 1);
    }
    if (facts.count() > 2) {
      long others = facts.count() - 2;
      double mean = (facts.sum() - facts.min() - facts.max()) / others;
      boolean isNan = Double.isNaN(mean);
      if (isNan) {
        add(Double.NaN, 1);
      }
      double middle = isNan ? (facts.min() + facts.max()) / 2 : mean;
      add(Math.min(Math.max(middle, facts.min()), facts.max()), isNan ? others - 1 : others);
    }
  }

  private void add(double value, long weight) {
    values.add(new Weighted(value, weight));
    count += weight;
  }

  double quantile(double q) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    values.sort(NAN_FIRST);
    double rank = q * (count - 1.0);
    double lower = Math.max(0, Math.floor(rank));
    double upper = Math.min(count - 1.0, lower + 1);
    double weight = rank - Math.floor(rank);
    return valueAt((long) lower) * (1 - weight) + valueAt((long) upper) * weight;
  }

  private double valueAt(long index) {
    long seen = 0;
    for (Weighted value : values) {
      seen += value.weight;
      if (index < seen) {
        return value.value;
      }
    }
    return values.getLast().value;
  }

  double medianDeviation() {
    if (anyNan) {
      return Double.NaN;
    }
    double median = quantile(0.5);
    List<Weighted> deviations = new ArrayList<>();
    for (Weighted value : values) {
      deviations.add(new Weighted(Math.abs(value.value - median), value.weight));
    }
    values = deviations;
    return quantile(0.5);
  }

  /** The time of the last row's border that has the extreme, or of the end of its row. */
  static long timeOf(LevelWindow rows, boolean max) {
    double extreme = max ? rows.floats().max() : rows.floats().min();
    long[] found = {rows.floats().lastMs()};
    rows.forEachFloats(facts -> {
      double ofRow = max ? facts.max() : facts.min();
      if (ofRow == extreme) {
        found[0] =
            facts.first() == extreme && facts.last() != extreme ? facts.firstMs() : facts.lastMs();
      }
    });
    return found[0];
  }

  /** The line of least squares through the means of rows, each as heavy as it has samples. */
  static void trend(LevelWindow rows, RangeStep step, boolean prediction) {
    FloatFacts all = rows.floats();
    long interceptMs = prediction ? step.timeMs() : all.firstMs();
    double slope;
    double intercept;
    if (all.min() == all.max()) {
      boolean infinite = Double.isInfinite(all.min());
      slope = infinite ? Double.NaN : 0;
      intercept = infinite ? Double.NaN : all.min();
    } else if (rows.floatEntries() == 1) {
      slope = (all.last() - all.first()) / ((all.lastMs() - all.firstMs()) / 1e3);
      intercept = all.last() - slope * ((all.lastMs() - interceptMs) / 1e3);
    } else {
      Regression regression = new Regression(interceptMs);
      rows.forEachFloats(regression::add);
      slope = regression.slope();
      intercept = regression.intercept(slope);
    }
    step.give(prediction ? slope * step.argument(0) + intercept : slope);
  }

  /** Smooths samples that lie on the line from the first to the last of each row. */
  static double smoothed(LevelWindow rows, double factor, double trend) {
    Smoothing smoothing = new Smoothing(factor, trend);
    rows.forEachFloats(facts -> {
      long samples = Math.min(facts.count(), SAMPLES_OF_ROW_MAX);
      for (long i = 0; i < samples; i++) {
        double share = samples == 1 ? 0 : (double) i / (samples - 1);
        smoothing.add(facts.first() + (facts.last() - facts.first()) * share);
      }
    });
    return smoothing.smoothed;
  }

  private static final class Regression {
    private final long interceptMs;
    private double n;
    private double meanX;
    private double meanY;
    private double covariance;
    private double variance;

    Regression(long interceptMs) {
      this.interceptMs = interceptMs;
    }

    void add(FloatFacts facts) {
      double weight = facts.count();
      double x = ((facts.firstMs() - interceptMs) + (facts.lastMs() - interceptMs)) / 2e3;
      double deltaX = x - meanX;
      double deltaY = facts.mean() - meanY;
      n += weight;
      meanX += deltaX * weight / n;
      meanY += deltaY * weight / n;
      covariance += deltaX * (facts.mean() - meanY) * weight;
      variance += deltaX * (x - meanX) * weight;
    }

    double slope() {
      return covariance / variance;
    }

    double intercept(double slope) {
      return meanY - slope * meanX;
    }
  }

  private static final class Smoothing {
    private final double factor;
    private final double trend;
    private long seen;
    private double before;
    private double smoothed;
    private double slope;

    Smoothing(double factor, double trend) {
      this.factor = factor;
      this.trend = trend;
    }

    void add(double value) {
      if (seen == 0) {
        smoothed = value;
      } else {
        slope = seen == 1 ? value - smoothed : trend * (smoothed - before) + (1 - trend) * slope;
        double y = (1 - factor) * (smoothed + slope);
        before = smoothed;
        smoothed = factor * value + y;
      }
      seen++;
    }
  }
}
