package io.ghostworks.query.histogram;

import io.ghostworks.model.metric.FloatHistogram;

/**
 * The operators {@code </} and {@code >/}: cuts the observations above or below a value out of a
 * histogram and estimates the rest.
 */
public final class HistogramTrim {
  private final MutableHistogram histogram;
  private final double limit;
  private final boolean upper;
  private final boolean custom;
  private double count;
  private double sum;
  private boolean trimmed;

  private HistogramTrim(FloatHistogram source, double limit, boolean upper) {
    this.histogram = MutableHistogram.of(source);
    this.limit = limit;
    this.upper = upper;
    this.custom = source.usesCustomBuckets();
  }

  /** Keeps what lies below the limit if {@code upper}, else what lies above it. */
  public static FloatHistogram trim(FloatHistogram source, double limit, boolean upper) {
    return new HistogramTrim(source, limit, upper).run(source);
  }

  private FloatHistogram run(FloatHistogram source) {
    boolean positive = side(histogram.positive(), true);
    boolean negative = side(histogram.negative(), false);
    if (histogram.zeroCount() > 0) {
      zeroBucket(negative, positive);
    }
    if (!trimmed) {
      return source;
    }
    histogram.setTotals(count, sum);
    return histogram.compact().toHistogram();
  }

  private boolean side(BucketSide side, boolean positive) {
    boolean populated = false;
    for (int i = 0; i < side.size(); i++) {
      double inBucket = side.count(i);
      if (inBucket == 0) {
        continue;
      }
      populated = true;
      double outer = histogram.bound(side.index(i));
      double inner = histogram.bound(side.index(i) - 1);
      double from = positive ? inner : -outer;
      double to = positive ? outer : -inner;
      if (upper ? to <= limit : from >= limit) {
        keep(inBucket, midpoint(from, to, positive));
      } else if (upper ? from < limit : to > limit) {
        double kept = cut(from, to, inBucket, positive);
        if (inBucket != kept) {
          side.setCount(i, kept);
          trimmed = true;
        }
      } else {
        side.setCount(i, 0);
        trimmed = true;
      }
    }
    return populated;
  }

  private void keep(double kept, double midpoint) {
    count += kept;
    sum += midpoint * kept;
  }

  private double cut(double from, double to, double inBucket, boolean positive) {
    if (from == Double.NEGATIVE_INFINITY || to == Double.POSITIVE_INFINITY) {
      return cutInfinite(from, to, inBucket);
    }
    double below = inBucket * HistogramBuckets.fractionBelow(limit, from, to, custom);
    double kept = upper ? below : inBucket - below;
    keep(kept, upper ? midpoint(from, limit, positive) : midpoint(limit, to, positive));
    return kept;
  }

  /** Buckets without end: nothing is known of the distribution, so all or nothing is kept. */
  private double cutInfinite(double from, double to, double inBucket) {
    double kept = 0;
    double midpoint = 0;
    if (from == Double.NEGATIVE_INFINITY) {
      boolean fromZero = to > 0 && to != Double.POSITIVE_INFINITY;
      midpoint = Double.isInfinite(to) ? 0 : to;
      if (upper) {
        if (limit >= to) {
          kept = inBucket;
          midpoint = 0;
        } else if (limit > 0 && fromZero) {
          kept = inBucket * limit / to;
          midpoint = limit / 2;
        } else if (to <= 0) {
          kept = inBucket;
          midpoint = limit;
        }
      } else if (limit <= from) {
        kept = inBucket;
        midpoint = 0;
      } else if (limit >= 0 && to > limit && fromZero) {
        kept = inBucket * (1 - limit / to);
        midpoint = (limit + to) / 2;
      }
    } else if (!upper && limit >= from) {
      kept = inBucket;
      midpoint = limit;
    }
    keep(kept, midpoint);
    return kept;
  }

  private void zeroBucket(boolean negative, boolean positive) {
    double to = negative && !positive ? 0 : histogram.zeroThreshold();
    double from = positive && !negative ? 0 : -histogram.zeroThreshold();
    double inBucket = histogram.zeroCount();
    double kept;
    double midpoint;
    if (limit <= from) {
      kept = upper ? 0 : inBucket;
      midpoint = upper ? 0 : (from + to) / 2;
    } else if (limit >= to) {
      kept = upper ? inBucket : 0;
      midpoint = upper ? (from + to) / 2 : 0;
    } else {
      double fraction = upper ? (limit - from) / (to - from) : (to - limit) / (to - from);
      kept = inBucket * fraction;
      midpoint = upper ? (from + limit) / 2 : (limit + to) / 2;
    }
    if (inBucket != kept) {
      histogram.setZeroCount(kept);
      trimmed = true;
    }
    keep(kept, midpoint);
  }

  private double midpoint(double from, double to, boolean positive) {
    if (Double.isInfinite(from)) {
      return Double.isInfinite(to) ? 0 : to > 0 ? to / 2 : to;
    }
    if (Double.isInfinite(to)) {
      return from;
    }
    if (custom) {
      return (from + to) / 2;
    }
    double mean = Math.sqrt(Math.abs(from * to));
    return positive ? mean : -mean;
  }
}
