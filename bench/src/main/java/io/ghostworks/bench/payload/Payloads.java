package io.ghostworks.bench.payload;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Random;

/**
 * Export requests as SDKs send them, made from a seed: twelve attributes a span, eight a log
 * record, three a point.
 */
public final class Payloads {

  private final Random random;
  private final long baseNanos;

  public Payloads(long seed, long baseNanos) {
    this.random = new Random(seed);
    this.baseNanos = baseNanos;
  }

  public byte[] spans(int rows, int request) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    byte[] trace = new byte[16];
    byte[] span = new byte[8];
    for (int i = 0; i < rows; i++) {
      if (i % 10 == 0) {
        random.nextBytes(trace);
      }
      random.nextBytes(span);
      long start = baseNanos + request * 1_000_000L + i * 1_000L;
      Span.Builder builder =
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(trace))
              .setSpanId(ByteString.copyFrom(span))
              .setName("GET /artifacts/{id}")
              .setKind(Span.SpanKind.SPAN_KIND_SERVER)
              .setStartTimeUnixNano(start)
              .setEndTimeUnixNano(start + 1_000_000L + random.nextInt(90_000_000));
      for (int a = 0; a < 8; a++) {
        builder.addAttributes(text("attribute.number." + a, "value-" + random.nextInt(50)));
      }
      builder.addAttributes(text("user.id", "user-" + random.nextInt(10_000)));
      builder.addAttributes(text("tenant.id", "tenant-" + random.nextInt(20)));
      builder.addAttributes(whole("http.response.status_code", 200));
      builder.addAttributes(text("url.path", "/artifacts/" + random.nextInt(100_000)));
      scope.addSpans(builder);
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().setResource(resource(request)).addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  public byte[] logs(int rows, int request) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < rows; i++) {
      LogRecord.Builder builder =
          LogRecord.newBuilder()
              .setTimeUnixNano(baseNanos + request * 1_000_000L + i * 1_000L)
              .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
              .setSeverityText("INFO")
              .setBody(
                  AnyValue.newBuilder()
                      .setStringValue(
                          "request %d of user-%d took %d ms, %d rows read from artifacts"
                              .formatted(
                                  random.nextInt(),
                                  random.nextInt(10_000),
                                  random.nextInt(500),
                                  random.nextInt(100))));
      for (int a = 0; a < 6; a++) {
        builder.addAttributes(text("attribute.number." + a, "value-" + random.nextInt(50)));
      }
      builder.addAttributes(text("user.id", "user-" + random.nextInt(10_000)));
      builder.addAttributes(text("tenant.id", "tenant-" + random.nextInt(20)));
      scope.addLogRecords(builder);
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder().setResource(resource(request)).addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  public byte[] points(int rows, int request) {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < rows; i++) {
      sum.addDataPoints(
          NumberDataPoint.newBuilder()
              .setStartTimeUnixNano(baseNanos)
              .setTimeUnixNano(baseNanos + request * 1_000_000L)
              .setAsInt(request * 17L + random.nextInt(5))
              .addAttributes(text("route", "/route/" + i))
              .addAttributes(text("method", "GET"))
              .addAttributes(whole("status", 200)));
    }
    Metric metric = Metric.newBuilder().setName("bench.requests").setUnit("1").setSum(sum).build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource(request % 20))
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build()
        .toByteArray();
  }

  private static Resource resource(int request) {
    return Resource.newBuilder()
        .addAttributes(text("service.name", "bench-" + request % 20))
        .addAttributes(text("service.namespace", "bench"))
        .addAttributes(text("service.instance.id", "instance-" + request % 20))
        .addAttributes(text("deployment.environment.name", "bench"))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue whole(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
