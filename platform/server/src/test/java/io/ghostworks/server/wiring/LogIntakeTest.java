package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.compress.ContentCoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log records by every way in, and out again as files. */
class LogIntakeTest {

  private static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

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

  private static Client loki() {
    return new Client(platform.address(ListenerName.LOKI));
  }

  private static Client web() {
    return new Client(platform.address(ListenerName.WEB));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] otlp(String quoted) {
    return bytes(
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"hostile"}}]},
          "scopeLogs":[{"logRecords":[{"timeUnixNano":"%d","body":{"stringValue":%s}}]}]}]}
        """
            .formatted(System.currentTimeMillis() * 1_000_000L, quoted));
  }

  private static byte[] push(String app, String line) {
    return bytes(
        "{\"streams\":[{\"stream\":{\"app\":\"%s\"},\"values\":[[\"%d\",%s]]}]}"
            .formatted(app, System.currentTimeMillis() * 1_000_000L, line));
  }

  private static String download(String query, String more) {
    Client.Reply reply =
        loki()
            .get(
                "/loki/api/v1/download?query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8)
                    + more);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }

  @Test
  void takesDeflateAsGoWritesIt() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate =
        new DeflaterOutputStream(out, new java.util.zip.Deflater(6, true))) {
      deflate.write(push("deflated", "\"level=warn x\""));
    }
    assertThat(
            loki()
                .post("/loki/api/v1/push", JSON, out.toByteArray(), "Content-Encoding", "deflate")
                .status())
        .isEqualTo(204);
    assertThat(download("{app=\"deflated\"} | detected_level=\"warn\"", "&format=text"))
        .isEqualTo("level=warn x\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "application/json;;{\"streams\":[]};422;error at least one valid stream is required for"
            + " ingestion",
        "application/json;br;x;400;Content-Encoding \"br\" not supported",
        "application/json;zstd;x;400;Content-Encoding \"zstd\" not supported",
        "application/x-protobuf;;nothing;400;snappy: corrupt input"
      })
  void refusesPushesInLokisWords(
      String type, String coding, String body, int status, String message) {
    Client.Reply reply =
        coding == null
            ? loki().post("/loki/api/v1/push", type, bytes(body))
            : loki().post("/loki/api/v1/push", type, bytes(body), "Content-Encoding", coding);
    assertThat(reply.text()).isEqualTo(message + "\n");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void takesOtlpWhereLokiDoes() {
    String body =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"otlp-loki"}},
          {"key":"host.arch","value":{"stringValue":"x86"}}]},
          "scopeLogs":[{"scope":{"name":"lib","version":"2"},"logRecords":[{"timeUnixNano":"%d","observedTimeUnixNano":"5",
          "severityNumber":17,"body":{"stringValue":"from otlp"},"flags":1,"eventName":"boot","droppedAttributesCount":3,
          "attributes":[{"key":"http.route","value":{"stringValue":"/a"}},
            {"key":"m","value":{"kvlistValue":{"values":[{"key":"in.ner","value":{"intValue":"7"}}]}}}]}]}]}]}
        """
            .formatted(System.currentTimeMillis() * 1_000_000L);
    Client.Reply reply = loki().post("/otlp/v1/logs", JSON, bytes(body));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    Client.Reply empty = web().post("/loki/otlp/v1/logs", JSON, bytes("{}"));
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.header("content-type")).isEqualTo("application/octet-stream");
    assertThat(loki().post("/otlp/v1/logs", "text/plain", bytes("{}")).status()).isEqualTo(400);
    assertThat(download("{service_name=\"otlp-loki\"}", ""))
        .startsWith(
            "{\"labels\":{\"detected_level\":\"error\",\"dropped_attributes_count\":\"3\",\"event_name\":\"boot\",\"flags\":\"1\",\"host_arch\":\"x86\","
                + "\"http_route\":\"/a\",\"m_in_ner\":\"7\",\"observed_timestamp\":\"5\",\"scope_name\":\"lib\",\"scope_version\":\"2\",\"service_name\":\"otlp-loki\",\"severity_number\":\"17\"},\"line\":\"from"
                + " otlp\"");
  }

  @Test
  void answersWhatSendersOfElasticsearchAskBeforehand() throws IOException {
    Client.Reply info = web().get("/elasticsearch");
    assertThat(info.header("x-elastic-product")).isEqualTo("Elasticsearch");
    assertThat(MAPPER.readTree(info.body()).at("/version/number").asText()).startsWith("8.");
    assertThat(web().send("HEAD", "/elasticsearch", new byte[0]).status()).isEqualTo(200);
    for (String path :
        new String[] {"_license", "_xpack", "_cluster/health", "_nodes/http", "_template/x"}) {
      assertThat(web().get("/elasticsearch/" + path).status()).as(path).isEqualTo(200);
    }
    assertThat(web().send("HEAD", "/elasticsearch/_index_template/fb", new byte[0]).status())
        .isEqualTo(200);
    assertThat(web().send("PUT", "/elasticsearch/_ilm/policy/fb", bytes("{}")).text())
        .isEqualTo("{\"acknowledged\":true}");
    Client.Reply other = web().get("/elasticsearch/fb/_search");
    assertThat(other.status()).isEqualTo(404);
    assertThat(MAPPER.readTree(other.body()).at("/error/type").asText())
        .isEqualTo("resource_not_found_exception");
  }

  @Test
  void answersEachActionOfABulkRequestInOrder() throws IOException {
    long now = System.currentTimeMillis();
    String body =
        """
        {"index":{"_index":"filebeat","_id":"one"}}
        {"@timestamp":"%s","message":"hello ecs","log":{"level":"WARN"},"service":{"name":"ecs"},"trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"http":{"status":200}}
        {"create":{}}
        {"@timestamp":"1999-01-01T00:00:00Z","message":"too old","service.name":"ecs"}
        {"delete":{"_index":"filebeat","_id":"one"}}
        {"create":{"_index":"other"}}
        no json
        {"create":{}}
        {"@timestamp":%d,"service.name":"ecs","no":"message"}
        """
            .formatted(Instant.ofEpochMilli(now), now);
    Client.Reply reply =
        web()
            .post(
                "/elasticsearch/logs-x/_bulk",
                "application/x-ndjson",
                ContentCoding.GZIP.encode(bytes(body)),
                "Content-Encoding",
                "gzip");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    JsonNode answer = MAPPER.readTree(reply.body());
    assertThat(answer.get("errors").asBoolean()).isTrue();
    JsonNode items = answer.get("items");
    assertThat(items.at("/0/index/status").asInt()).isEqualTo(201);
    assertThat(items.at("/0/index/_id").asText()).isEqualTo("one");
    assertThat(items.at("/1/create/status").asInt()).isEqualTo(400);
    assertThat(items.at("/1/create/_index").asText()).isEqualTo("logs-x");
    assertThat(items.at("/2/delete/status").asInt()).isEqualTo(400);
    assertThat(items.at("/3/create/error/type").asText()).isEqualTo("document_parsing_exception");
    assertThat(items.at("/4/create/status").asInt()).isEqualTo(201);
    String stored = download("{service_name=\"ecs\"}", "");
    assertThat(stored)
        .contains("\"detected_level\":\"warn\"")
        .contains("\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"")
        .contains("\"http_status\":\"200\"")
        .contains("\"index\":\"filebeat\"")
        .contains("\\\"no\\\":\\\"message\\\"");
    assertThat(download("{index=\"logs-x\"}", "").lines()).hasSize(1);
  }

  @Test
  void takesLinesOfJsonWithFieldsNamedByTheRequest() {
    String body =
        """
        {"date":"2100-01-01 00:00:00","log":{"text":"future"},"app":"lines"}
        {"date":"%d","log":{"text":"now [error]"},"app":"lines","n":1.5,"list":[1,{"a":2}],"secret":"x"}

        [1]
        """
            .formatted(System.currentTimeMillis());
    Client.Reply reply =
        web()
            .post(
                "/insert/jsonline?_msg_field=log.text&_time_field=date&_stream_fields=app",
                "application/stream+json",
                bytes(body),
                "VL-Ignore-Fields",
                "secret",
                "VL-Extra-Fields",
                "team=a");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .contains("1 invalid_row: line 4: expected an object")
        .contains("1 too_far_in_future");
    assertThat(download("{app=\"lines\"}", "&format=csv&labels=detected_level,list,n,team,secret"))
        .contains("timestamp,detected_level,list,n,team,secret,line\r\n")
        .contains(",error,\"[1,{\"\"a\"\":2}]\",1.5,a,,now [error]\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "backward"})
  void downloadsEveryLineOnceOverPages(String direction) {
    StringBuilder values = new StringBuilder();
    long now = System.currentTimeMillis() * 1_000_000L;
    for (int i = 0; i < 5_001; i++) {
      values.append(i == 0 ? "" : ",").append("[\"%d\",\"row %d\"]".formatted(now + i / 700, i));
    }
    assertThat(
            loki()
                .post(
                    "/loki/api/v1/push",
                    JSON,
                    bytes(
                        "{\"streams\":[{\"stream\":{\"app\":\"pages-%s\"},\"values\":[%s]}]}"
                            .formatted(direction, values)))
                .status())
        .isEqualTo(204);
    String query = "{app=\"pages-%s\"}".formatted(direction);
    String end = "&end=" + (now + 1_000_000_000L) + "&direction=" + direction;
    assertThat(download(query, "&format=text" + end).lines().distinct()).hasSize(5_001);
    assertThat(download(query, "&format=text&limit=4500" + end).lines()).hasSize(4_500);
    assertThat(loki().get("/loki/api/v1/download?query=x&limit=99999999").status()).isEqualTo(400);
    assertThat(loki().get("/loki/api/v1/download?query=nonsense").status()).isEqualTo(400);
  }

  @Test
  void keepsHostileLinesByEveryWayIn() throws IOException {
    StringBuilder wide = new StringBuilder("{");
    for (int i = 0; i < 200_000; i++) {
      wide.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":").append(i);
    }
    wide.append('}');
    String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    String control = "bell \u0007 escape \u001b[31m null \u0000 end";
    for (String line : new String[] {wide.toString(), deep, control}) {
      String quoted = MAPPER.writeValueAsString(line);
      assertThat(loki().post("/loki/api/v1/push", JSON, push("hostile", quoted)).status())
          .isEqualTo(204);
      Client.Reply sent =
          new Client(platform.address(ListenerName.OTLP_HTTP)).post("/v1/logs", JSON, otlp(quoted));
      assertThat(sent.text()).isEqualTo("{}");
      for (String path : new String[] {"/insert/jsonline", "/elasticsearch/hostile/_bulk"}) {
        String action = path.endsWith("_bulk") ? "{\"create\":{}}\n" : "";
        Client.Reply reply =
            web()
                .post(
                    path,
                    "application/x-ndjson",
                    bytes(action + "{\"service.name\":\"hostile\",\"message\":" + quoted + "}\n"));
        assertThat(reply.text()).as(path).doesNotContain("error\"");
      }
    }
    String stored = download("{service_name=\"hostile\"}", "&format=text");
    assertThat(stored.split("\n", -1)).hasSize(13);
    assertThat(stored).contains(control).contains(deep).contains(wide);
    for (String document : new String[] {wide.toString(), deep}) {
      Client.Reply reply =
          web()
              .post(
                  "/elasticsearch/hostile/_bulk",
                  "application/x-ndjson",
                  bytes("{\"create\":{}}\n" + document + "\n"));
      assertThat(reply.text()).contains("\"errors\":false");
    }
    assertThat(download("{index=\"hostile\"} != \"bell\"", "&format=text")).contains(deep);
  }
}
