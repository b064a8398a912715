package io.ghostworks.query.histogram;

import io.ghostworks.model.metric.FloatHistogram;

/**
 * All buckets of a histogram from the lowest to the highest: the negative ones, the zero bucket if
 * it is populated, the positive ones. Bounds that reach into the zero bucket end at its threshold.
 */
public final class HistogramBuckets {
  private final double[] lower;
  private final double[] upper;
  private final double[] counts;
  private final boolean[] zero;
  private final boolean hasNegative;
  private final boolean hasPositive;
  private int size;

  private HistogramBuckets(int capacity, boolean hasNegative, boolean hasPositive) {
    lower = new double[capacity];
    upper = new double[capacity];
    counts = new double[capacity];
    zero = new boolean[capacity];
    this.hasNegative = hasNegative;
    this.hasPositive = hasPositive;
  }

  public static HistogramBuckets of(FloatHistogram histogram) {
    MutableHistogram layout = MutableHistogram.of(histogram);
    BucketSide negative = layout.negative();
    BucketSide positive = layout.positive();
    HistogramBuckets buckets =
        new HistogramBuckets(
            negative.size() + positive.size() + 1, negative.size() > 0, positive.size() > 0);
    double threshold = histogram.zeroThreshold();
    for (int i = negative.size() - 1; i >= 0; i--) {
      double outer = -layout.bound(negative.index(i));
      double inner = -layout.bound(negative.index(i) - 1);
      boolean overlaps = inner < 0 && inner > -threshold;
      buckets.add(outer, overlaps ? -threshold : inner, negative.count(i), false);
    }
    if (histogram.zeroCount() > 0) {
      buckets.add(-threshold, threshold, histogram.zeroCount(), true);
    }
    for (int i = 0; i < positive.size(); i++) {
      double inner = layout.bound(positive.index(i) - 1);
      double outer = layout.bound(positive.index(i));
      boolean overlaps = inner > 0 && inner < threshold;
      buckets.add(overlaps ? threshold : inner, outer, positive.count(i), false);
    }
    return buckets;
  }

  private void add(double lowerBound, double upperBound, double count, boolean isZero) {
    lower[size] = lowerBound;
    upper[size] = upperBound;
    counts[size] = count;
    zero[size++] = isZero;
  }

  public int size() {
    return size;
  }

  public double lower(int at) {
    return lower[at];
  }

  public double upper(int at) {
    return upper[at];
  }

  public double count(int at) {
    return counts[at];
  }

  /** Whether it is the zero bucket. */
  public boolean isZero(int at) {
    return zero[at];
  }

  /** Whether there are buckets of that sign, populated or not. */
  boolean hasNegative() {
    return hasNegative;
  }

  boolean hasPositive() {
    return hasPositive;
  }

  /**
   * Which part of a bucket lies below a value strictly inside of it: linear for custom buckets and
   * the zero bucket, else on a logarithmic scale.
   */
  static double fractionBelow(double value, double lower, double upper, boolean linear) {
    if (linear) {
      return (value - lower) / (upper - lower);
    }
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    double logValue = log2(Math.abs(value));
    return value > 0
        ? (logValue - logLower) / (logUpper - logLower)
        : 1 - ((logValue - logUpper) / (logLower - logUpper));
  }

  /** The binary logarithm, exact for powers of two. */
  public static double log2(double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      return Math.log(value);
    }
    int exponent = Math.getExponent(value);
    if (exponent < Double.MIN_EXPONENT) {
      return log2(value * 0x1p54) - 54;
    }
    double fraction = Math.scalb(value, -exponent - 1);
    if (fraction == 0.5) {
      return exponent;
    }
    return (exponent + 1) + Math.log(fraction) * (1 / Math.log(2));
  }
}
