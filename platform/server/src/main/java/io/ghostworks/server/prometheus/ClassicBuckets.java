package io.ghostworks.server.prometheus;

import io.ghostworks.model.metric.FloatHistogram;

/** A native histogram with bounds of its own as buckets that count all up to their bound. */
final class ClassicBuckets {

  private ClassicBuckets() {}

  /** A count for each bound; the bucket up to infinity is left out. */
  static double[] cumulative(FloatHistogram histogram) {
    double[] counts = new double[histogram.customBounds().length];
    int bucket = 0;
    int at = 0;
    int[] offsets = histogram.positiveSpanOffsets();
    for (int span = 0; span < offsets.length; span++) {
      bucket += offsets[span];
      for (int i = 0; i < histogram.positiveSpanLengths()[span]; i++, bucket++, at++) {
        if (bucket < counts.length) {
          counts[bucket] = histogram.positiveCounts()[at];
        }
      }
    }
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      counts[i] = sum;
    }
    return counts;
  }
}
