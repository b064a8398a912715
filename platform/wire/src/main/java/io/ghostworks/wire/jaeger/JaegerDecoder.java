package io.ghostworks.wire.jaeger;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.thrift.BinaryThriftReader;
import io.ghostworks.wire.thrift.CompactThriftReader;

/**
 * Reads what Jaeger's clients, agents and the Collector's old exporter send. Spans that cannot be
 * stored are counted by reason; bytes that are no batch at all make a {@link
 * io.ghostworks.wire.WireFormatException}. Immutable and thread-safe.
 *
 * <p>Source: jaeger-idl; what tags mean is decided as by opentelemetry-collector-contrib
 * pkg/translator/jaeger.
 */
public final class JaegerDecoder {
  private final OtlpLimits limits;

  public JaegerDecoder(OtlpLimits limits) {
    this.limits = limits;
  }

  /** Reads a {@code PostSpansRequest} of gRPC. */
  public Decoded<SpanBatch> postSpans(byte[] body, int offset, int length) {
    return new ProtobufSpans(body, offset, length, limits).read();
  }

  /** Reads a {@code Batch} in Thrift's binary protocol, as it comes over HTTP. */
  public Decoded<SpanBatch> thriftBatch(byte[] body, int offset, int length) {
    return new ThriftSpans(new BinaryThriftReader(body, offset, length), limits).readBatch();
  }

  /** Reads an {@code emitBatch} in Thrift's compact protocol, as the agent gets it. */
  public Decoded<SpanBatch> compactMessage(byte[] packet, int offset, int length) {
    return new ThriftSpans(new CompactThriftReader(packet, offset, length), limits).readMessage();
  }

  /** Reads an {@code emitBatch} in Thrift's binary protocol, as the agent gets it. */
  public Decoded<SpanBatch> binaryMessage(byte[] packet, int offset, int length) {
    return new ThriftSpans(new BinaryThriftReader(packet, offset, length), limits).readMessage();
  }
}
