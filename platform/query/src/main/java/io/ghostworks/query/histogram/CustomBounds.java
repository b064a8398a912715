package io.ghostworks.query.histogram;

import java.util.Arrays;

/** Brings histograms with different custom bounds to the bounds that both have. */
final class CustomBounds {

  private CustomBounds() {}

  /** The bounds that stand in both ascending lists. */
  static double[] intersect(double[] left, double[] right) {
    double[] common = new double[Math.min(left.length, right.length)];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < left.length && j < right.length) {
      if (left[i] == right[j]) {
        common[size++] = left[i++];
        j++;
      } else if (left[i] < right[j]) {
        i++;
      } else {
        j++;
      }
    }
    return Arrays.copyOf(common, size);
  }

  /** Adds the other's buckets to the target's in the layout of the common bounds. */
  static void combine(
      BucketSide target,
      double[] targetBounds,
      BucketSide other,
      double[] otherBounds,
      boolean minus,
      boolean kahan) {
    double[] common = intersect(targetBounds, otherBounds);
    KahanSum[] totals = new KahanSum[common.length + 1];
    Arrays.setAll(totals, i -> new KahanSum());
    spread(target, targetBounds, common, totals, false, kahan);
    spread(other, otherBounds, common, totals, minus, false);
    BucketSide combined = BucketSide.empty(totals.length);
    for (int i = 0; i < totals.length; i++) {
      if (totals[i].sum() != 0 || totals[i].compensation() != 0) {
        combined.append(i, totals[i].sum(), kahan ? totals[i].compensation() : 0);
      }
    }
    target.take(combined);
  }

  private static void spread(
      BucketSide side,
      double[] bounds,
      double[] common,
      KahanSum[] totals,
      boolean minus,
      boolean compensations) {
    int at = 0;
    for (int i = 0; i < side.size(); i++) {
      int bucket = common.length;
      if (side.index(i) < bounds.length) {
        while (at < common.length && common[at] < bounds[side.index(i)]) {
          at++;
        }
        bucket = at;
      }
      totals[bucket].add(minus ? -side.count(i) : side.count(i));
      if (compensations) {
        totals[bucket].add(side.compensation(i));
      }
    }
  }
}
