package io.ghostworks.wire.otlp;

import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.proto.ProtoReader;

/**
 * Reads export requests. Rows that break a rule of OTLP are counted by reason; bytes that are no
 * request at all make a {@link io.ghostworks.wire.WireFormatException}. Immutable and thread-safe.
 *
 * <p>Source: OpenTelemetry Protocol specification 1.x; opentelemetry-proto 1.x.
 */
public final class OtlpDecoder {
  private final OtlpLimits limits;

  public OtlpDecoder(OtlpLimits limits) {
    this.limits = limits;
  }

  /** Reads an {@code ExportTraceServiceRequest}. */
  public Decoded<SpanBatch> traces(OtlpEncoding encoding, byte[] body, int offset, int length) {
    return new TraceReader(reader(encoding, OtlpSchema.TRACES, body, offset, length), limits)
        .read();
  }

  /** Reads an {@code ExportLogsServiceRequest}; the rows have no stream yet. */
  public Decoded<LogBatch> logs(OtlpEncoding encoding, byte[] body, int offset, int length) {
    return new LogReader(reader(encoding, OtlpSchema.LOGS, body, offset, length), limits).read();
  }

  /** Reads an {@code ExportMetricsServiceRequest}. */
  public Decoded<MetricBatch> metrics(OtlpEncoding encoding, byte[] body, int offset, int length) {
    return new MetricReader(reader(encoding, OtlpSchema.METRICS, body, offset, length), limits)
        .read();
  }

  private static ProtoReader reader(
      OtlpEncoding encoding, OtlpSchema.Message message, byte[] body, int offset, int length) {
    return switch (encoding) {
      case PROTOBUF -> new ProtoReader(body, offset, length);
      case JSON -> {
        byte[] protobuf = OtlpJson.toProtobuf(message, body, offset, length);
        yield new ProtoReader(protobuf, 0, protobuf.length);
      }
    };
  }
}
