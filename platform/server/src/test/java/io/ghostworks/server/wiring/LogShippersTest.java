package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.SocketClient;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The requests of what ships log records and reads them on command lines, as their sources make
 * them: promtail, Fluent Bit's outputs {@code loki}, {@code es} and {@code http}, Vector's sinks
 * {@code loki} and {@code elasticsearch}, Filebeat, Logstash, Elasticsearch's clients, logcli.
 */
class LogShippersTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NDJSON = "application/x-ndjson";
  private static final String JSON = "application/json";

  @TempDir private static Path data;
  private static Platform platform;
  private final long now = System.currentTimeMillis() * 1_000_000L;

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

  @Test
  void promtailPushesSnappyProtobuf() {
    Client.Reply reply =
        loki()
            .post(
                "/loki/api/v1/push",
                "application/x-protobuf",
                ContentCoding.SNAPPY.encode(pushed("{job=\"promtail\"}", "from promtail", "pod")),
                "User-Agent",
                "promtail/3.5.0");
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    assertThat(stored("{job=\"promtail\"}")).contains("from promtail", "\"pod\":\"value\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';label name is empty",
        "日本;normalization for label name \"日本\" resulted in invalid name \"_\"",
        "___;normalization for label name \"___\" resulted in invalid name \"_\""
      })
  void anEntryWithANameThatIsNoneIsRefusedAlone(String name, String why) {
    for (boolean json : new boolean[] {false, true}) {
      String body =
          "{\"streams\":[{\"stream\":{\"job\":\"names\"},\"values\":[[\"%d\",\"bad\",{\"%s\":\"v\"}],[\"%d\",\"good %s\"]]}]}"
              .formatted(now, name, now + 1, name.length());
      Client.Reply reply =
          json
              ? loki().post("/loki/api/v1/push", JSON, bytes(body))
              : loki()
                  .post(
                      "/loki/api/v1/push",
                      "application/x-protobuf",
                      ContentCoding.SNAPPY.encode(pushed("{job=\"names\"}", "bad", name)));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).isEqualTo(why + "\n");
    }
    assertThat(stored("{job=\"names\"}")).contains("good").doesNotContain("bad");
  }

  @Test
  void fluentBitPushesToLoki() {
    String body =
        "{\"streams\":[{\"stream\":{\"job\":\"fluent-bit\"},\"values\":[[\"%d\",\"{\\\"log\\\":\\\"x\\\"}\",{\"trace\":\"t1\"}]]}]}"
            .formatted(now);
    assertThat(
            loki()
                .post(
                    "/loki/api/v1/push",
                    JSON,
                    ContentCoding.GZIP.encode(bytes(body)),
                    "Content-Encoding",
                    "gzip",
                    "User-Agent",
                    "Fluent-Bit")
                .status())
        .isEqualTo(204);
    assertThat(stored("{job=\"fluent-bit\"} | trace=\"t1\"")).contains("\\\"log\\\":\\\"x\\\"");
  }

  @Test
  void fluentBitPostsLinesOfJson() {
    String line =
        "{\"date\":%d.123456,\"log\":\"fluent line\",\"stream\":\"stdout\"}\n"
            .formatted(now / 1_000_000_000 - 1);
    Client.Reply reply =
        web()
            .post(
                "/insert/jsonline?_stream_fields=stream&_msg_field=log&_time_field=date",
                NDJSON,
                ContentCoding.GZIP.encode(bytes(line)),
                "Content-Encoding",
                "gzip",
                "AccountID",
                "0",
                "ProjectID",
                "0");
    assertThat(reply.status()).as(reply.text()).isBetween(200, 205);
    assertThat(stored("{stream=\"stdout\"}")).contains("fluent line").contains(".123456Z");
  }

  @ParameterizedTest
  @CsvSource({
    "/elasticsearch/_bulk,create,''",
    "/insert/elasticsearch/_bulk,index,gzip",
    "/elasticsearch/_bulk?timeout=60s,create,zstd",
    "/elasticsearch/_bulk?filter_path=errors%2Citems.%2A.error%2Citems.%2A.status,create,gzip",
    "/insert/elasticsearch/_bulk?_msg_field=log&_time_field=%40timestamp&_stream_fields=host,index,snappy"
  })
  void sendersOfElasticsearchDeliver(String target, String action, String coding)
      throws IOException {
    String type = action.equals("index") ? ",\"_type\":\"_doc\"" : "";
    String body =
        "{\"%s\":{\"_index\":\"shippers\"%s}}\n{\"@timestamp\":\"%s\",\"log\":\"bulk\",\"host\":\"h1\",\"data_stream\":{\"dataset\":\"d\",\"namespace\":\"default\",\"type\":\"logs\"}}\n"
            .formatted(action, type, Instant.ofEpochMilli(now / 1_000_000));
    byte[] sent =
        coding.isEmpty()
            ? bytes(body)
            : ContentCoding.find(coding).orElseThrow().encode(bytes(body));
    String[] headers = coding.isEmpty() ? new String[0] : new String[] {"Content-Encoding", coding};
    for (String mediaType :
        new String[] {
          NDJSON,
          "application/json; charset=UTF-8",
          "application/vnd.elasticsearch+x-ndjson; compatible-with=8"
        }) {
      Client.Reply reply = web().post(target, mediaType, sent, headers);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.header("x-elastic-product")).isEqualTo("Elasticsearch");
      JsonNode answer = MAPPER.readTree(reply.body());
      assertThat(answer.get("errors").asBoolean()).isFalse();
      assertThat(answer.at("/items/0/" + action + "/status").asInt()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/",
    "HEAD,/",
    "GET,''",
    "GET,/_license?human=false",
    "GET,/_license",
    "GET,/_xpack",
    "GET,/_cluster/health",
    "HEAD,/_ilm/policy/filebeat",
    "GET,/_ilm/policy/filebeat",
    "PUT,/_ilm/policy/filebeat",
    "HEAD,/_index_template/filebeat-8.17.0",
    "GET,/_index_template/filebeat-8.17.0",
    "PUT,/_index_template/filebeat-8.17.0",
    "PUT,/_component_template/filebeat",
    "HEAD,/_template/ecs-logstash",
    "PUT,/_template/ecs-logstash",
    "HEAD,/_alias/filebeat-8.17.0",
    "GET,/_data_stream/filebeat-8.17.0",
    "PUT,/_data_stream/filebeat-8.17.0",
    "GET,/_ingest/pipeline/filebeat-8.17.0-nginx",
    "PUT,/_ingest/pipeline/filebeat-8.17.0-nginx",
    "GET,/_nodes/http",
    "GET,/_nodes/ingest",
    "GET,/_logstash/pipeline",
    "GET,/logstash"
  })
  void whatSendersAskBeforehandIsAnswered(String method, String path) throws IOException {
    for (String prefix : new String[] {"/elasticsearch", "/insert/elasticsearch"}) {
      byte[] body = method.equals("PUT") ? bytes("{}") : new byte[0];
      Client.Reply reply =
          web().send(method, prefix + path, body, "Content-Type", JSON, "Accept", JSON);
      assertThat(reply.status()).as(prefix + path).isEqualTo(200);
      assertThat(reply.header("x-elastic-product")).isEqualTo("Elasticsearch");
      if (!method.equals("HEAD")) {
        assertThat(reply.header("content-type")).startsWith(JSON);
        assertThat(MAPPER.readTree(reply.body()).isObject()).isTrue();
      }
    }
  }

  @Test
  void vectorChecksAndPushes() {
    assertThat(loki().get("/ready").status()).isEqualTo(200);
    byte[] push = pushed("{source=\"vector\"}", "from vector", "host");
    assertThat(
            loki()
                .post(
                    "/loki/api/v1/push",
                    "application/x-protobuf",
                    ContentCoding.SNAPPY.encode(push),
                    "User-Agent",
                    "Vector/0.45.0")
                .status())
        .isEqualTo(204);
    assertThat(stored("{source=\"vector\"}")).contains("from vector");
  }

  @Test
  void collectorsSendOtlpInLz4() {
    // {"resourceLogs":[]} as lz4 writes it, stored as it is
    byte[] frame =
        HexFormat.of()
            .parseHex(
                "04224d186440a7130000807b227265736f757263654c6f6773223a5b5d7d00000000bdba54e5");
    Client.Reply reply = loki().post("/otlp/v1/logs", JSON, frame, "Content-Encoding", "lz4");
    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    Client.Reply main =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post("/v1/logs", JSON, frame, "Content-Encoding", "lz4");
    assertThat(main.status()).as(main.text()).isEqualTo(200);
  }

  @Test
  void logcliAsksAndDeletes() throws IOException {
    assertThat(
            loki()
                .post(
                    "/loki/api/v1/push",
                    "application/x-protobuf",
                    ContentCoding.SNAPPY.encode(pushed("{job=\"logcli\"}", "level=info n=1", "p")))
                .status())
        .isEqualTo(204);
    String range = "start=%d&end=%d".formatted(now - 3_600_000_000_000L, now + 1_000_000_000L);
    String query = "query=" + encoded("{job=\"logcli\"}");
    JsonNode lines =
        logcli(
            "/query_range?direction=BACKWARD&limit=30&interval=1.000000&step=10.000000&"
                + range
                + "&"
                + query);
    assertThat(lines.at("/data/result/0/values")).hasSize(1);
    String count = encoded("count_over_time({job=\"logcli\"}[1h])");
    assertThat(
            logcli(
                    "/query?direction=FORWARD&limit=30&query=%s&time=%d"
                        .formatted(count, now + 1_000_000_000L))
                .at("/data/result/0/value/1")
                .asText())
        .isEqualTo("1");
    assertThat(logcli("/labels?" + range).get("data")).isNotEmpty();
    assertThat(logcli("/label/job/values?" + range).get("data")).isNotEmpty();
    assertThat(
            logcli(
                    "/series?"
                        + range
                        + "&match="
                        + encoded("{job=\"logcli\"}")
                        + "&match=%7Bjob%3D~%22.%2A%22%7D")
                .get("data"))
        .isNotEmpty();
    assertThat(logcli("/series?" + range + "&match=%7B%7D").get("data")).isNotEmpty();
    assertThat(logcli("/series?" + range).get("data")).isNotEmpty();
    assertThat(logcli("/index/stats?" + range + "&" + query).get("entries").asInt()).isEqualTo(1);
    assertThat(
            logcli(
                    "/index/volume?limit=30&targetLabels=job&aggregateBy=labels&"
                        + range
                        + "&"
                        + query)
                .at("/data/result"))
        .hasSize(1);
    assertThat(
            logcli("/index/volume_range?limit=30&step=3600&" + range + "&" + query)
                .at("/data/result"))
        .hasSize(1);
    assertThat(
            logcli("/detected_fields?limit=100&line_limit=1000&step=10s&" + range + "&" + query)
                .get("fields"))
        .isNotEmpty();
    assertThat(
            logcli("/detected_field/n/values?limit=100&line_limit=1000&" + range + "&" + query)
                .at("/values/0")
                .asText())
        .isEqualTo("1");
    try (SocketClient tail =
        SocketClient.open(
            platform.address(ListenerName.LOKI),
            "/loki/api/v1/tail?delay_for=1&limit=30&start=%d&%s"
                .formatted(now - 3_600_000_000_000L, query))) {
      assertThat(tail.next()).contains("level=info n=1");
    }
    long second = now / 1_000_000_000;
    String delete =
        "/loki/api/v1/delete?%s&start=%d&end=%d".formatted(query, second - 3_600, second);
    assertThat(loki().send("POST", delete, new byte[0]).status()).isEqualTo(204);
    JsonNode deletes = MAPPER.readTree(loki().get("/loki/api/v1/delete").body());
    assertThat(deletes.at("/0/status").asText()).isEqualTo("received");
    assertThat(
            loki()
                .send(
                    "DELETE",
                    "/loki/api/v1/delete?force=true&request_id="
                        + deletes.at("/0/request_id").asText(),
                    new byte[0])
                .status())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "series;match=;400;parse error : syntax error: unexpected $end",
        "series;match=%7B%7D&match=%7Bjob%3D%22a%22%7D;400;0 matchers in group: {}",
        "series;match=%7Bjob%3D%22a%22%7D%7C%3D%22b%22;400;only label matchers are supported",
        "query;query=label_replace(vector(1),%22a%22,%22b%22,%22c%22,%22(%22);400;parse error :"
            + " invalid regex in label_replace: error parsing regexp: missing closing ):"
            + " `^(?:()$`"
      })
  void mistakesAreToldInLokisWords(String path, String parameters, int status, String message) {
    Client.Reply reply = loki().get("/loki/api/v1/" + path + "?" + parameters);
    assertThat(reply.text()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void seriesThatMeetManyToManyEndAQueryAsInLoki() {
    for (String app : new String[] {"a", "b"}) {
      assertThat(
              loki()
                  .post(
                      "/loki/api/v1/push",
                      "application/x-protobuf",
                      ContentCoding.SNAPPY.encode(
                          pushed("{many=\"1\",app=\"%s\"}".formatted(app), "x", "p")))
                  .status())
          .isEqualTo(204);
    }
    String rate = "count_over_time({many=\"1\"}[1h])";
    Client.Reply reply =
        loki().get("/loki/api/v1/query?query=" + encoded("%s + on(many) %s".formatted(rate, rate)));
    assertThat(reply.text()).contains("many-to-many matching not allowed");
    assertThat(reply.status()).isEqualTo(500);
  }

  @Test
  void aLabelThatIsASwitchIsDetected() {
    for (String labels :
        new String[] {"{switch=\"0\",shard=\"17\"}", "{switch=\"1\",shard=\"18\"}"}) {
      loki()
          .post(
              "/loki/api/v1/push",
              "application/x-protobuf",
              ContentCoding.SNAPPY.encode(pushed(labels, "x", "p")),
              "X-Scope-OrgID",
              "switches");
    }
    assertThat(loki().get("/loki/api/v1/detected_labels", "X-Scope-OrgID", "switches").text())
        .isEqualTo(
            "{\"detectedLabels\":[{\"label\":\"service_name\",\"cardinality\":1},{\"label\":\"switch\",\"cardinality\":2}]}");
  }

  /** A push request of one entry with one piece of metadata. */
  private byte[] pushed(String labels, String line, String name) {
    ProtoWriter time = new ProtoWriter(16);
    time.uint(1, now / 1_000_000_000);
    time.uint(2, now % 1_000_000_000);
    ProtoWriter metadata = new ProtoWriter(16);
    metadata.text(1, name);
    metadata.text(2, "value");
    ProtoWriter entry = new ProtoWriter(64);
    message(entry, 1, time);
    entry.text(2, line);
    message(entry, 3, metadata);
    ProtoWriter stream = new ProtoWriter(64);
    stream.text(1, labels);
    message(stream, 2, entry);
    ProtoWriter request = new ProtoWriter(64);
    message(request, 1, stream);
    return request.toByteArray();
  }

  private static void message(ProtoWriter out, int field, ProtoWriter message) {
    byte[] bytes = message.toByteArray();
    out.bytesAlways(field, bytes, 0, bytes.length);
  }

  private static JsonNode logcli(String target) throws IOException {
    Client.Reply reply =
        loki()
            .get("/loki/api/v1" + target, "User-Agent", "loki-logcli/3.5.0", "X-Query-Tags", "a=b");
    assertThat(reply.status()).as(target + ": " + reply.text()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }

  private static String stored(String query) {
    return loki().get("/loki/api/v1/download?query=" + encoded(query)).text();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Client loki() {
    return new Client(platform.address(ListenerName.LOKI));
  }

  private static Client web() {
    return new Client(platform.address(ListenerName.WEB));
  }
}
