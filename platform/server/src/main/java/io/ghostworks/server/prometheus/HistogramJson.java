package io.ghostworks.server.prometheus;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.histogram.HistogramBuckets;

/**
 * A native histogram in an answer: {@code [time, {"count", "sum", "buckets": [[boundaries, lower,
 * upper, count]]}]}. The boundaries are 0 for a bucket open on the left, 1 on the right, 2 on both
 * sides, 3 closed on both; empty buckets are left out.
 */
final class HistogramJson {

  private HistogramJson() {}

  static void point(GoJson json, long timestampMs, FloatHistogram histogram) {
    json.array().time(timestampMs).object();
    json.name("count").sample(histogram.count()).name("sum").sample(histogram.sum());
    HistogramBuckets buckets = HistogramBuckets.of(histogram);
    boolean open = false;
    for (int at = 0; at < buckets.size(); at++) {
      if (buckets.count(at) == 0) {
        continue;
      }
      if (!open) {
        json.name("buckets").array();
        open = true;
      }
      json.array().number(boundaries(histogram, buckets, at));
      json.sample(buckets.lower(at)).sample(buckets.upper(at)).sample(buckets.count(at));
      json.endArray();
    }
    if (open) {
      json.endArray();
    }
    json.endObject().endArray();
  }

  private static int boundaries(FloatHistogram histogram, HistogramBuckets buckets, int at) {
    if (histogram.usesCustomBuckets()) {
      return buckets.lower(at) == Double.NEGATIVE_INFINITY ? 3 : 0;
    }
    if (buckets.isZero(at)) {
      return 3;
    }
    return buckets.upper(at) <= 0 ? 1 : 0;
  }
}
