package io.ghostworks.wire.zipkin;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.thrift.BinaryThriftReader;

/**
 * Reads what Zipkin's clients send. Spans that cannot be stored are counted by reason; bytes that
 * are no list of spans at all make a {@link io.ghostworks.wire.WireFormatException}. Immutable and
 * thread-safe.
 */
public final class ZipkinDecoder {
  private final OtlpLimits limits;
  private final boolean parseStringTags;

  /**
   * @param parseStringTags whether texts that look like numbers or booleans become such
   */
  public ZipkinDecoder(OtlpLimits limits, boolean parseStringTags) {
    this.limits = limits;
    this.parseStringTags = parseStringTags;
  }

  /**
   * Reads a list of spans in JSON.
   *
   * @param nowNanos when spans begin that tell no time at all, nanoseconds since the epoch
   */
  public Decoded<SpanBatch> json(
      ZipkinVersion version, byte[] body, int offset, int length, long nowNanos) {
    BatchTables tables = new BatchTables(limits);
    JsonSpans.read(
        body,
        offset,
        length,
        version,
        tables,
        new V1Rows(tables, parseStringTags, nowNanos),
        new V2Rows(tables, parseStringTags, nowNanos));
    return tables.decoded();
  }

  /** Reads a {@code ListOfSpans} of version 2 in protobuf. */
  public Decoded<SpanBatch> protobuf(byte[] body, int offset, int length, long nowNanos) {
    BatchTables tables = new BatchTables(limits);
    new ProtobufSpans(
            new ProtoReader(body, offset, length),
            tables,
            new V2Rows(tables, parseStringTags, nowNanos))
        .read();
    return tables.decoded();
  }

  /** Reads a list of spans of version 1 in Thrift's binary protocol. */
  public Decoded<SpanBatch> thrift(byte[] body, int offset, int length, long nowNanos) {
    BatchTables tables = new BatchTables(limits);
    new ThriftSpans(
            new BinaryThriftReader(body, offset, length),
            tables,
            new V1Rows(tables, parseStringTags, nowNanos))
        .read();
    return tables.decoded();
  }
}
