package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.GrpcCalls;
import io.ghostworks.server.testing.JaegerBytes;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of a tenant hold, and are told, whatever way spans come in. */
class SpanLimitsTest {

  private static final String REASON = "too_many_spans";
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() throws IOException {
    Path config = data.resolve("ghostworks.yml");
    Files.writeString(
        config,
        """
        limits:
          max_spans_per_trace: 2
          tenants:
            roomy:
              max_spans_per_trace: 3
        """);
    platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                data.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client client(ListenerName name) {
    return new Client(platform.address(name));
  }

  private static long nowMicros() {
    return System.currentTimeMillis() * 1_000;
  }

  private static JaegerBytes span(long trace, int number) {
    return new JaegerBytes("limited", trace, nowMicros() + number);
  }

  private static int spans(long trace, String... headers) {
    Client.Reply reply =
        client(ListenerName.TEMPO).get("/api/traces/" + Long.toHexString(trace), headers);
    return reply.status() == 404 ? 0 : reply.text().split("\"spanId\"", -1).length - 1;
  }

  private static byte[] otlp(long trace, int number) {
    ProtoWriter out = new ProtoWriter(128);
    int resource = out.begin(1);
    int scope = out.begin(2);
    int span = out.begin(2);
    out.bytes(1, ByteBuffer.allocate(16).putLong(0).putLong(trace).array(), 0, 16);
    out.bytes(2, ByteBuffer.allocate(8).putLong(number).array(), 0, 8);
    out.text(5, "otlp");
    out.fixed64(7, nowMicros() * 1_000);
    out.fixed64(8, nowMicros() * 1_000);
    out.end(span);
    out.end(scope);
    out.end(resource);
    return out.toByteArray();
  }

  @Test
  void ofOtlpOverHttp() {
    for (int i = 1; i <= 3; i++) {
      Client.Reply reply =
          client(ListenerName.OTLP_HTTP)
              .post("/v1/traces", "application/x-protobuf", otlp(0x101, i));
      assertThat(reply.text().contains(REASON)).as(i + ": " + reply.text()).isEqualTo(i == 3);
    }
    assertThat(spans(0x101)).isEqualTo(2);
  }

  @Test
  void ofOtlpOverGrpcByTenant() {
    GrpcCalls calls = new GrpcCalls(platform.address(ListenerName.OTLP_GRPC));
    String path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    for (int i = 1; i <= 4; i++) {
      GrpcCalls.Reply small = calls.call(path, otlp(0x102, i));
      GrpcCalls.Reply roomy = calls.call(path, otlp(0x102, i), "x-scope-orgid", "roomy");
      assertThat(refused(small)).as("%d: %s", i, small).isEqualTo(i > 2);
      assertThat(refused(roomy)).as("%d: %s", i, roomy).isEqualTo(i > 3);
    }
    assertThat(spans(0x102)).isEqualTo(2);
    assertThat(spans(0x102, "X-Scope-OrgID", "roomy")).isEqualTo(3);
  }

  /** In the status, or in the partial success. */
  private static boolean refused(GrpcCalls.Reply reply) {
    return reply.message().contains(REASON)
        || reply.messages().stream()
            .anyMatch(message -> new String(message, StandardCharsets.UTF_8).contains(REASON));
  }

  @Test
  void ofJaegersGrpcByTenant() {
    GrpcCalls calls = new GrpcCalls(platform.address(ListenerName.JAEGER_GRPC));
    String path = "/jaeger.api_v2.CollectorService/PostSpans";
    for (int i = 1; i <= 4; i++) {
      byte[] framed = span(0x103, i).grpcMessage();
      byte[] message = Arrays.copyOfRange(framed, 5, framed.length);
      GrpcCalls.Reply small = calls.call(path, message);
      GrpcCalls.Reply roomy = calls.call(path, message, "x-scope-orgid", "roomy");
      assertThat(refused(small)).as("%d: %s", i, small).isEqualTo(i > 2);
      assertThat(refused(roomy)).as("%d: %s", i, roomy).isEqualTo(i > 3);
    }
    assertThat(spans(0x103)).isEqualTo(2);
    assertThat(spans(0x103, "X-Scope-OrgID", "roomy")).isEqualTo(3);
  }

  @Test
  void ofJaegersThriftOverHttp() {
    for (int i = 1; i <= 3; i++) {
      Client.Reply reply =
          client(ListenerName.JAEGER_THRIFT_HTTP)
              .post(
                  "/api/traces?format=jaeger.thrift",
                  "application/x-thrift",
                  span(0x104, i).thriftBatch());
      assertThat(reply.text().contains(REASON)).as(i + ": " + reply.text()).isEqualTo(i == 3);
    }
    assertThat(spans(0x104)).isEqualTo(2);
  }

  @Test
  void ofJaegersDatagramsWhichAreOfTheDefaultTenant() throws IOException {
    long before = rejected();
    for (int i = 1; i <= 3; i++) {
      send(ListenerName.JAEGER_THRIFT_COMPACT, span(0x105, i).compactMessage());
      send(ListenerName.JAEGER_THRIFT_BINARY, span(0x106, i).binaryMessage());
    }
    // nobody is answered: what is refused is counted before what is taken can be read
    await(() -> rejected() == before + 2 && spans(0x105) == 2 && spans(0x106) == 2);
    assertThat(spans(0x105, "X-Scope-OrgID", "roomy")).isZero();
  }

  private static void send(ListenerName name, byte[] packet) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(packet, packet.length, platform.address(name)));
    }
  }

  /** Of spans of too large traces of the default tenant, however they came. */
  private static long rejected() {
    return client(ListenerName.PROMETHEUS)
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("ghostworks_rejected_rows_total") && line.contains(REASON))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void ofZipkin() {
    for (int i = 1; i <= 3; i++) {
      String body =
          "[{\"traceId\":\"107\",\"id\":\"%x\",\"name\":\"z\",\"timestamp\":%d,\"duration\":5}]"
              .formatted(i, nowMicros());
      Client.Reply reply =
          client(ListenerName.ZIPKIN)
              .post("/api/v2/spans", "application/json", body.getBytes(StandardCharsets.UTF_8));
      assertThat(reply.text().contains(REASON)).as(i + ": " + reply.text()).isEqualTo(i == 3);
    }
    assertThat(spans(0x107)).isEqualTo(2);
  }
}
