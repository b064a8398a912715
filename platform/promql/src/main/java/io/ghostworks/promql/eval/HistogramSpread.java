package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.histogram.HistogramBuckets;
import io.ghostworks.query.histogram.KahanSum;

/** How far the observations of a native histogram lie apart. */
final class HistogramSpread {

  private HistogramSpread() {}

  /** The variance, as if all observations of a bucket lay at its mean. */
  static double variance(FloatHistogram histogram) {
    double mean = histogram.sum() / histogram.count();
    HistogramBuckets buckets = HistogramBuckets.of(histogram);
    KahanSum variance = new KahanSum();
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) == 0) {
        continue;
      }
      double lower = buckets.lower(i);
      double upper = buckets.upper(i);
      double middle;
      if (histogram.usesCustomBuckets()) {
        middle = (upper + lower) / 2.0;
      } else if (lower <= 0 && upper >= 0) {
        middle = 0;
      } else {
        middle = Math.sqrt(upper * lower);
        middle = upper < 0 ? -middle : middle;
      }
      double delta = middle - mean;
      variance.add(buckets.count(i) * delta * delta);
    }
    return variance.total() / histogram.count();
  }
}
