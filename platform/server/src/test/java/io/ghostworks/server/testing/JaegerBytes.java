package io.ghostworks.server.testing;

import io.ghostworks.wire.proto.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One span as Jaeger's clients encode it: service {@code marker-service}, operation {@code
 * marker-span}, id 11, one millisecond long.
 */
public record JaegerBytes(String marker, long traceId, long nowMicros) {

  /** A {@code PostSpansRequest} behind the head of a message of gRPC. */
  public byte[] grpcMessage() {
    byte[] request = postSpans();
    return ByteBuffer.allocate(5 + request.length)
        .put((byte) 0)
        .putInt(request.length)
        .put(request)
        .array();
  }

  private byte[] postSpans() {
    ProtoWriter out = new ProtoWriter(256);
    int batch = out.begin(1);
    int span = out.begin(1);
    out.bytes(1, ByteBuffer.allocate(16).putLong(0).putLong(traceId).array(), 0, 16);
    out.bytes(2, ByteBuffer.allocate(8).putLong(11).array(), 0, 8);
    out.text(3, marker + "-span");
    int start = out.begin(6);
    out.uint(1, nowMicros / 1_000_000);
    out.uint(2, nowMicros % 1_000_000 * 1_000);
    out.end(start);
    int duration = out.begin(7);
    out.uint(2, 1_000_000);
    out.end(duration);
    out.end(span);
    int process = out.begin(2);
    out.text(1, marker + "-service");
    out.end(process);
    out.end(batch);
    return out.toByteArray();
  }

  /** A {@code Batch} in Thrift's binary protocol. */
  public byte[] thriftBatch() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, 12, 1);
    field(out, 11, 1);
    text(out, marker + "-service");
    out.write(0);
    field(out, 15, 2);
    out.write(12);
    fixed(out, 1, 4);
    field(out, 10, 1);
    fixed(out, traceId, 8);
    field(out, 10, 3);
    fixed(out, 11, 8);
    field(out, 11, 5);
    text(out, marker + "-span");
    field(out, 10, 8);
    fixed(out, nowMicros, 8);
    field(out, 10, 9);
    fixed(out, 1_000, 8);
    out.write(0);
    out.write(0);
    return out.toByteArray();
  }

  /** An {@code emitBatch} in Thrift's binary protocol. */
  public byte[] binaryMessage() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fixed(out, 0x80010004, 4);
    text(out, "emitBatch");
    fixed(out, 1, 4);
    field(out, 12, 1);
    out.writeBytes(thriftBatch());
    out.write(0);
    return out.toByteArray();
  }

  /** An {@code emitBatch} in Thrift's compact protocol. */
  public byte[] compactMessage() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x82);
    out.write(0x81);
    out.write(1);
    compactText(out, "emitBatch");
    out.write(0x1c); // The batch,
    out.write(0x1c); // its process,
    out.write(0x18);
    compactText(out, marker + "-service");
    out.write(0);
    out.write(0x19); // its spans.
    out.write(0x1c);
    out.write(0x16);
    zigzag(out, traceId);
    out.write(0x26);
    zigzag(out, 11);
    out.write(0x28);
    compactText(out, marker + "-span");
    out.write(0x36);
    zigzag(out, nowMicros);
    out.write(0x16);
    zigzag(out, 1_000);
    out.write(0);
    out.write(0);
    out.write(0);
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int type, int id) {
    out.write(type);
    fixed(out, id, 2);
  }

  private static void fixed(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    fixed(out, utf8.length, 4);
    out.writeBytes(utf8);
  }

  private static void compactText(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(out, utf8.length);
    out.writeBytes(utf8);
  }

  private static void zigzag(ByteArrayOutputStream out, long value) {
    varint(out, value << 1 ^ value >> 63);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
