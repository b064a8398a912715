package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.JaegerBytes;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans by every way of Jaeger and Zipkin into a running platform. */
class SpanReceiversTest {

  private static final String JSON = "application/json";
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
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

  /** The trace with an id as Tempo gives it; "" if there is none. */
  private static String trace(long id, String... headers) {
    Client.Reply reply =
        client(ListenerName.TEMPO).get("/api/traces/" + Long.toHexString(id), headers);
    return reply.status() == 200 ? reply.text() : "";
  }

  private static AggregatedHttpResponse grpc(String method, byte[] message) {
    InetSocketAddress address = platform.address(ListenerName.JAEGER_GRPC);
    return WebClient.of("h2c://127.0.0.1:" + address.getPort())
        .execute(
            RequestHeaders.of(
                HttpMethod.POST, "/jaeger.api_v2." + method, "content-type", "application/grpc"),
            HttpData.wrap(message))
        .aggregate()
        .join();
  }

  @Test
  void takesJaegersGrpc() {
    AggregatedHttpResponse response =
        grpc(
            "CollectorService/PostSpans",
            new JaegerBytes("grpc", 0x9001, nowMicros()).grpcMessage());
    assertThat(response.trailers().get("grpc-status")).isEqualTo("0");
    assertThat(response.content().array()).containsExactly(0, 0, 0, 0, 0);
    assertThat(trace(0x9001)).contains("grpc-service").contains("grpc-span");
  }

  @Test
  void refusesOverGrpcWhatIsNoSpan() {
    AggregatedHttpResponse response =
        grpc("CollectorService/PostSpans", new JaegerBytes("none", 0, nowMicros()).grpcMessage());
    assertThat(response.headers().get("grpc-status")).isEqualTo("3");
    assertThat(response.headers().get("grpc-message")).contains("invalid_row");
    AggregatedHttpResponse old =
        grpc("CollectorService/PostSpans", new JaegerBytes("old", 0x9002, 1_000_000).grpcMessage());
    assertThat(old.headers().get("grpc-message")).contains("too_old");
  }

  @Test
  void takesJaegersThriftOverHttp() {
    byte[] batch = new JaegerBytes("http", 0x9003, nowMicros()).thriftBatch();
    Client.Reply reply =
        client(ListenerName.JAEGER_THRIFT_HTTP)
            .post("/api/traces?format=jaeger.thrift", "application/x-thrift", batch);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(trace(0x9003)).contains("http-service").contains("http-span");
    assertThat(
            client(ListenerName.WEB)
                .post(
                    "/jaeger/api/traces",
                    "application/vnd.apache.thrift.binary",
                    batch,
                    "X-Scope-OrgID",
                    "team-j")
                .status())
        .isEqualTo(202);
    assertThat(trace(0x9003, "X-Scope-OrgID", "team-j")).contains("http-span");
    assertThat(trace(0x9003, "X-Scope-OrgID", "team-k")).isEmpty();
    Client.Reply wrong =
        client(ListenerName.JAEGER_THRIFT_HTTP).post("/api/traces", "text/plain", batch);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("text/plain");
  }

  @Test
  void takesTheDatagramsOfJaegersClients() throws IOException {
    send(
        ListenerName.JAEGER_THRIFT_COMPACT,
        new JaegerBytes("compact", 0x9004, nowMicros()).compactMessage());
    send(
        ListenerName.JAEGER_THRIFT_BINARY,
        new JaegerBytes("binary", 0x9005, nowMicros()).binaryMessage());
    send(ListenerName.JAEGER_THRIFT_BINARY, new byte[] {1, 2, 3});
    await(() -> trace(0x9004).contains("compact-span"));
    await(() -> trace(0x9005).contains("binary-span"));
    assertThat(
            platform.address(ListenerName.JAEGER_THRIFT_COMPACT).getAddress().isLoopbackAddress())
        .isTrue();
    await(() ->
        client(ListenerName.PROMETHEUS)
            .get("/metrics")
            .text()
            .contains(
                "ghostworks_jaeger_agent_dropped_packets_total{protocol=\"binary\",reason=\"malformed\"}"
                    + " 1"));
  }

  private static void send(ListenerName name, byte[] packet) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(packet, packet.length, platform.address(name)));
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void tellsJaegersClientsToSampleEverything() {
    Client.Reply reply = client(ListenerName.JAEGER_SAMPLING).get("/sampling?service=shop");
    assertThat(reply.text())
        .isEqualTo(
            "{\"strategyType\":\"PROBABILISTIC\",\"probabilisticSampling\":{\"samplingRate\":1}}");
    assertThat(client(ListenerName.JAEGER_SAMPLING).get("/sampling").status()).isEqualTo(400);
    AggregatedHttpResponse response = grpc("SamplingManager/GetSamplingStrategy", new byte[5]);
    assertThat(
            ByteBuffer.wrap(response.content().array())
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getDouble(8))
        .isEqualTo(1.0);
  }

  private static byte[] zipkin(String template, long id) {
    return template.formatted(Long.toHexString(id), nowMicros()).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void takesZipkinsJsonOfBothVersions() {
    byte[] second =
        zipkin(
            "[{\"traceId\":\"%s\",\"id\":\"a\",\"name\":\"second\",\"timestamp\":%d,\"duration\":5,\"localEndpoint\":{\"serviceName\":\"zip\"}}]",
            0x9006);
    assertThat(
            client(ListenerName.ZIPKIN)
                .post(
                    "/api/v2/spans",
                    JSON,
                    ContentCoding.GZIP.encode(second),
                    "Content-Encoding",
                    "gzip")
                .status())
        .isEqualTo(202);
    assertThat(trace(0x9006)).contains("\"second\"").contains("\"zip\"");
    byte[] first =
        zipkin(
            "[{\"traceId\":\"%s\",\"id\":\"b\",\"name\":\"first\",\"annotations\":[{\"timestamp\":%d,\"value\":\"sr\",\"endpoint\":{\"serviceName\":\"zip1\"}}],\"binaryAnnotations\":[]}]",
            0x9007);
    assertThat(client(ListenerName.WEB).post("/zipkin/api/v1/spans", JSON, first).status())
        .isEqualTo(202);
    assertThat(trace(0x9007)).contains("\"first\"").contains("\"zip1\"");
    assertThat(client(ListenerName.ZIPKIN).post("/api/v2/spans", JSON, new byte[0]).status())
        .isEqualTo(202);
  }

  @Test
  void takesZipkinsProtobufAndThrift() {
    ProtoWriter out = new ProtoWriter(64);
    int span = out.begin(1);
    out.bytes(1, ByteBuffer.allocate(8).putLong(0x9008).array(), 0, 8);
    out.bytes(3, ByteBuffer.allocate(8).putLong(7).array(), 0, 8);
    out.text(5, "packed");
    out.fixed64(6, nowMicros());
    out.end(span);
    Client.Reply reply =
        client(ListenerName.ZIPKIN)
            .post("/api/v2/spans", "application/x-protobuf", out.toByteArray());
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(trace(0x9008)).contains("\"packed\"");
    ByteBuffer thrift = ByteBuffer.allocate(128);
    thrift.put((byte) 12).putInt(1);
    thrift.put((byte) 10).putShort((short) 1).putLong(0x9009);
    thrift
        .put((byte) 11)
        .putShort((short) 3)
        .putInt(7)
        .put("struck!".getBytes(StandardCharsets.UTF_8));
    thrift.put((byte) 10).putShort((short) 4).putLong(8);
    thrift.put((byte) 10).putShort((short) 10).putLong(nowMicros()).put((byte) 0);
    byte[] body = java.util.Arrays.copyOf(thrift.array(), thrift.position());
    assertThat(
            client(ListenerName.ZIPKIN)
                .post("/api/v1/spans", "application/x-thrift", body)
                .status())
        .isEqualTo(202);
    assertThat(trace(0x9009)).contains("struck!");
  }

  @Test
  void countsTheSpansOfZipkinThatItRefuses() {
    byte[] body =
        zipkin("[{\"traceId\":\"%s\",\"id\":\"a\",\"timestamp\":%d},{\"traceId\":\"x\"}]", 0x900a);
    Client.Reply reply = client(ListenerName.ZIPKIN).post("/api/v2/spans", JSON, body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .startsWith("1 spans were refused, 1 stored; 1 as invalid_row: traceId");
    assertThat(trace(0x900a)).isNotEmpty();
    assertThat(client(ListenerName.ZIPKIN).post("/api/v2/spans", JSON, new byte[] {'x'}).status())
        .isEqualTo(400);
    assertThat(
            client(ListenerName.ZIPKIN)
                .post("/api/v2/spans", JSON, "{\"a\":1}".getBytes(StandardCharsets.UTF_8))
                .text())
        .contains("a list of spans");
  }
}
