package io.ghostworks.bench.fleet;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The kinds of families that the targets are made of. */
final class Families {

  private Families() {}

  /** Values that stay. */
  record Constant(double... values) implements Family {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public void next(SplittableRandom random, double activity, double[] out, int at) {
      System.arraycopy(values, 0, out, at, values.length);
    }
  }

  /** A counter of events, each of which adds a multiple of 1 / {@code perUnit}. */
  static final class Counter implements Family {
    private final double mean;
    private final double sizeMean;
    private final double perUnit;
    private long total;

    /**
     * @param total where it begins, in parts of a unit
     * @param mean events a scrape
     * @param sizeMean what an event adds on average, in parts of a unit
     * @param perUnit parts of a unit: 100 for hundredths
     */
    Counter(long total, double mean, double sizeMean, double perUnit) {
      this.total = total;
      this.mean = mean;
      this.sizeMean = sizeMean;
      this.perUnit = perUnit;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void next(SplittableRandom random, double activity, double[] out, int at) {
      long events = Family.poisson(random, mean * activity);
      if (events > 0) {
        double size = events * sizeMean;
        // Sizes of single events differ; their sum the less, the more there are.
        total += sizeMean <= 1 ? events : Math.max(1, Math.round(size * spread(random, events)));
      }
      out[at] = total / perUnit;
    }

    private static double spread(SplittableRandom random, long events) {
      return Math.exp(random.nextGaussian() * 0.8 / Math.sqrt(events));
    }
  }

  /** A level that wanders about its mean in steps of 1 / {@code perUnit}. */
  static final class Gauge implements Family {
    private final double mean;
    private final double chance;
    private final double step;
    private final double unit;
    private final double perUnit;
    private double level;

    /**
     * @param chance that it changes between two scrapes
     * @param step how far it wanders at once, as a share of the mean
     * @param unit what values are multiples of, in parts of a unit: 4096 for pages
     */
    Gauge(double mean, double chance, double step, double unit, double perUnit) {
      this.mean = mean;
      this.chance = chance;
      this.step = step;
      this.unit = unit;
      this.perUnit = perUnit;
      this.level = mean;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void next(SplittableRandom random, double activity, double[] out, int at) {
      if (random.nextDouble() < chance) {
        level += (mean - level) * 0.02 + mean * step * random.nextGaussian();
        level = Math.max(0, level);
      }
      out[at] = Math.rint(level / unit) * unit / perUnit;
    }
  }

  /** How long something took each time, in seconds of whole nanoseconds: noise about a mean. */
  record Duration(double meanSeconds) implements Family {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public void next(SplittableRandom random, double activity, double[] out, int at) {
      double seconds = meanSeconds * Math.exp(random.nextGaussian() * 0.35);
      out[at] = Math.rint(seconds * 1e9) / 1e9;
    }
  }

  /** The time of the scrape as the target tells it, in seconds with the digits of its clock. */
  static final class Clock implements Family {
    private long nanos = 1_770_000_000_123_456_789L;

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void next(SplittableRandom random, double activity, double[] out, int at) {
      nanos += 15_000_000_000L + random.nextLong(-1_500_000, 1_500_000);
      out[at] = nanos / 1e9;
    }
  }

  /**
   * A classic histogram of durations: its buckets, the last of them +Inf, then its sum and count.
   */
  static final class Histogram implements Family {
    private final double[] bounds;
    private final double mean;
    private final double typical;
    private final boolean wholeNanos;
    private final long[] counts;
    private double sum;

    /**
     * @param bounds without +Inf
     * @param mean observations a scrape
     * @param typical the median of what is observed
     * @param wholeNanos whether durations are taken in nanoseconds, as Go programs do; otherwise
     *     they are any real numbers
     */
    Histogram(double[] bounds, double mean, double typical, boolean wholeNanos) {
      this.bounds = bounds;
      this.mean = mean;
      this.typical = typical;
      this.wholeNanos = wholeNanos;
      this.counts = new long[bounds.length + 1];
    }

    @Override
    public int size() {
      return counts.length + 2;
    }

    @Override
    public void next(SplittableRandom random, double activity, double[] out, int at) {
      for (long left = Family.poisson(random, mean * activity); left > 0; left--) {
        double seconds = typical * Math.exp(random.nextGaussian() * 0.7);
        if (wholeNanos) {
          seconds = Math.rint(seconds * 1e9) / 1e9;
        }
        int bucket = 0;
        while (bucket < bounds.length && seconds > bounds[bucket]) {
          bucket++;
        }
        counts[bucket]++;
        sum += seconds;
      }
      long total = 0;
      for (int i = 0; i < counts.length; i++) {
        total += counts[i];
        out[at + i] = total;
      }
      out[at + counts.length] = sum;
      out[at + counts.length + 1] = total;
    }
  }

  /** A summary as Go programs have them: quantiles of the last minutes, then sum and count. */
  static final class Summary implements Family {
    private final double[] quantiles;
    private final double mean;
    private final double typical;
    private long count;
    private double sum;

    Summary(int quantiles, double mean, double typical) {
      this.quantiles = new double[quantiles];
      this.mean = mean;
      this.typical = typical;
      Arrays.fill(this.quantiles, Double.NaN);
    }

    @Override
    public int size() {
      return quantiles.length + 2;
    }

    @Override
    public void next(SplittableRandom random, double activity, double[] out, int at) {
      long observed = Family.poisson(random, mean * activity);
      for (long left = observed; left > 0; left--) {
        double seconds = Math.rint(typical * Math.exp(random.nextGaussian() * 0.5) * 1e9) / 1e9;
        sum += seconds;
        count++;
        if (Double.isNaN(quantiles[0])) {
          Arrays.fill(quantiles, seconds);
        } else {
          quantiles[random.nextInt(quantiles.length)] = seconds;
        }
      }
      Arrays.sort(quantiles);
      System.arraycopy(quantiles, 0, out, at, quantiles.length);
      out[at + quantiles.length] = sum;
      out[at + quantiles.length + 1] = count;
    }
  }
}
