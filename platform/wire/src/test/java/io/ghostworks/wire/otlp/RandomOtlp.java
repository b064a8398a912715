package io.ghostworks.wire.otlp;

import com.google.protobuf.ByteString;
import io.ghostworks.model.record.LogBatch;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.SplittableRandom;

/** Valid requests at random, made with the generated classes; the same seed makes the same ones. */
final class RandomOtlp {
  private final SplittableRandom random;

  RandomOtlp(long seed) {
    random = new SplittableRandom(seed);
  }

  ExportTraceServiceRequest traces() {
    var request = ExportTraceServiceRequest.newBuilder();
    for (int r = 0; r < some(); r++) {
      var resource = ResourceSpans.newBuilder().setResource(resource()).setSchemaUrl(text());
      for (int s = 0; s < 1 + some(); s++) {
        var scope = ScopeSpans.newBuilder().setScope(scope()).setSchemaUrl(text());
        for (int i = 0; i < 1 + some(); i++) {
          scope.addSpans(span());
        }
        resource.addScopeSpans(scope);
      }
      request.addResourceSpans(resource);
    }
    return request.build();
  }

  ExportLogsServiceRequest logs() {
    var request = ExportLogsServiceRequest.newBuilder();
    for (int r = 0; r < some(); r++) {
      var resource = ResourceLogs.newBuilder().setResource(resource()).setSchemaUrl(text());
      for (int s = 0; s < 1 + some(); s++) {
        var scope = ScopeLogs.newBuilder().setScope(scope()).setSchemaUrl(text());
        for (int i = 0; i < 1 + some(); i++) {
          scope.addLogRecords(logRecord());
        }
        resource.addScopeLogs(scope);
      }
      request.addResourceLogs(resource);
    }
    return request.build();
  }

  ExportMetricsServiceRequest metrics() {
    var request = ExportMetricsServiceRequest.newBuilder();
    for (int r = 0; r < some(); r++) {
      var resource = ResourceMetrics.newBuilder().setResource(resource()).setSchemaUrl(text());
      for (int s = 0; s < 1 + some(); s++) {
        var scope = ScopeMetrics.newBuilder().setScope(scope()).setSchemaUrl(text());
        for (int i = 0; i < 1 + some(); i++) {
          scope.addMetrics(metric());
        }
        resource.addScopeMetrics(scope);
      }
      request.addResourceMetrics(resource);
    }
    return request.build();
  }

  private Span span() {
    var span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setTraceState(text())
            .setName(text())
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(random.nextLong())
            .setEndTimeUnixNano(random.nextLong())
            .setDroppedAttributesCount(random.nextInt(-1, 3))
            .setDroppedEventsCount(random.nextInt(3))
            .setDroppedLinksCount(random.nextInt(3))
            .setFlags(random.nextInt());
    if (random.nextBoolean()) {
      span.setParentSpanId(id(8));
    }
    for (int i = 0; i < some(); i++) {
      span.addAttributes(keyValue(0));
    }
    for (int i = 0; i < some(); i++) {
      var event =
          Span.Event.newBuilder()
              .setTimeUnixNano(random.nextLong())
              .setName(text())
              .setDroppedAttributesCount(random.nextInt(3));
      for (int k = 0; k < some(); k++) {
        event.addAttributes(keyValue(0));
      }
      span.addEvents(event);
    }
    for (int i = 0; i < some(); i++) {
      var link =
          Span.Link.newBuilder()
              .setTraceId(id(16))
              .setSpanId(id(8))
              .setTraceState(text())
              .setFlags(random.nextInt())
              .setDroppedAttributesCount(random.nextInt(3));
      for (int k = 0; k < some(); k++) {
        link.addAttributes(keyValue(0));
      }
      span.addLinks(link);
    }
    if (random.nextBoolean()) {
      span.setStatus(Status.newBuilder().setCodeValue(1 + random.nextInt(2)).setMessage(text()));
    }
    return span.build();
  }

  private LogRecord logRecord() {
    var log =
        LogRecord.newBuilder()
            .setTimeUnixNano(random.nextLong())
            .setObservedTimeUnixNano(random.nextLong())
            .setSeverityNumber(SeverityNumber.forNumber(random.nextInt(25)))
            .setSeverityText(text())
            .setEventName(text())
            .setDroppedAttributesCount(random.nextInt(3))
            .setFlags(random.nextInt() & ~LogBatch.OWN_FLAGS);
    if (random.nextBoolean()) {
      log.setTraceId(id(16)).setSpanId(id(8));
    }
    AnyValue body = anyValue(0);
    if (body.getValueCase() != AnyValue.ValueCase.VALUE_NOT_SET) {
      log.setBody(body);
    }
    for (int i = 0; i < some(); i++) {
      log.addAttributes(keyValue(0));
    }
    return log.build();
  }

  private Metric metric() {
    var metric = Metric.newBuilder().setName(text()).setDescription(text()).setUnit(text());
    for (int i = 0; i < some(); i++) {
      metric.addMetadata(keyValue(0));
    }
    AggregationTemporality temporality = AggregationTemporality.forNumber(random.nextInt(3));
    int points = 1 + some();
    switch (random.nextInt(5)) {
      case 0 -> {
        var gauge = Gauge.newBuilder();
        for (int i = 0; i < points; i++) {
          gauge.addDataPoints(number());
        }
        metric.setGauge(gauge);
      }
      case 1 -> {
        var sum =
            Sum.newBuilder()
                .setAggregationTemporality(temporality)
                .setIsMonotonic(random.nextBoolean());
        for (int i = 0; i < points; i++) {
          sum.addDataPoints(number());
        }
        metric.setSum(sum);
      }
      case 2 -> {
        var histogram = Histogram.newBuilder().setAggregationTemporality(temporality);
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(histogramPoint());
        }
        metric.setHistogram(histogram);
      }
      case 3 -> {
        var histogram = ExponentialHistogram.newBuilder().setAggregationTemporality(temporality);
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(exponentialPoint());
        }
        metric.setExponentialHistogram(histogram);
      }
      default -> {
        var summary = Summary.newBuilder();
        for (int i = 0; i < points; i++) {
          summary.addDataPoints(summaryPoint());
        }
        metric.setSummary(summary);
      }
    }
    return metric.build();
  }

  private NumberDataPoint number() {
    var point =
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setFlags(random.nextInt(2));
    switch (random.nextInt(3)) {
      case 0 -> point.setAsInt(random.nextInt(3) == 0 ? 0 : random.nextLong());
      case 1 -> point.setAsDouble(number64());
      default -> {}
    }
    for (int i = 0; i < some(); i++) {
      point.addAttributes(keyValue(0));
      point.addExemplars(exemplar());
    }
    return point.build();
  }

  private HistogramDataPoint histogramPoint() {
    var point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setCount(random.nextLong())
            .setFlags(random.nextInt(2));
    for (int i = 0; i < random.nextInt(20); i++) {
      point.addBucketCounts(random.nextLong());
      point.addExplicitBounds(number64());
    }
    if (random.nextBoolean()) {
      point.setSum(number64()).setMin(0).setMax(number64());
    }
    for (int i = 0; i < some(); i++) {
      point.addAttributes(keyValue(0));
      point.addExemplars(exemplar());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint exponentialPoint() {
    var point =
        ExponentialHistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setCount(random.nextLong())
            .setScale(random.nextInt(-10, 20))
            .setZeroCount(random.nextLong())
            .setZeroThreshold(number64())
            .setFlags(random.nextInt(2));
    if (random.nextBoolean()) {
      point.setPositive(buckets()).setNegative(buckets());
    }
    if (random.nextBoolean()) {
      point.setSum(number64()).setMin(number64()).setMax(0);
    }
    for (int i = 0; i < some(); i++) {
      point.addAttributes(keyValue(0));
      point.addExemplars(exemplar());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint.Buckets buckets() {
    var buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder()
            .setOffset(random.nextInt(-100, 100) * 2 + 1);
    for (int i = 0; i < random.nextInt(40); i++) {
      buckets.addBucketCounts(random.nextLong() >>> random.nextInt(64));
    }
    return buckets.build();
  }

  private SummaryDataPoint summaryPoint() {
    var point =
        SummaryDataPoint.newBuilder()
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setCount(random.nextLong())
            .setSum(number64())
            .setFlags(random.nextInt(2));
    for (int i = 0; i < some(); i++) {
      point.addQuantileValues(
          SummaryDataPoint.ValueAtQuantile.newBuilder()
              .setQuantile(random.nextDouble())
              .setValue(number64()));
      point.addAttributes(keyValue(0));
    }
    return point.build();
  }

  private Exemplar exemplar() {
    var exemplar = Exemplar.newBuilder().setTimeUnixNano(random.nextLong());
    if (random.nextBoolean()) {
      exemplar.setAsDouble(number64()).setTraceId(id(16)).setSpanId(id(8));
    } else {
      exemplar.setAsInt(random.nextLong());
    }
    for (int i = 0; i < some(); i++) {
      exemplar.addFilteredAttributes(keyValue(0));
    }
    return exemplar.build();
  }

  private Resource resource() {
    var resource = Resource.newBuilder().setDroppedAttributesCount(random.nextInt(3));
    for (int i = 0; i < some(); i++) {
      resource.addAttributes(keyValue(0));
    }
    return resource.build();
  }

  private InstrumentationScope scope() {
    var scope =
        InstrumentationScope.newBuilder()
            .setName(text())
            .setVersion(text())
            .setDroppedAttributesCount(random.nextInt(3));
    for (int i = 0; i < some(); i++) {
      scope.addAttributes(keyValue(0));
    }
    return scope.build();
  }

  private KeyValue keyValue(int depth) {
    return KeyValue.newBuilder().setKey(text()).setValue(anyValue(depth)).build();
  }

  private AnyValue anyValue(int depth) {
    var value = AnyValue.newBuilder();
    return switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> value.build();
      case 1 -> value.setStringValue(text()).build();
      case 2 -> value.setBoolValue(random.nextBoolean()).build();
      case 3 -> value.setIntValue(random.nextInt(4) == 0 ? 0 : random.nextLong()).build();
      case 4 -> value.setDoubleValue(number64()).build();
      case 5 -> value.setBytesValue(id(random.nextInt(20))).build();
      case 6 -> {
        var list = ArrayValue.newBuilder();
        for (int i = 0; i < some(); i++) {
          list.addValues(anyValue(depth + 1));
        }
        yield value.setArrayValue(list).build();
      }
      default -> {
        var map = KeyValueList.newBuilder();
        for (int i = 0; i < some(); i++) {
          map.addValues(keyValue(depth + 1));
        }
        yield value.setKvlistValue(map).build();
      }
    };
  }

  private double number64() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> Double.NaN;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> random.nextInt(1000);
      default -> random.nextDouble() * 1e9;
    };
  }

  private ByteString id(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    int length = random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(12);
    for (int i = 0; i < length; i++) {
      out.appendCodePoint(
          switch (random.nextInt(20)) {
            case 0 -> 0x1f600 + random.nextInt(50);
            case 1 -> 0xe9;
            case 2 -> 0x20ac;
            case 3 -> random.nextInt(0x20);
            default -> 'a' + random.nextInt(26);
          });
    }
    return out.toString();
  }

  private int some() {
    return random.nextInt(3);
  }
}
