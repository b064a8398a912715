package io.ghostworks.wire.otlp;

import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.function.IntPredicate;

/**
 * Writes batches as OTLP: the export requests that exporters send, and {@code TracesData} (which is
 * also Tempo's {@code Trace}) for answers. Rows of the same resource and scope are brought
 * together, in the order of their first appearance. Stateless.
 */
public final class OtlpEncoder {
  private OtlpEncoder() {}

  /** {@code TracesData}, or {@code ExportTraceServiceRequest}. */
  public static byte[] traces(OtlpEncoding encoding, SpanBatch batch) {
    ProtoWriter out = TraceWriter.write(batch);
    return encoded(encoding, OtlpSchema.TRACES, out);
  }

  /**
   * {@code TracesData} of rows that follow one another.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public static byte[] traces(OtlpEncoding encoding, SpanBatch batch, int from, int to) {
    ProtoWriter out = TraceWriter.write(batch, row -> row >= from && row < to);
    return encoded(encoding, OtlpSchema.TRACES, out);
  }

  /** {@code TracesData} of some rows. */
  public static ProtoWriter traces(SpanBatch batch, IntPredicate wanted) {
    return TraceWriter.write(batch, wanted);
  }

  /**
   * Tempo's JSON form of spans of a trace: {@code batches}, ids in base64, enums by name.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public static byte[] tempoJson(SpanBatch batch, int from, int to) {
    ProtoWriter out = TraceWriter.write(batch, row -> row >= from && row < to);
    return OtlpJsonText.print(OtlpSchema.TRACES, OtlpJsonText.Style.TEMPO, out.array(), out.size());
  }

  /**
   * {@code TracesData} as protobuf prescribes its JSON, which is that of Tempo's second version.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public static byte[] protobufJson(SpanBatch batch, int from, int to) {
    ProtoWriter out = TraceWriter.write(batch, row -> row >= from && row < to);
    return OtlpJsonText.print(
        OtlpSchema.TRACES, OtlpJsonText.Style.PROTOBUF, out.array(), out.size());
  }

  /** {@code LogsData}, or {@code ExportLogsServiceRequest}. */
  public static byte[] logs(OtlpEncoding encoding, LogBatch batch) {
    ProtoWriter out = LogWriter.write(batch);
    return encoded(encoding, OtlpSchema.LOGS, out);
  }

  /** {@code MetricsData}, or {@code ExportMetricsServiceRequest}. */
  public static byte[] metrics(OtlpEncoding encoding, MetricBatch batch) {
    ProtoWriter out = MetricWriter.write(batch);
    return encoded(encoding, OtlpSchema.METRICS, out);
  }

  private static byte[] encoded(
      OtlpEncoding encoding, OtlpSchema.Message message, ProtoWriter protobuf) {
    return switch (encoding) {
      case PROTOBUF -> protobuf.toByteArray();
      case JSON ->
          OtlpJsonText.print(message, OtlpJsonText.Style.OTLP, protobuf.array(), protobuf.size());
    };
  }
}
