package io.ghostworks.bench.kernel;

import io.ghostworks.wire.jaeger.JaegerDecoder;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.proto.ProtoWriter;
import io.ghostworks.wire.zipkin.ZipkinDecoder;
import io.ghostworks.wire.zipkin.ZipkinVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Spans of Jaeger and Zipkin, with twelve tags each, into batches, nanoseconds a span. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpanDecode {

  private static final int SPANS = 500;
  private static final int TAGS = 12;
  private static final int THRIFT_BYTES = 1 << 20;
  private static final long MICROS = 1_700_000_000_000_000L;

  private final JaegerDecoder jaeger = new JaegerDecoder(OtlpLimits.DEFAULT);
  private final ZipkinDecoder zipkin = new ZipkinDecoder(OtlpLimits.DEFAULT, false);
  private final byte[] protobuf = protobuf();
  private final byte[] thrift = thrift();
  private final byte[] json = json();

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Object jaegerProtobuf() {
    return jaeger.postSpans(protobuf, 0, protobuf.length);
  }

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Object jaegerThrift() {
    return jaeger.thriftBatch(thrift, 0, thrift.length);
  }

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Object zipkinJson() {
    return zipkin.json(ZipkinVersion.V2, json, 0, json.length, MICROS * 1_000);
  }

  private static byte[] protobuf() {
    ProtoWriter out = new ProtoWriter(THRIFT_BYTES);
    int batch = out.begin(1);
    for (int i = 0; i < SPANS; i++) {
      int span = out.begin(1);
      out.bytes(1, ByteBuffer.allocate(16).putLong(7).putLong(i / 20 + 1).array(), 0, 16);
      out.bytes(2, ByteBuffer.allocate(8).putLong(i + 1).array(), 0, 8);
      out.text(3, "operation-" + i % 10);
      int start = out.begin(6);
      out.uint(1, MICROS / 1_000_000 + i);
      out.end(start);
      for (int t = 0; t < TAGS; t++) {
        int tag = out.begin(8);
        out.text(1, "attribute.key." + t);
        out.text(3, "value-" + (i + t) % 50);
        out.end(tag);
      }
      out.end(span);
    }
    int process = out.begin(2);
    out.text(1, "shop");
    out.end(process);
    out.end(batch);
    return out.toByteArray();
  }

  /** In the binary protocol: type, field number, value; 0 ends a struct. */
  private static byte[] thrift() {
    ByteBuffer out = ByteBuffer.allocate(THRIFT_BYTES);
    head(out, 12, 1);
    text(out, 1, "shop");
    out.put((byte) 0);
    head(out, 15, 2);
    out.put((byte) 12).putInt(SPANS);
    for (int i = 0; i < SPANS; i++) {
      number(out, 1, i / 20 + 1);
      number(out, 2, 7);
      number(out, 3, i + 1);
      text(out, 5, "operation-" + i % 10);
      number(out, 8, MICROS + i);
      head(out, 15, 10);
      out.put((byte) 12).putInt(TAGS);
      for (int t = 0; t < TAGS; t++) {
        text(out, 1, "attribute.key." + t);
        text(out, 3, "value-" + (i + t) % 50);
        out.put((byte) 0);
      }
      out.put((byte) 0);
    }
    out.put((byte) 0);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void head(ByteBuffer out, int type, int field) {
    out.put((byte) type).putShort((short) field);
  }

  private static void number(ByteBuffer out, int field, long value) {
    head(out, 10, field);
    out.putLong(value);
  }

  private static void text(ByteBuffer out, int field, String text) {
    head(out, 11, field);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.putInt(utf8.length).put(utf8);
  }

  private static byte[] json() {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < SPANS; i++) {
      out.append(i == 0 ? "" : ",")
          .append(
              "{\"traceId\":\"%016x\",\"id\":\"%016x\",\"kind\":\"SERVER\""
                  .formatted(i / 20 + 1, i + 1))
          .append(
              ",\"name\":\"operation-%d\",\"timestamp\":%d,\"duration\":9"
                  .formatted(i % 10, MICROS + i))
          .append(",\"localEndpoint\":{\"serviceName\":\"shop\"},\"tags\":{");
      for (int t = 0; t < TAGS; t++) {
        out.append(t == 0 ? "" : ",")
            .append("\"attribute.key.%d\":\"value-%d\"".formatted(t, (i + t) % 50));
      }
      out.append("}}");
    }
    return out.append("]").toString().getBytes(StandardCharsets.UTF_8);
  }
}
