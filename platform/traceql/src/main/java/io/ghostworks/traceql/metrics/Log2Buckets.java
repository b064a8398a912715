package io.ghostworks.traceql.metrics;

/**
 * Buckets whose bounds are powers of two, and quantiles of them with exponential interpolation.
 * Bucket e takes whole numbers in {@code (2^(e-1), 2^e]}. Source: Tempo's {@code Log2Bucketize} and
 * {@code Log2Quantile}.
 */
final class Log2Buckets {

  /** Exponents are below this. */
  static final int COUNT = 64;

  private Log2Buckets() {}

  /**
   * The exponent of a number's bucket.
   *
   * @param value at least 2
   */
  static int exponent(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value - 1);
  }

  /** The upper bound of a bucket. */
  static double bound(int exponent) {
    return Math.scalb(1.0, exponent);
  }

  /**
   * A quantile.
   *
   * @param p in [0, 1]
   * @param bounds ascending
   * @param counts at least 1 each
   * @param size how many buckets there are
   * @return 0 if there is none
   */
  static double quantile(double p, double[] bounds, long[] counts, int size) {
    long total = 0;
    for (int i = 0; i < size; i++) {
      total += counts[i];
    }
    if (total == 0) {
      return 0;
    }
    long wanted = Math.max(1, (long) Math.ceil(p * total));
    long taken = 0;
    int bucket = 0;
    for (int i = 0; i < size; i++) {
      bucket = i;
      if (taken + counts[i] > wanted) {
        break;
      }
      taken += counts[i];
      if (taken == wanted) {
        return bounds[i];
      }
    }
    double share = (double) (wanted - taken) / counts[bucket];
    double most = log2(bounds[bucket]);
    double least = bucket > 0 ? log2(bounds[bucket - 1]) : most - 1;
    return Math.pow(2, least + (most - least) * share);
  }

  /** As Go computes it: exact for powers of two. */
  private static double log2(double value) {
    int exponent = Math.getExponent(value) + 1;
    double fraction = Math.scalb(value, -exponent);
    if (fraction == 0.5) {
      return exponent - 1;
    }
    return exponent + Math.log(fraction) * (1 / Math.log(2));
  }
}
