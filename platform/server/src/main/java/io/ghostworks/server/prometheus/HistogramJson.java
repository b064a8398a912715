package io.ghostworks.server.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.histogram.HistogramBuckets;
import java.io.IOException;

/**
 * A native histogram in an answer: {@code [time, {"count", "sum", "buckets": [[boundaries, lower,
 * upper, count]]}]}. The boundaries are 0 for a bucket open on the left, 1 on the right, 2 on both
 * sides, 3 closed on both; empty buckets are left out.
 */
final class HistogramJson {

  private HistogramJson() {}

  static void point(JsonGenerator json, long timestampMs, FloatHistogram histogram)
      throws IOException {
    json.writeStartArray();
    PrometheusAnswers.time(json, timestampMs);
    json.writeStartObject();
    json.writeStringField("count", FloatText.formatJson(histogram.count()));
    json.writeStringField("sum", FloatText.formatJson(histogram.sum()));
    HistogramBuckets buckets = HistogramBuckets.of(histogram);
    boolean open = false;
    for (int at = 0; at < buckets.size(); at++) {
      if (buckets.count(at) == 0) {
        continue;
      }
      if (!open) {
        json.writeArrayFieldStart("buckets");
        open = true;
      }
      json.writeStartArray();
      json.writeNumber(boundaries(histogram, buckets, at));
      json.writeString(FloatText.formatJson(buckets.lower(at)));
      json.writeString(FloatText.formatJson(buckets.upper(at)));
      json.writeString(FloatText.formatJson(buckets.count(at)));
      json.writeEndArray();
    }
    if (open) {
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndArray();
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
