package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.Telemetry;
import io.ghostworks.wire.compress.ContentCoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request, or a wrong one, gets the right status, and the platform goes on. */
class BadInputTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";

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

  @AfterEach
  void stillAnswers() {
    for (ListenerName name :
        List.of(ListenerName.WEB, ListenerName.OTLP_HTTP, ListenerName.PROMETHEUS)) {
      assertThat(client(name).get("/ready").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"COLLECTOR_PROMETHEUS", "JAEGER_THRIFT_COMPACT", "JAEGER_THRIFT_BINARY"})
  void survivesBytesThatAreNoRequest(ListenerName name) {
    Random random = new Random(20_260_101L + name.defaultPort());
    for (int i = 0; i < 5; i++) {
      byte[] garbage = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(garbage);
      byte[] answer = client(name).raw(garbage, true);
      if (answer.length > 0 && answer[0] == 'H') {
        assertThat(Client.parse(answer).status()).isBetween(400, 499);
      }
    }
    client(name).raw(bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnot a frame at all"), true);
    assertThat(client(name).get("/live").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"COLLECTOR_PROMETHEUS", "JAEGER_THRIFT_COMPACT", "JAEGER_THRIFT_BINARY"})
  void refusesOversizedHeadersAndRequestLines(ListenerName name) {
    assertThat(client(name).get("/live", "X-Large", "x".repeat(100_000)).status()).isEqualTo(431);
    assertThat(client(name).get("/live?" + "x".repeat(100_000)).status()).isEqualTo(414);
  }

  @Test
  void survivesTruncatedBodies() {
    String head =
        String.join(
            "\r\n",
            "POST %s HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: 5000",
            "",
            "{\"res");
    client(ListenerName.OTLP_HTTP).raw(bytes(head.formatted("/v1/traces")), true);
    client(ListenerName.LOKI).raw(bytes(head.formatted("/loki/api/v1/push")), true);
    client(ListenerName.PROMETHEUS).raw(bytes(head.formatted("/api/v1/write")), true);
  }

  @Test
  void refusesBodiesThatAnnounceTooMuch() {
    Client.Reply reply =
        Client.parse(
            client(ListenerName.OTLP_HTTP)
                .raw(
                    bytes(
                        String.join(
                            "\r\n",
                            "POST /v1/traces HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/json",
                            "Content-Length: 99999999999",
                            "",
                            "{}")),
                    true));
    assertThat(reply.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"resourceSpans\":[{\"a\":", "{\"streams\":["})
  void refusesDeeplyNestedJson(String nested) {
    byte[] body = bytes(nested.repeat(50_000));
    assertThat(client(ListenerName.OTLP_HTTP).post("/v1/traces", JSON, body).status())
        .isEqualTo(400);
    assertThat(client(ListenerName.OTLP_HTTP).post("/v1/logs", JSON, body).status()).isEqualTo(400);
    assertThat(client(ListenerName.LOKI).post("/loki/api/v1/push", JSON, body).status())
        .isEqualTo(400);
  }

  @Test
  void refusesDeeplyNestedValuesOfJson() {
    String value = "{\"arrayValue\":{\"values\":[".repeat(20_000);
    byte[] body =
        bytes(
            "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":" + value);
    assertThat(client(ListenerName.OTLP_HTTP).post("/v1/traces", JSON, body).status())
        .isEqualTo(400);
  }

  @Test
  void refusesDeeplyNestedQueries() {
    for (String query : List.of("(".repeat(20_000), "-".repeat(20_000) + "1")) {
      Client.Reply reply = form(ListenerName.PROMETHEUS, "/api/v1/query", "query", query);
      assertThat(reply.status()).as(clip(reply.text())).isIn(400, 422);
    }
    Client.Reply logs =
        form(ListenerName.LOKI, "/loki/api/v1/query_range", "query", "(".repeat(20_000));
    assertThat(logs.status()).as(clip(logs.text())).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "PROMETHEUS, /api/v1/nothing, text/plain",
    "WEB, /prometheus/api/v1/nothing, text/plain",
    "WEB, /prometheus, text/plain",
    "WEB, /api/nothing, application/json",
    "WEB, /api/platform/nothing, application/json",
    "WEB, /alertmanager/api/v2/nothing, application/json",
    "ALERTMANAGER, /api/v2/nothing, application/json",
    "WEB, /loki/api/v1/nothing, text/plain",
    "LOKI, /nothing, text/plain",
    "WEB, /tempo/api/nothing, text/plain",
    "TEMPO, /, text/plain",
    "WEB, /otlp/v1/nothing, application/x-protobuf",
  })
  void answersUnknownPathsInTheFormOfTheirApi(ListenerName name, String path, String type) {
    Client.Reply reply = client(name).get(path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("content-type")).startsWith(type);
    assertThat(client(name).send("POST", path, bytes("x")).status()).isEqualTo(404);
  }

  @Test
  void answersPagesOfTheWebApplicationUnderAnyOtherPath() {
    Client.Reply page = client(ListenerName.WEB).get("/explore/metrics?query=up");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(client(ListenerName.WEB).get("/assets/../../secret.js").status())
        .isIn(400, 404, 200);
    assertThat(client(ListenerName.WEB).get("/assets/nothing.js").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query?query=up&time=foo | invalid parameter \"time\": invalid time value for 'time':"
            + " cannot parse \"foo\" to a valid timestamp",
        "query?query=up&timeout=foo | invalid parameter \"timeout\": cannot parse \"foo\" to a"
            + " valid duration",
        "query?query=up&limit=-1 | invalid parameter \"limit\": limit must be non-negative",
        "query?query=up&lookback_delta=x | error parsing lookback delta duration: cannot parse"
            + " \"x\" to a valid duration",
        "query_range?query=up&end=1&step=1 | invalid parameter \"start\": cannot parse \"\" to a"
            + " valid timestamp",
        "query_range?query=up&start=1&step=1 | invalid parameter \"end\": cannot parse \"\" to a"
            + " valid timestamp",
        "query_range?query=up&start=2&end=1&step=1 | invalid parameter \"end\": end timestamp must"
            + " not be before start time",
        "query_range?query=up&start=1&end=2 | invalid parameter \"step\": cannot parse \"\" to a"
            + " valid duration",
        "query_range?query=up&start=1&end=2&step=0 | invalid parameter \"step\": zero or negative"
            + " query resolution step widths are not accepted. Try a positive integer",
        "query_range?query=up&start=0&end=11002&step=1 | exceeded maximum resolution of 11,000"
            + " points per timeseries. Try decreasing the query resolution (?step=XX)",
        "series | no match[] parameter provided",
        "series?match[]=%7Ba=%22%22%7D | invalid parameter \"match[]\": match[] must contain at"
            + " least one non-empty matcher",
        "labels?match[]=%7Ba=%22%22%7D | match[] must contain at least one non-empty matcher",
        "metadata?limit=x | limit must be a number",
        "query_exemplars?query=up&start=2&end=1 | end timestamp must not be before start timestamp",
        "rules?type=x | invalid parameter \"type\": not supported value \"x\"",
      })
  void tellsWrongParametersInTheWordsOfPrometheus(String target, String message) throws Exception {
    Client.Reply reply = client(ListenerName.PROMETHEUS).get("/api/v1/" + target);
    JsonNode error = MAPPER.readTree(reply.body());
    assertThat(error.path("error").asText()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(error.get("status").asText()).isEqualTo("error");
    assertThat(error.get("errorType").asText()).isEqualTo("bad_data");
  }

  @Test
  void takesLongQueriesInTheAddressAndPrefersTheForm() throws Exception {
    Client prometheus = client(ListenerName.PROMETHEUS);
    Client.Reply longQuery =
        prometheus.get(
            "/api/v1/query?query=vector(3)%20or%20up%7Ba=%22" + "x".repeat(20_000) + "%22%7D");
    assertThat(longQuery.status()).isEqualTo(200);
    assertThat(MAPPER.readTree(longQuery.body()).at("/data/result/0/value/1").asText())
        .isEqualTo("3");
    Client.Reply form =
        prometheus.post(
            "/api/v1/query?query=2",
            "application/x-www-form-urlencoded",
            "query=1".getBytes(StandardCharsets.UTF_8));
    assertThat(MAPPER.readTree(form.body()).at("/data/result/1").asText()).isEqualTo("1");
  }

  @Test
  void tellsThePositionOfAMistakeInAQuery() throws Exception {
    Client.Reply reply = client(ListenerName.PROMETHEUS).get("/api/v1/query?query=sum(up");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(MAPPER.readTree(reply.body()).get("error").asText())
        .startsWith("invalid parameter \"query\": 1:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query_range?query=%7Ba=%22b%22%7D&limit=0",
        "query_range?query=%7Ba=%22b%22%7D&limit=x",
        "query_range?query=%7Ba=%22b%22%7D&limit=5001",
        "query_range?query=%7Ba=%22b%22%7D&direction=up",
        "query_range?query=%7Ba=%22b%22%7D&start=x",
        "query_range?query=%7Ba=%22b%22%7D&start=2&end=1",
        "query_range?query=%7Ba=%22b%22%7D&since=x",
        "query_range?query=%7Ba=%22b%22%7D&step=x",
        "query_range?query=%7Ba=%22b%22%7D&step=0",
        "query_range?query=%7Ba=%22b%22%7D&start=0&end=90000&step=1",
        "query_range?query=rate(%7Ba=%22b%22%7D)",
        "query_range?query=%7Ba=",
        "query_range",
        "query_range?query=%7B%7D",
        "query_range?query=%7Ba=~%22(%22%7D",
        "series?match[]=x",
        "labels?start=99999999999999999999"
      })
  void refusesWrongParametersOfLoki(String target) {
    Client.Reply reply = client(ListenerName.LOKI).get("/loki/api/v1/" + target);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.header("content-type")).startsWith("text/plain");
    assertThat(reply.text()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search?q=%7B",
        "search?limit=0",
        "search?limit=x",
        "search?minDuration=x",
        "search?start=x",
        "search?start=9&end=1",
        "search?start=99999999999999999",
        "search?tags=%22novalue",
        "search?tags=a%3D1%20a%3D2",
        "search?end=5",
        "v2/search/tag/foo/values",
        "metrics/query_range?q=%7B%7D",
        "search?minDuration=2s&maxDuration=1s",
        "search/tags?scope=everything",
        "search?tags=a%3D%22open",
        "traces/xyz",
        "traces/0123456789abcdef0123456789abcdef0"
      })
  void refusesWrongParametersOfTempo(String target) {
    Client.Reply reply = client(ListenerName.TEMPO).get("/api/" + target);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.header("content-type")).startsWith("text/plain");
  }

  @Test
  void answersNotFoundForAnUnknownTrace() {
    assertThat(client(ListenerName.TEMPO).get("/api/traces/abc").status()).isEqualTo(404);
  }

  @Test
  void answersRemoteWriteByItsSpecification() {
    Telemetry telemetry = new Telemetry("written", System.currentTimeMillis());
    byte[] good = telemetry.remoteWrite();
    assertThat(write(PROTOBUF, "snappy", good)).isEqualTo(204);
    assertThat(write("application/json", "snappy", good)).isEqualTo(415);
    assertThat(write(PROTOBUF, "gzip", good)).isEqualTo(415);
    assertThat(write(PROTOBUF, "snappy", bytes("not snappy"))).isEqualTo(400);
    assertThat(write(PROTOBUF, "snappy", Arrays.copyOf(good, good.length / 2))).isEqualTo(400);
    assertThat(write(PROTOBUF, "snappy", ContentCoding.SNAPPY.encode(bytes("no message"))))
        .isEqualTo(400);
    byte[] tooOld = ContentCoding.SNAPPY.encode(telemetry.writeRequest(1_000));
    assertThat(write(PROTOBUF, "snappy", tooOld)).isEqualTo(400);
    byte[] bomb = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0};
    assertThat(write(PROTOBUF, "snappy", bomb)).isIn(400, 413);
  }

  private static int write(String type, String coding, byte[] body) {
    return client(ListenerName.PROMETHEUS)
        .post("/api/v1/write", type, body, "Content-Encoding", coding)
        .status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[1,\"x\"]]}]}",
        "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[\"x\",\"y\"]]}]}",
        "{\"streams\":[{\"stream\":\"a\",\"values\":[]}]}"
      })
  void refusesWrongPushesOfLoki(String body) {
    assertThat(client(ListenerName.LOKI).post("/loki/api/v1/push", JSON, bytes(body)).status())
        .isEqualTo(400);
  }

  private static Client.Reply form(ListenerName name, String path, String key, String value) {
    return client(name)
        .post(
            path,
            "application/x-www-form-urlencoded",
            bytes(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
  }

  private static String clip(String text) {
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Client client(ListenerName name) {
    return new Client(platform.address(name));
  }
}
