package io.ghostworks.query.histogram;

import io.ghostworks.model.metric.FloatHistogram;
import java.util.Arrays;

/** Compares native histograms as data. */
public final class HistogramEquality {

  private HistogramEquality() {}

  /**
   * Whether two histograms are the same data: bit by bit, with the same buckets, empty ones too;
   * the hints about resets do not count.
   */
  public static boolean sameData(FloatHistogram left, FloatHistogram right) {
    return left.schema() == right.schema()
        && sameBits(left.count(), right.count())
        && sameBits(left.sum(), right.sum())
        && (!left.usesCustomBuckets()
            || MutableHistogram.sameBounds(left.customBounds(), right.customBounds()))
        && left.zeroThreshold() == right.zeroThreshold()
        && sameBits(left.zeroCount(), right.zeroCount())
        && sameSide(MutableHistogram.of(left).negative(), MutableHistogram.of(right).negative())
        && sameSide(MutableHistogram.of(left).positive(), MutableHistogram.of(right).positive());
  }

  private static boolean sameSide(BucketSide left, BucketSide right) {
    return Arrays.equals(left.toIndexes(), right.toIndexes())
        && Arrays.equals(left.toCounts(), right.toCounts());
  }

  private static boolean sameBits(double left, double right) {
    return Double.doubleToRawLongBits(left) == Double.doubleToRawLongBits(right);
  }
}
