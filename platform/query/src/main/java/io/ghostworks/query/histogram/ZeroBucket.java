package io.ghostworks.query.histogram;

/**
 * A zero bucket.
 *
 * @param compensation what Kahan's summation owes to the count
 */
record ZeroBucket(double threshold, double count, double compensation) {

  /**
   * The zero bucket that a histogram would have with a larger threshold, which moves up to the end
   * of a populated bucket if it falls into one.
   */
  static ZeroBucket widen(MutableHistogram histogram, double threshold, boolean kahan) {
    double larger = threshold;
    while (true) {
      KahanSum total =
          new KahanSum(histogram.zeroCount(), kahan ? histogram.zeroCompensation() : 0);
      double afterPositive = absorb(histogram, histogram.positive(), larger, kahan, total);
      double afterNegative = absorb(histogram, histogram.negative(), afterPositive, kahan, total);
      if (afterNegative == afterPositive) {
        return new ZeroBucket(afterPositive, total.sum(), total.compensation());
      }
      larger = afterNegative;
    }
  }

  /** Adds the buckets below the threshold; answers the threshold, moved up if need be. */
  private static double absorb(
      MutableHistogram histogram,
      BucketSide side,
      double threshold,
      boolean kahan,
      KahanSum total) {
    for (int i = 0; i < side.size(); i++) {
      if (histogram.bound(side.index(i) - 1) >= threshold) {
        break;
      }
      total.add(side.count(i));
      if (kahan) {
        total.add(side.compensation(i));
      }
      double upper = histogram.bound(side.index(i));
      if (upper > threshold) {
        return side.count(i) == 0 ? threshold : upper;
      }
    }
    return threshold;
  }
}
