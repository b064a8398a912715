package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes federated samples as length-delimited messages io.prometheus.client.MetricFamily; a family
 * is written when its last sample is known.
 */
final class FederationMessages {

  private static final int UNTYPED = 3;
  private static final int HISTOGRAM = 4;
  private static final int GAUGE_HISTOGRAM = 5;

  private final NameEscaping names;
  private final SortedMap<String, String> external;
  private ProtoWriter family = new ProtoWriter(1024);

  FederationMessages(NameEscaping names, SortedMap<String, String> external) {
    this.names = names;
    this.external = external;
  }

  void family(FederatedSample first) {
    family = new ProtoWriter(1024);
    family.text(1, names.escape(first.metric()));
    int type = first.isGaugeHistogram() ? GAUGE_HISTOGRAM : HISTOGRAM;
    family.uintAlways(3, first.histogram() == null ? UNTYPED : type);
  }

  void sample(FederatedSample sample) {
    int metric = family.begin(4);
    Labels labels = sample.labels();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals(Labels.METRIC_NAME)) {
        label(labels.name(i), labels.value(i));
      }
    }
    for (Map.Entry<String, String> label : external.entrySet()) {
      if (labels.get(label.getKey()).isEmpty()) {
        label(label.getKey(), label.getValue());
      }
    }
    FloatHistogram histogram = sample.histogram();
    if (histogram == null) {
      int untyped = family.begin(5);
      family.float64Always(1, sample.value());
      family.end(untyped);
    }
    family.uintAlways(6, sample.timestampMs());
    if (histogram != null) {
      int start = family.begin(7);
      histogram(histogram);
      family.end(start);
    }
    family.end(metric);
  }

  private void label(String name, String value) {
    int start = family.begin(1);
    string(1, names.escape(name));
    string(2, value);
    family.end(start);
  }

  private void string(int field, String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    family.bytesAlways(field, bytes, 0, bytes.length);
  }

  private void histogram(FloatHistogram histogram) {
    family.float64Always(2, histogram.sum());
    if (histogram.usesCustomBuckets()) {
      buckets(histogram);
      family.float64Always(4, histogram.count());
      return;
    }
    family.float64Always(4, histogram.count());
    family.uintAlways(5, zigzag(histogram.schema()));
    family.float64Always(6, histogram.zeroThreshold());
    family.float64Always(8, histogram.zeroCount());
    side(
        9,
        histogram.negativeSpanOffsets(),
        histogram.negativeSpanLengths(),
        histogram.negativeCounts());
    side(
        12,
        histogram.positiveSpanOffsets(),
        histogram.positiveSpanLengths(),
        histogram.positiveCounts());
  }

  private void buckets(FloatHistogram histogram) {
    double[] counts = ClassicBuckets.cumulative(histogram);
    for (int i = 0; i < counts.length; i++) {
      int bucket = family.begin(3);
      family.float64Always(2, histogram.customBounds()[i]);
      family.float64Always(4, counts[i]);
      family.end(bucket);
    }
  }

  /**
   * @param field of the spans; the counts have the one two further
   */
  private void side(int field, int[] offsets, int[] lengths, double[] counts) {
    for (int i = 0; i < offsets.length; i++) {
      int span = family.begin(field);
      family.uintAlways(1, zigzag(offsets[i]));
      family.uintAlways(2, lengths[i]);
      family.end(span);
    }
    for (double count : counts) {
      family.float64Always(field + 2, count);
    }
  }

  private static long zigzag(int value) {
    return (value << 1 ^ value >> 31) & 0xffffffffL;
  }

  void drainTo(OutputStream out) throws IOException {
    if (family.size() > 0) {
      ProtoWriter length = new ProtoWriter(10);
      length.varint(family.size());
      out.write(length.array(), 0, length.size());
      out.write(family.array(), 0, family.size());
      family = new ProtoWriter(1024);
    }
  }
}
