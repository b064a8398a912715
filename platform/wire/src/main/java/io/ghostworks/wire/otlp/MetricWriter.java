package io.ghostworks.wire.otlp;

import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.Distributions;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.MetricExemplars;
import io.ghostworks.model.record.MetricTable;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;

/** Writes metrics as {@code MetricsData}; metrics without points are left out. */
final class MetricWriter {
  private final MetricBatch batch;
  private final MetricTable metrics;
  private final Distributions distributions;
  private final EnvelopeWriter envelope;
  private final ProtoWriter out;
  private final int[] pointsByMetric;
  private final int[] firstPoint;

  private MetricWriter(MetricBatch batch) {
    this.batch = batch;
    this.metrics = batch.metrics();
    this.distributions = batch.distributions();
    this.envelope = new EnvelopeWriter(batch.arena(), batch.resources(), batch.scopes());
    this.out = envelope.out();
    this.firstPoint = new int[metrics.size() + 1];
    this.pointsByMetric = groupByMetric();
  }

  static ProtoWriter write(MetricBatch batch) {
    MetricWriter writer = new MetricWriter(batch);
    return writer.envelope.write(
        batch.metrics().size(), batch.metrics()::resource, batch.metrics()::scope, writer::metric);
  }

  /** The points in the order of their metrics; {@link #firstPoint} says where each begins. */
  private int[] groupByMetric() {
    for (int point = 0; point < batch.points(); point++) {
      firstPoint[batch.metric(point) + 1]++;
    }
    for (int metric = 0; metric < metrics.size(); metric++) {
      firstPoint[metric + 1] += firstPoint[metric];
    }
    int[] next = firstPoint.clone();
    int[] grouped = new int[batch.points()];
    for (int point = 0; point < batch.points(); point++) {
      grouped[next[batch.metric(point)]++] = point;
    }
    return grouped;
  }

  private void metric(int metric) {
    if (firstPoint[metric] == firstPoint[metric + 1]) {
      return;
    }
    int start = out.begin(2);
    envelope.text(1, metrics.name(metric));
    envelope.text(2, metrics.description(metric));
    envelope.text(3, metrics.unit(metric));
    MetricTable.Kind kind = metrics.kind(metric);
    int data = out.begin(kind.field());
    for (int i = firstPoint[metric]; i < firstPoint[metric + 1]; i++) {
      int pointStart = out.begin(1);
      switch (kind) {
        case GAUGE, SUM -> number(pointsByMetric[i]);
        case HISTOGRAM -> histogram(pointsByMetric[i]);
        case EXPONENTIAL_HISTOGRAM -> exponentialHistogram(pointsByMetric[i]);
        case SUMMARY -> summary(pointsByMetric[i]);
      }
      out.end(pointStart);
    }
    out.uint(2, metrics.temporality(metric));
    out.uint(3, metrics.isMonotonic(metric) ? 1 : 0);
    out.end(data);
    envelope.attributes(12, metrics.metadata(), metric);
    out.end(start);
  }

  private void times(int point) {
    out.fixed64(2, batch.startNanos(point));
    out.fixed64(3, batch.timeNanos(point));
  }

  private void number(int point) {
    times(point);
    value(4, 6, batch.valueKind(point), batch.value(point));
    exemplars(5, point);
    envelope.attributes(7, batch.attributes(), point);
    out.uint(8, batch.flags(point) & 0xffffffffL);
  }

  private void value(int doubleField, int intField, byte kind, long value) {
    if (kind == MetricBatch.DOUBLE_VALUE) {
      out.fixed64Always(doubleField, value);
    } else if (kind == MetricBatch.INT_VALUE) {
      out.fixed64Always(intField, value);
    }
  }

  private void histogram(int point) {
    int row = (int) batch.value(point);
    times(point);
    out.fixed64(4, distributions.count(row));
    optional(row, Distributions.HAS_SUM, 5, distributions.sum(row));
    packed(6, distributions.counts(), distributions.countsStart(row), distributions.countsEnd(row));
    packed(7, distributions.bounds(), distributions.boundsStart(row), distributions.boundsEnd(row));
    exemplars(8, point);
    envelope.attributes(9, batch.attributes(), point);
    out.uint(10, batch.flags(point) & 0xffffffffL);
    optional(row, Distributions.HAS_MIN, 11, distributions.min(row));
    optional(row, Distributions.HAS_MAX, 12, distributions.max(row));
  }

  private void exponentialHistogram(int point) {
    int row = (int) batch.value(point);
    envelope.attributes(1, batch.attributes(), point);
    times(point);
    out.fixed64(4, distributions.count(row));
    optional(row, Distributions.HAS_SUM, 5, distributions.sum(row));
    out.sint32(6, distributions.scale(row));
    out.fixed64(7, distributions.zeroCount(row));
    buckets(
        8,
        distributions.positiveOffset(row),
        distributions.countsStart(row),
        distributions.positiveEnd(row));
    buckets(
        9,
        distributions.negativeOffset(row),
        distributions.positiveEnd(row),
        distributions.countsEnd(row));
    out.uint(10, batch.flags(point) & 0xffffffffL);
    exemplars(11, point);
    optional(row, Distributions.HAS_MIN, 12, distributions.min(row));
    optional(row, Distributions.HAS_MAX, 13, distributions.max(row));
    out.fixed64(14, Double.doubleToRawLongBits(distributions.zeroThreshold(row)));
  }

  private void buckets(int field, int offset, int from, int to) {
    if (from == to && offset == 0) {
      return;
    }
    int start = out.begin(field);
    out.sint32(1, offset);
    if (from < to) {
      int list = out.begin(2);
      for (int i = from; i < to; i++) {
        out.varint(distributions.counts().get(i));
      }
      out.end(list);
    }
    out.end(start);
  }

  private void summary(int point) {
    int row = (int) batch.value(point);
    times(point);
    out.fixed64(4, distributions.count(row));
    out.fixed64(5, Double.doubleToRawLongBits(distributions.sum(row)));
    for (int i = distributions.boundsStart(row); i < distributions.boundsEnd(row); i += 2) {
      int start = out.begin(6);
      out.fixed64(1, distributions.bounds().get(i));
      out.fixed64(2, distributions.bounds().get(i + 1));
      out.end(start);
    }
    envelope.attributes(7, batch.attributes(), point);
    out.uint(8, batch.flags(point) & 0xffffffffL);
  }

  private void optional(int row, int what, int field, double value) {
    if (distributions.has(row, what)) {
      out.float64Always(field, value);
    }
  }

  private void packed(int field, LongColumn values, int from, int to) {
    if (from < to) {
      out.tag(field, ProtoReader.BYTES);
      out.varint(8L * (to - from));
      for (int i = from; i < to; i++) {
        out.rawFixed64(values.get(i));
      }
    }
  }

  private void exemplars(int field, int point) {
    MetricExemplars exemplars = batch.exemplars();
    for (int i = batch.exemplarStart(point); i < batch.exemplarEnd(point); i++) {
      int start = out.begin(field);
      out.fixed64(2, exemplars.timeNanos(i));
      value(3, 6, exemplars.valueKind(i), exemplars.value(i));
      envelope.spanId(4, exemplars.spanId(i));
      envelope.traceId(5, exemplars.traceIdHigh(i), exemplars.traceIdLow(i));
      envelope.attributes(7, exemplars.attributes(), i);
      out.end(start);
    }
  }
}
