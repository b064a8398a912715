package io.ghostworks.model.metric;

import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import java.util.Arrays;

/**
 * Makes native histograms with custom buckets, whose spans hold only buckets that are not empty.
 */
public final class CustomBuckets {
  private static final int[] NO_INTS = {};
  private static final double[] NO_DOUBLES = {};

  private CustomBuckets() {}

  /**
   * A histogram of these buckets.
   *
   * @param bounds upper bounds, ascending and finite
   * @param counts of each bucket for itself, one more than bounds: the last has no upper bound
   */
  public static FloatHistogram histogram(
      CounterReset reset, double[] bounds, double[] counts, double count, double sum) {
    int[] offsets = new int[counts.length];
    int[] lengths = new int[counts.length];
    double[] kept = new double[counts.length];
    int spans = 0;
    int buckets = 0;
    int next = 0; // the bucket after the last span
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        continue;
      }
      if (spans == 0 || i != next) {
        offsets[spans] = i - next;
        spans++;
      }
      lengths[spans - 1]++;
      kept[buckets++] = counts[i];
      next = i + 1;
    }
    return new FloatHistogram(
        reset,
        FloatHistogram.CUSTOM_BUCKETS,
        0,
        0,
        count,
        sum,
        Arrays.copyOf(offsets, spans),
        Arrays.copyOf(lengths, spans),
        Arrays.copyOf(kept, buckets),
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        bounds);
  }
}
