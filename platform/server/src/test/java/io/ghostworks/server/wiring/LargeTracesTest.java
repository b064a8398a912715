package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.GrpcCalls;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces that are larger than what one query may hold open by every interface. */
class LargeTracesTest {

  private static final String ID = "0af7651916cd43dd8448eb211c80319c";
  private static final int BATCH = 2_000;
  private static final int ATTRIBUTES = 14;
  private static final String VALUE = "a value of some length, number ";

  private static final JsonFactory JSON = new JsonFactory();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path data;

  /** One query may hold 16 MiB; the spans alone are more. */
  @Test
  void openWhole() throws IOException {
    open(20_000, "limits:\n  query_memory: 32MiB\n");
  }

  /** With the memory that one query has by default where the heap is 1,280 MiB. */
  @Test
  @Tag("long")
  void ofAHundredThousandSpansOpenWhole() throws IOException {
    open(100_000, "limits:\n  query_memory: 76MiB\n");
  }

  private void open(int spans, String configuration) throws IOException {
    Path config = data.resolve("ghostworks.yml");
    Files.writeString(config, configuration);
    try (Platform platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                data.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true))) {
      send(platform, spans);
      checkJaeger(platform, spans);
      checkZipkin(platform, spans);
      checkTempo(platform, spans);
      checkFiles(platform, spans);
    }
  }

  private static void send(Platform platform, int spans) {
    long now = System.currentTimeMillis() * 1_000_000L - 60_000_000_000L;
    for (int from = 0; from < spans; from += BATCH) {
      SpanBatch batch = new SpanBatch();
      batch.resources().attributes().add("service.name", "big");
      int resource = batch.resources().end(0, 0);
      int scope = batch.scopes().end(0, 0, 0, 0);
      for (int i = from; i < from + BATCH; i++) {
        for (int key = 0; key < ATTRIBUTES; key++) {
          batch.attributes().add("attribute." + key, VALUE + (i + key));
        }
        batch.endRow(
            resource,
            scope,
            0x0af7651916cd43ddL,
            0x8448eb211c80319cL,
            i + 1,
            i,
            0,
            0,
            batch.arena().append("GET /" + i % 10),
            2,
            now + 1_000L * i,
            now + 1_000L * i + 5_000_000,
            0,
            0,
            0,
            0,
            0);
      }
      Client.Reply reply =
          new Client(platform.address(ListenerName.OTLP_HTTP))
              .post(
                  "/v1/traces",
                  "application/x-protobuf",
                  OtlpEncoder.traces(OtlpEncoding.PROTOBUF, batch));
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }
  }

  private static void checkJaeger(Platform platform, int spans) throws IOException {
    check(platform, ListenerName.JAEGER, "/api/traces/" + ID, "\"operationName\":", spans);
    check(
        platform, ListenerName.JAEGER, "/api/traces/" + ID + "?raw=true", "\"processID\":", spans);
    check(
        platform,
        ListenerName.JAEGER,
        "/api/traces?service=big&lookback=1h",
        "\"operationName\":",
        spans);
    check(platform, ListenerName.JAEGER, "/api/v3/traces/" + ID, "\"startTimeUnixNano\":", spans);
    String from = java.time.Instant.now().minusSeconds(600).toString();
    String to = java.time.Instant.now().plusSeconds(60).toString();
    String range = "query.serviceName=big&query.startTimeMin=" + from + "&query.startTimeMax=" + to;
    check(
        platform, ListenerName.JAEGER, "/api/v3/traces?" + range, "\"startTimeUnixNano\":", spans);
    String summaries =
        text(
            get(
                platform,
                ListenerName.JAEGER,
                "/api/v3/trace-summaries?" + range,
                "application/json"));
    assertThat(summaries).contains("\"spanCount\":" + spans);
    GrpcCalls grpc = new GrpcCalls(platform.address(ListenerName.JAEGER));
    ProtoWriter model = new ProtoWriter(32);
    byte[] id =
        ByteBuffer.allocate(16).putLong(0x0af7651916cd43ddL).putLong(0x8448eb211c80319cL).array();
    model.bytes(1, id, 0, 16);
    GrpcCalls.Reply reply = grpc.call("/jaeger.api_v2.QueryService/GetTrace", model.toByteArray());
    assertThat(reply.status()).as(reply.message()).isEqualTo("0");
    assertThat(reply.messages().size()).isBetween(spans / 10, spans / 10 + 100);
    ProtoWriter text = new ProtoWriter(32);
    text.text(1, ID);
    reply = grpc.call("/jaeger.api_v3.QueryService/GetTrace", text.toByteArray());
    assertThat(reply.status()).as(reply.message()).isEqualTo("0");
    assertThat(reply.messages().stream().mapToInt(LargeTracesTest::spans).sum()).isEqualTo(spans);
    assertThat(reply.messages()).allMatch(message -> message.length < 4 << 20);
  }

  private static void checkZipkin(Platform platform, int spans) throws IOException {
    check(platform, ListenerName.ZIPKIN, "/api/v2/trace/" + ID, "\"localEndpoint\":", spans);
    check(
        platform,
        ListenerName.ZIPKIN,
        "/api/v2/traces?serviceName=big",
        "\"localEndpoint\":",
        spans);
  }

  private static void checkTempo(Platform platform, int spans) throws IOException {
    for (String path : new String[] {"/api/traces/", "/api/v2/traces/"}) {
      check(platform, ListenerName.TEMPO, path + ID, "\"startTimeUnixNano\":", spans);
    }
    byte[] first = get(platform, ListenerName.TEMPO, "/api/traces/" + ID, "application/protobuf");
    assertThat(spans(first)).isEqualTo(spans);
    byte[] second =
        get(platform, ListenerName.TEMPO, "/api/v2/traces/" + ID, "application/protobuf");
    assertThat(second.length).isGreaterThan(first.length);
  }

  private static void checkFiles(Platform platform, int spans) throws IOException {
    String path = "/api/platform/traces/" + ID;
    check(
        platform,
        ListenerName.WEB,
        path + "/download?format=otlp",
        "\"startTimeUnixNano\":",
        spans);
    check(platform, ListenerName.WEB, path + "/download?format=jaeger", "\"processID\":", spans);
    check(
        platform, ListenerName.WEB, path + "/download?format=zipkin", "\"localEndpoint\":", spans);
    assertThat(text(get(platform, ListenerName.WEB, path + "/analysis", "application/json")))
        .contains("\"spans\":" + spans);
  }

  private static void check(
      Platform platform, ListenerName listener, String target, String word, int times)
      throws IOException {
    String text = text(get(platform, listener, target, "application/json"));
    int found = 0;
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      found++;
    }
    assertThat(found).as(target).isEqualTo(times);
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      json.skipChildren();
      assertThat(json.nextToken()).isNull();
    }
    assertThat(text).contains(VALUE + (times + ATTRIBUTES - 2));
  }

  private static byte[] get(Platform platform, ListenerName listener, String target, String accept)
      throws IOException {
    try {
      HttpResponse<byte[]> reply =
          HTTP.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:" + platform.address(listener).getPort() + target))
                  .header("Accept", accept)
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(reply.statusCode()).as(target + ": " + reply).isEqualTo(200);
      return reply.body();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static int spans(byte[] protobuf) {
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .traces(OtlpEncoding.PROTOBUF, protobuf, 0, protobuf.length)
        .batch()
        .rows();
  }
}
