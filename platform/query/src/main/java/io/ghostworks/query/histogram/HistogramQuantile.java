package io.ghostworks.query.histogram;

import io.ghostworks.model.metric.FloatHistogram;

/** Quantiles and fractions of native histograms, interpolated within buckets. */
public final class HistogramQuantile {

  private HistogramQuantile() {}

  /** What is to be said about observations of NaN. */
  public enum Note {
    NONE,
    /** They made the result NaN. */
    NAN_RESULT,
    /** They count as larger than all others, or are left out of a fraction. */
    NAN_SKEW
  }

  /** A result and its note. */
  public record Result(double value, Note note) {
    private static Result of(double value) {
      return new Result(value, Note.NONE);
    }
  }

  /**
   * The quantile of a histogram; −Inf below 0, +Inf above 1, NaN without observations.
   *
   * @see <a
   *     href="https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile">
   *     histogram_quantile</a>
   */
  public static Result quantile(double q, FloatHistogram histogram) {
    if (q < 0) {
      return Result.of(Double.NEGATIVE_INFINITY);
    }
    if (q > 1) {
      return Result.of(Double.POSITIVE_INFINITY);
    }
    if (histogram.count() == 0 || Double.isNaN(q)) {
      return Result.of(Double.NaN);
    }
    HistogramBuckets buckets = HistogramBuckets.of(histogram);
    boolean nanSum = Double.isNaN(histogram.sum());
    boolean forward = nanSum || q < 0.5;
    double rank = (forward ? q : 1 - q) * histogram.count();
    double count = 0;
    int at = -1;
    int visited = 0;
    for (; visited < buckets.size(); ) {
      int next = forward ? visited : buckets.size() - 1 - visited;
      visited++;
      at = next;
      if (buckets.count(next) == 0) {
        continue;
      }
      count += buckets.count(next);
      if (count >= rank) {
        break;
      }
    }
    double lower = at < 0 ? 0 : buckets.lower(at);
    double upper = at < 0 ? 0 : buckets.upper(at);
    double inBucket = at < 0 ? 0 : buckets.count(at);
    boolean custom = histogram.usesCustomBuckets();
    if (!custom && lower < 0 && upper > 0) {
      if (!buckets.hasNegative() && buckets.hasPositive()) {
        lower = 0;
      } else if (!buckets.hasPositive() && buckets.hasNegative()) {
        upper = 0;
      }
    } else if (custom) {
      if (lower == Double.NEGATIVE_INFINITY) {
        if (upper <= 0) {
          return Result.of(upper);
        }
        lower = 0;
      } else if (upper == Double.POSITIVE_INFINITY) {
        return Result.of(lower);
      }
    }
    count = Math.min(count, histogram.count());
    if (count < rank) {
      return nanSum ? new Result(Double.NaN, Note.NAN_RESULT) : Result.of(upper);
    }
    rank = forward ? rank - (count - inBucket) : count - rank;
    Note note = Note.NONE;
    if (nanSum) {
      for (; visited < buckets.size(); visited++) {
        // The loop of Prometheus leaves the bucket of the quantile behind here.
        at = visited;
        lower = buckets.lower(at);
        upper = buckets.upper(at);
        inBucket = buckets.count(at);
        count += inBucket;
      }
      note = count < histogram.count() ? Note.NAN_SKEW : Note.NONE;
    }
    return new Result(interpolate(lower, upper, rank / inBucket, custom), note);
  }

  private static double interpolate(double lower, double upper, double fraction, boolean custom) {
    if (custom || (lower <= 0 && upper >= 0)) {
      return lower + (upper - lower) * fraction;
    }
    double logLower = HistogramBuckets.log2(Math.abs(lower));
    double logUpper = HistogramBuckets.log2(Math.abs(upper));
    return lower > 0
        ? exp2(logLower + (logUpper - logLower) * fraction)
        : -exp2(logUpper + (logLower - logUpper) * (1 - fraction));
  }

  private static double exp2(double exponent) {
    return Math.pow(2, exponent);
  }

  /**
   * The share of observations between two values; NaN without observations or for NaN bounds.
   *
   * @see <a
   *     href="https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_fraction">
   *     histogram_fraction</a>
   */
  public static Result fraction(double lower, double upper, FloatHistogram histogram) {
    if (histogram.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Result.of(Double.NaN);
    }
    if (lower >= upper) {
      return Result.of(0);
    }
    HistogramBuckets buckets = HistogramBuckets.of(histogram);
    boolean custom = histogram.usesCustomBuckets();
    double lowerRank = Double.NaN;
    double upperRank = Double.NaN;
    double rank = 0;
    double count = 0;
    for (int i = 0; i < buckets.size(); i++) {
      count += buckets.count(i);
    }
    for (int i = 0; i < buckets.size(); i++) {
      double from = buckets.lower(i);
      double to = buckets.upper(i);
      boolean linear = custom;
      if (from <= 0 && to >= 0) {
        linear = true;
        if (!buckets.hasNegative() && buckets.hasPositive()) {
          from = 0;
        } else if (!buckets.hasPositive() && buckets.hasNegative()) {
          to = 0;
        }
      }
      if (Double.isNaN(lowerRank)) {
        lowerRank = rankAt(lower, from, to, rank, buckets.count(i), linear);
      }
      if (Double.isNaN(upperRank)) {
        upperRank = rankAt(upper, from, to, rank, buckets.count(i), linear);
      }
      if (!Double.isNaN(lowerRank) && !Double.isNaN(upperRank)) {
        break;
      }
      rank += buckets.count(i);
    }
    Note note = Note.NONE;
    if (Double.isNaN(histogram.sum())) {
      note = count < histogram.count() ? Note.NAN_SKEW : Note.NONE;
    } else {
      count = histogram.count();
    }
    double fromRank = Double.isNaN(lowerRank) || lowerRank > count ? count : lowerRank;
    double toRank = Double.isNaN(upperRank) || upperRank > count ? count : upperRank;
    return new Result((toRank - fromRank) / histogram.count(), note);
  }

  /** The rank of a value if it lies at the start of a bucket or in it, else NaN. */
  private static double rankAt(
      double value, double from, double to, double rank, double count, boolean linear) {
    if (from >= value) {
      return rank;
    }
    if (to <= value) {
      return Double.NaN;
    }
    if (linear && from == Double.NEGATIVE_INFINITY) {
      return count;
    }
    return rank + count * HistogramBuckets.fractionBelow(value, from, to, linear);
  }
}
