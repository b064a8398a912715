package io.ghostworks.model.metric;

import java.util.Arrays;

/**
 * The buckets of one sign, merged into those of a coarser schema: bucket i becomes bucket ((i - 1)
 * >> steps) + 1, as in Prometheus's {@code reduceResolution}.
 */
record MergedBuckets(int[] offsets, int[] lengths, double[] counts) {

  static MergedBuckets of(int[] offsets, int[] lengths, double[] counts, int steps) {
    int shift = Math.min(steps, Integer.SIZE - 1);
    int[] mergedOffsets = new int[offsets.length];
    int[] mergedLengths = new int[offsets.length];
    double[] mergedCounts = new double[counts.length];
    int spans = 0;
    int buckets = 0;
    int last = 0;
    int index = 0;
    int source = 0;
    for (int span = 0; span < offsets.length; span++) {
      index += offsets[span];
      for (int i = 0; i < lengths[span]; i++) {
        int target = ((index++ - 1) >> shift) + 1;
        if (spans > 0 && target == last) {
          mergedCounts[buckets - 1] += counts[source++];
          continue;
        }
        if (spans > 0 && target == last + 1) {
          mergedLengths[spans - 1]++;
        } else {
          mergedOffsets[spans] = spans == 0 ? target : target - last - 1;
          mergedLengths[spans++] = 1;
        }
        mergedCounts[buckets++] = counts[source++];
        last = target;
      }
    }
    return new MergedBuckets(
        Arrays.copyOf(mergedOffsets, spans),
        Arrays.copyOf(mergedLengths, spans),
        Arrays.copyOf(mergedCounts, buckets));
  }
}
