package io.ghostworks.instrumentation;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of finished spans and log records. Application and audit records have processors of
 * their own, so that a flood of the one does not push out the other.
 */
public record Exporters(
    List<SpanProcessor> spans, List<LogRecordProcessor> logs, List<LogRecordProcessor> audit) {
  private static final Duration DELAY = Duration.ofSeconds(1);

  public Exporters {
    spans = List.copyOf(spans);
    logs = List.copyOf(logs);
    audit = List.copyOf(audit);
  }

  /** Sends over OTLP in batches of at most a second; nothing is sent without an endpoint. */
  static Exporters otlp(@Nullable URI endpoint) {
    if (endpoint == null) {
      return new Exporters(List.of(), List.of(), List.of());
    }
    String base = endpoint.toString().replaceFirst("/+$", "");
    SpanProcessor spans =
        BatchSpanProcessor.builder(
                OtlpHttpSpanExporter.builder()
                    .setEndpoint(base + "/v1/traces")
                    .setCompression("gzip")
                    .build())
            .setScheduleDelay(DELAY)
            .setMaxQueueSize(8192)
            .build();
    return new Exporters(List.of(spans), List.of(logs(base)), List.of(logs(base)));
  }

  private static LogRecordProcessor logs(String base) {
    return BatchLogRecordProcessor.builder(
            OtlpHttpLogRecordExporter.builder()
                .setEndpoint(base + "/v1/logs")
                .setCompression("gzip")
                .build())
        .setScheduleDelay(DELAY)
        .setMaxQueueSize(8192)
        .build();
  }
}
