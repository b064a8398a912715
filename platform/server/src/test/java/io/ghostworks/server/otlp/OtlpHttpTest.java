package io.ghostworks.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.ghostworks.server.settings.SettingsReader;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.Telemetry;
import io.ghostworks.wire.compress.ContentCoding;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP over HTTP, by the chapters of its specification. */
class OtlpHttpTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final Telemetry TELEMETRY = new Telemetry("zebra", 1_700_000_000_000L);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path folder;
  private static OtlpListener listener;

  @BeforeAll
  static void start() throws Exception {
    listener = new OtlpListener(folder);
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  @BeforeEach
  void takeAll() {
    listener.set(OtlpListener.Mood.TAKE_ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/traces", "/v1/metrics", "/v1/logs"})
  void answersAnEmptyRequestWithAnEmptyResponseInItsEncoding(String path) {
    Client.Reply protobuf = client().post(path, PROTOBUF, new byte[0]);
    assertThat(protobuf.status()).isEqualTo(200);
    assertThat(protobuf.header("content-type")).isEqualTo(PROTOBUF);
    assertThat(protobuf.body()).isEmpty();
    Client.Reply json = client().post(path, JSON, bytes("{}"));
    assertThat(json.status()).isEqualTo(200);
    assertThat(json.header("content-type")).isEqualTo(JSON);
    assertThat(json.text()).isEqualTo("{}");
  }

  @ParameterizedTest
  @EnumSource(
      value = ContentCoding.class,
      names = {"GZIP", "ZSTD"})
  void readsBothEncodingsCompressed(ContentCoding coding) {
    for (String type : new String[] {PROTOBUF, JSON}) {
      byte[] plain = type.equals(JSON) ? TELEMETRY.traces() : spans("a span").toByteArray();
      Client.Reply reply =
          client()
              .post("/v1/traces", type, coding.encode(plain), "Content-Encoding", coding.token());
      assertThat(reply.status()).as("%s %s: %s", coding, type, reply.text()).isEqualTo(200);
    }
  }

  @Test
  void refusesUnknownContentTypesAndCodings() {
    assertThat(client().post("/v1/traces", "text/plain", bytes("hello")).status()).isEqualTo(415);
    assertThat(client().send("POST", "/v1/traces", bytes("hello")).status()).isEqualTo(415);
    Client.Reply reply = client().post("/v1/traces", JSON, bytes("{}"), "Content-Encoding", "br");
    assertThat(reply.status()).isEqualTo(415);
    assertThat(message(reply)).contains("br");
  }

  @Test
  void takesContentTypesWithParameters() {
    assertThat(
            client()
                .post("/v1/traces", "application/json; charset=utf-8", TELEMETRY.traces())
                .status())
        .isEqualTo(200);
  }

  @Test
  void answersMalformedProtobufWithAStatusInProtobuf() throws Exception {
    Client.Reply reply = client().post("/v1/logs", PROTOBUF, new byte[] {10, 127, 1, 2, 3});
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("content-type")).isEqualTo(PROTOBUF);
    com.google.rpc.Status status = com.google.rpc.Status.parseFrom(reply.body());
    assertThat(status.getCode()).isEqualTo(3);
    assertThat(status.getMessage()).isNotEmpty();
    assertThat(status.getDetailsList()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{\"resourceSpans\":",
        "[]",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}",
        "{\"resourceSpans\":{}}"
      })
  void answersMalformedJsonWithAStatusInJson(String body) throws Exception {
    Client.Reply reply = client().post("/v1/traces", JSON, bytes(body));
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.header("content-type")).isEqualTo(JSON);
    JsonNode status = MAPPER.readTree(reply.body());
    assertThat(status.get("code").asInt()).isEqualTo(3);
    assertThat(status.get("message").asText()).isNotEmpty();
  }

  @Test
  void ignoresUnknownKeysOfJson() {
    assertThat(client().post("/v1/traces", JSON, bytes("{\"somethingNew\":[{\"a\":1}]}")).status())
        .isEqualTo(200);
  }

  @Test
  void refusesTruncatedCompression() {
    byte[] whole = ContentCoding.GZIP.encode(TELEMETRY.traces());
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    assertThat(client().post("/v1/traces", JSON, half, "Content-Encoding", "gzip").status())
        .isEqualTo(400);
  }

  @Test
  void boundsRequestsTo64MebibytesAfterDecompression() throws Exception {
    assertThat(SettingsReader.defaults().limits().requestBytesMax()).isEqualTo(64L << 20);
    byte[] large = bytes(" ".repeat(OtlpListener.REQUEST_BYTES_MAX + 1));
    for (ContentCoding coding : new ContentCoding[] {ContentCoding.GZIP, ContentCoding.ZSTD}) {
      Client.Reply reply =
          client()
              .post("/v1/traces", JSON, coding.encode(large), "Content-Encoding", coding.token());
      assertThat(reply.status()).as(coding.token()).isEqualTo(413);
      assertThat(MAPPER.readTree(reply.body()).get("code").asInt()).isEqualTo(8);
      assertThat(MAPPER.readTree(reply.body()).has("details")).isFalse();
    }
    Client.Reply plain = client().post("/v1/traces", JSON, large);
    assertThat(plain.status()).isEqualTo(413);
    assertThat(MAPPER.readTree(plain.body()).get("code").asInt()).isEqualTo(8);
  }

  @Test
  void tellsAPartialSuccessWithCountAndReason() throws Exception {
    listener.set(OtlpListener.Mood.REFUSE_TWO);
    byte[] request = spans("a span").toByteArray();
    var traces =
        ExportTraceServiceResponse.parseFrom(client().post("/v1/traces", PROTOBUF, request).body());
    assertThat(traces.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
    assertThat(traces.getPartialSuccess().getErrorMessage())
        .contains("too_old")
        .contains("from last year");
    var metrics =
        ExportMetricsServiceResponse.parseFrom(
            client().post("/v1/metrics", PROTOBUF, new byte[0]).body());
    assertThat(metrics.getPartialSuccess().getRejectedDataPoints()).isEqualTo(2);
    var logs =
        ExportLogsServiceResponse.parseFrom(
            client()
                .post(
                    "/v1/logs",
                    PROTOBUF,
                    ExportLogsServiceRequest.getDefaultInstance().toByteArray())
                .body());
    assertThat(logs.getPartialSuccess().getRejectedLogRecords()).isEqualTo(2);
    JsonNode json = MAPPER.readTree(client().post("/v1/traces", JSON, TELEMETRY.traces()).body());
    assertThat(json.at("/partialSuccess/rejectedSpans").asText()).isEqualTo("2");
  }

  @Test
  void saysWhenToTryAgainWhenOverloaded() throws Exception {
    listener.set(OtlpListener.Mood.OVERLOADED);
    Client.Reply protobuf = client().post("/v1/traces", PROTOBUF, spans("a").toByteArray());
    assertThat(protobuf.status()).isEqualTo(503);
    assertThat(protobuf.header("retry-after")).isEqualTo("3");
    com.google.rpc.Status status = com.google.rpc.Status.parseFrom(protobuf.body());
    assertThat(status.getCode()).isEqualTo(14);
    com.google.rpc.RetryInfo retry = status.getDetails(0).unpack(com.google.rpc.RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(2);
    assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
    JsonNode json = MAPPER.readTree(client().post("/v1/traces", JSON, TELEMETRY.traces()).body());
    assertThat(json.at("/details/0/retryDelay").asText()).isEqualTo("2.5s");
  }

  @Test
  void doesNotAskToRetryWhatIsABug() throws Exception {
    listener.set(OtlpListener.Mood.BROKEN);
    Client.Reply reply = client().post("/v1/traces", PROTOBUF, spans("a").toByteArray());
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.header("retry-after")).isEmpty();
    assertThat(com.google.rpc.Status.parseFrom(reply.body()).getCode()).isEqualTo(13);
  }

  @Test
  void answersBrowsersOfAllowedOrigins() {
    Client.Reply preflight =
        client()
            .send(
                "OPTIONS",
                "/v1/traces",
                new byte[0],
                "Origin",
                "https://app.example",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,authorization");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-origin")).isEqualTo("https://app.example");
    assertThat(preflight.header("access-control-allow-methods")).contains("POST");
    assertThat(preflight.header("access-control-allow-headers")).contains("content-type");
    Client.Reply reply =
        client().post("/v1/traces", JSON, TELEMETRY.traces(), "Origin", "http://localhost:5173");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("access-control-allow-origin")).isEqualTo("http://localhost:5173");
    Client.Reply foreign =
        client()
            .send(
                "OPTIONS",
                "/v1/traces",
                new byte[0],
                "Origin",
                "https://evil.example",
                "Access-Control-Request-Method",
                "POST");
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.header("access-control-allow-origin")).isEmpty();
  }

  @Test
  void refusesOtherMethodsAndPathsWithAStatus() throws Exception {
    Client.Reply get = client().get("/v1/traces");
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.header("allow")).isEqualTo("POST");
    Client.Reply unknown = client().post("/v1/profiles", JSON, bytes("{}"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(MAPPER.readTree(unknown.body()).get("code").asInt()).isEqualTo(12);
  }

  @Test
  void takesTheTenantFromTheHeaderOfAnAdmin() {
    client().post("/v1/traces", JSON, TELEMETRY.traces(), "X-Scope-OrgID", "team-a");
    assertThat(listener.lastTenant().value()).isEqualTo("team-a");
  }

  static ExportTraceServiceRequest spans(String name) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .addSpans(
                            Span.newBuilder()
                                .setTraceId(ByteString.copyFrom(new byte[16], 0, 15).concat(one()))
                                .setSpanId(ByteString.copyFrom(new byte[7]).concat(one()))
                                .setName(name)
                                .setStartTimeUnixNano(1)
                                .setEndTimeUnixNano(2))))
        .build();
  }

  private static ByteString one() {
    return ByteString.copyFrom(new byte[] {1});
  }

  private static String message(Client.Reply reply) {
    try {
      return MAPPER.readTree(reply.body()).get("message").asText();
    } catch (java.io.IOException e) {
      throw new AssertionError(reply.text(), e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Client client() {
    return new Client(listener.http());
  }
}
