package io.ghostworks.server.otlp;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.self.RejectedRows;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Decodes export requests, offers them, and writes the response: the part that both transports
 * share.
 */
public final class OtlpIngest {

  private final OtlpDecoder decoder = new OtlpDecoder(OtlpLimits.DEFAULT);
  private final TelemetrySink<SpanBatch> traces;
  private final TelemetrySink<MetricBatch> metrics;
  private final TelemetrySink<LogBatch> logs;
  private final RejectedRows rejectedSpans;
  private final RejectedRows rejectedPoints;
  private final RejectedRows rejectedLogs;

  /**
   * @param measured counts the rows that cannot be decoded
   */
  public OtlpIngest(
      TelemetrySink<SpanBatch> traces,
      TelemetrySink<MetricBatch> metrics,
      TelemetrySink<LogBatch> logs,
      PlatformMetrics measured) {
    this.traces = traces;
    this.metrics = metrics;
    this.logs = logs;
    this.rejectedSpans = new RejectedRows(measured, "traces");
    this.rejectedPoints = new RejectedRows(measured, "metrics");
    this.rejectedLogs = new RejectedRows(measured, "logs");
  }

  /**
   * The body of the response to an export request; the future fails as the sinks' futures do.
   *
   * @param body decompressed; owned by the call
   * @throws io.ghostworks.wire.WireFormatException if the body is no request
   */
  CompletableFuture<byte[]> export(
      OtlpResponses.Signal signal,
      OtlpEncoding encoding,
      TenantId tenant,
      byte[] body,
      int offset,
      int length) {
    return switch (signal) {
      case TRACES ->
          offer(
              signal,
              encoding,
              tenant,
              decoder.traces(encoding, body, offset, length),
              traces,
              rejectedSpans);
      case METRICS ->
          offer(
              signal,
              encoding,
              tenant,
              decoder.metrics(encoding, body, offset, length),
              metrics,
              rejectedPoints);
      case LOGS ->
          offer(
              signal,
              encoding,
              tenant,
              decoder.logs(encoding, body, offset, length),
              logs,
              rejectedLogs);
    };
  }

  private static <B> CompletableFuture<byte[]> offer(
      OtlpResponses.Signal signal,
      OtlpEncoding encoding,
      TenantId tenant,
      Decoded<B> decoded,
      TelemetrySink<B> sink,
      RejectedRows rejected) {
    return sink.offer(tenant, decoded.batch())
        .thenApply(acknowledgement -> {
          rejected.count(tenant, decoded.rejections());
          return OtlpResponses.success(encoding, signal, all(decoded, acknowledgement));
        });
  }

  private static List<Rejection> all(Decoded<?> decoded, Acknowledgement acknowledgement) {
    List<Rejection> all = new ArrayList<>(decoded.rejections());
    all.addAll(acknowledgement.rejections());
    return all;
  }
}
