package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.SocketClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The requests that the code of Grafana's Loki data source makes (grafana, {@code pkg/tsdb/loki}
 * and {@code public/app/plugins/datasource/loki}) and those of Logs Drilldown (grafana
 * logs-drilldown, {@code src/services}), and what they read of the answers. The data source's URL
 * is the web port.
 */
class GrafanaLokiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] TENANT = {"X-Scope-OrgID", "grafana"};

  @TempDir private static Path data;
  private static Platform platform;
  private static long nowNanos;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    nowNanos = System.currentTimeMillis() * 1_000_000L;
    StringBuilder json = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      String comma = i == 0 ? "" : ",";
      json.append(comma)
          .append(
              "[\"%d\",\"{\\\"level\\\":\\\"%s\\\",\\\"duration\\\":\\\"%dms\\\",\\\"req\\\":{\\\"path\\\":\\\"/p%d\\\"}}\",{\"pod\":\"p%d\"}]"
                  .formatted(ago(300 - i), i % 2 == 0 ? "info" : "error", i, i, i % 3));
      plain
          .append(comma)
          .append("[\"%d\",\"connection %d closed by peer\"]".formatted(ago(300 - i), i));
    }
    String body =
        """
        {"streams":[{"stream":{"app":"shop","env":"prod"},"values":[%s]},
        {"stream":{"app":"store","env":"prod"},"values":[%s]}]}
        """
            .formatted(json, plain);
    Client.Reply reply =
        web()
            .post(
                "/loki/api/v1/push",
                "application/json",
                body.getBytes(StandardCharsets.UTF_8),
                TENANT);
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void isHealthyByASumOfTwoVectors() throws IOException {
    JsonNode answer =
        json(
            "/loki/api/v1/query?direction=backward&query=%s&time=4000000000"
                .formatted(encoded("vector(1)+vector(1)")));
    assertThat(answer.get("status").asText()).isEqualTo("success");
    assertThat(answer.at("/data/resultType").asText()).isEqualTo("vector");
    assertThat(answer.at("/data/result")).hasSize(1);
    assertThat(answer.at("/data/result/0/value/0").isNumber()).isTrue();
    assertThat(answer.at("/data/result/0/value/1").asText()).isEqualTo("2");
  }

  @Test
  void listsLabelsValuesAndSeries() throws IOException {
    assertThat(texts(json("/loki/api/v1/labels?" + range()).get("data")))
        .containsExactly("app", "env", "service_name");
    String selector = "&query=" + encoded("{app=\"shop\"}");
    assertThat(texts(json("/loki/api/v1/labels?" + range() + selector).get("data")))
        .containsExactly("app", "env", "service_name");
    assertThat(texts(json("/loki/api/v1/label/app/values?" + range()).get("data")))
        .containsExactly("shop", "store");
    assertThat(texts(json("/loki/api/v1/label/app/values?" + range() + selector).get("data")))
        .containsExactly("shop");
    JsonNode series =
        json("/loki/api/v1/series?match%5B%5D=" + encoded("{app=~\"sh.+\"}") + "&" + range());
    assertThat(series.get("data")).hasSize(1);
    assertThat(series.at("/data/0/app").asText()).isEqualTo("shop");
    String shards = "/loki/api/v1/label/__stream_shard__/values?" + range() + selector;
    assertThat(json(shards).path("data")).isEmpty();
  }

  @Test
  void detectsLabelsAndFields() throws IOException {
    for (String query : new String[] {"", "&query=", "&query=" + encoded("{env=\"prod\"}")}) {
      JsonNode labels = json("/loki/api/v1/detected_labels?" + range() + query);
      assertThat(labels.get("detectedLabels")).hasSize(3);
      assertThat(labels.at("/detectedLabels/0/label").isTextual()).isTrue();
      assertThat(labels.at("/detectedLabels/0/cardinality").isInt()).isTrue();
    }
    String expression = encoded("{app=\"shop\"}");
    JsonNode fields =
        json("/loki/api/v1/detected_fields?" + range() + "&limit=1000&query=" + expression);
    Set<String> found = new TreeSet<>();
    for (JsonNode field : fields.get("fields")) {
      found.add(field.get("label").asText() + ":" + field.get("type").asText());
      assertThat(field.get("cardinality").isInt()).isTrue();
      boolean metadata = Set.of("pod", "detected_level").contains(field.get("label").asText());
      assertThat(field.get("parsers").isNull()).as(field.toString()).isEqualTo(metadata);
    }
    assertThat(found)
        .contains("duration:duration", "req_path:string", "pod:string", "detected_level:string");
    JsonNode paths =
        json(
            "/loki/api/v1/detected_fields?end=%s&query=%s&start=%s"
                .formatted(iso(0), expression, iso(3_600)));
    for (JsonNode field : paths.get("fields")) {
      if (field.get("label").asText().equals("req_path")) {
        assertThat(texts(field.get("jsonPath"))).containsExactly("path", "req");
      }
    }
    JsonNode values =
        json(
            "/loki/api/v1/detected_field/pod/values?"
                + range()
                + "&limit=1000&query="
                + expression);
    assertThat(texts(values.get("values"))).containsExactly("p0", "p1", "p2");
  }

  @Test
  void showsLinesWithTheirLabelsByCategory() throws IOException {
    JsonNode answer = lines("{app=\"shop\"} | json", "backward", 3, 3_600, 0);
    JsonNode data = answer.get("data");
    assertThat(data.get("resultType").asText()).isEqualTo("streams");
    assertThat(texts(data.get("encodingFlags"))).containsExactly("categorize-labels");
    assertThat(names(data.at("/result/0/stream"))).containsExactly("app", "env", "service_name");
    JsonNode value = data.at("/result/0/values/0");
    assertThat(value.get(0).isTextual()).isTrue();
    assertThat(names(value.get(2))).containsExactly("parsed", "structuredMetadata");
    assertThat(value.at("/2/structuredMetadata/pod").asText()).isEqualTo("p0");
    assertThat(value.at("/2/parsed/req_path").asText()).isEqualTo("/p9");
    assertThat(data.at("/stats/summary/totalBytesProcessed").isNumber()).isTrue();
    JsonNode plain =
        json(
            "/loki/api/v1/query_range?direction=backward&end=%d&limit=3&query=%s&start=%d&step=2000ms"
                .formatted(ago(0), encoded("{app=\"shop\"}"), ago(3_600)));
    assertThat(plain.at("/data/result/0/values/0")).hasSize(2);
  }

  @Test
  void showsWhatStandsAroundALine() throws IOException {
    JsonNode before = lines("{app=\"store\",env=\"prod\"}", "backward", 10, 7_500, 295);
    assertThat(before.at("/data/result/0/values")).hasSize(5);
    assertThat(before.at("/data/result/0/values/0/1").asText()).startsWith("connection 4 ");
    JsonNode after = lines("{app=\"store\",env=\"prod\"}", "forward", 10, 295, -7_200);
    assertThat(after.at("/data/result/0/values")).hasSize(5);
    assertThat(after.at("/data/result/0/values/0/1").asText()).startsWith("connection 5 ");
  }

  @Test
  void drawsVolumesOfLevelsAndMetrics() throws IOException {
    JsonNode levels =
        json(
            "/loki/api/v1/query_range?direction=backward&end=%d&query=%s&start=%d&step=60000ms"
                .formatted(
                    ago(0),
                    encoded("sum by (level, detected_level) (count_over_time({app=\"shop\"}[1m]))"),
                    ago(600)),
            "X-Query-Tags",
            "Source=logvolhist");
    assertThat(levels.at("/data/resultType").asText()).isEqualTo("matrix");
    assertThat(levels.at("/data/result")).hasSize(2);
    assertThat(names(levels.at("/data/result/0/metric"))).containsExactly("detected_level");
    assertThat(levels.at("/data/result/0/values/0/1").isTextual()).isTrue();
    for (String query :
        new String[] {
          "sum(count_over_time({app=`shop`} | pod != \"\" [60s])) by (pod)",
          "sum by (req_path) (count_over_time({app=`shop`} | json | logfmt | drop __error__,"
              + " __error_details__ | req_path!=\"\" [60s]))",
          "avg_over_time({app=`shop`} | json duration=\"[\\\"duration\\\"]\" | unwrap"
              + " duration(duration) | __error__=\"\" [60s]) by ()"
        }) {
      JsonNode drawn =
          json(
              "/loki/api/v1/query_range?direction=backward&end=%d&limit=1000&query=%s&start=%d&step=60000ms"
                  .formatted(ago(0), encoded(query), ago(600)));
      assertThat(drawn.at("/data/result")).as(query).isNotEmpty();
    }
    JsonNode instant =
        json(
            "/loki/api/v1/query?direction=backward&query=%s&time=%d"
                .formatted(encoded("sum by(app) (count_over_time({env=\"prod\"}[1h]))"), ago(0)));
    assertThat(instant.at("/data/result")).hasSize(2);
    assertThat(instant.at("/data/result/0/value/1").asText()).isEqualTo("10");
  }

  @Test
  void tellsStatisticsAndVolumes() throws IOException {
    JsonNode stats =
        json("/loki/api/v1/index/stats?" + range() + "&query=" + encoded("{env=\"prod\"}"));
    assertThat(names(stats)).containsExactly("bytes", "chunks", "entries", "streams");
    assertThat(stats.get("entries").asInt()).isEqualTo(20);
    JsonNode volume =
        json(
            "/loki/api/v1/index/volume?end=%s&limit=5000&query=%s&start=%s"
                .formatted(iso(0), encoded("{service_name=~\".+\"}"), iso(3_600)),
            "X-Query-Tags",
            "Source=grafana-lokiexplore-app");
    assertThat(volume.at("/data/result")).hasSize(2);
    assertThat(volume.at("/data/result/0/metric/service_name").asText()).isEqualTo("shop");
    assertThat(volume.at("/data/result/0/value/1").isTextual()).isTrue();
  }

  @Test
  void findsPatternsInIsoTimes() throws IOException {
    JsonNode patterns =
        json(
            "/loki/api/v1/patterns?end=%s&query=%s&start=%s&step=10s"
                .formatted(iso(0), encoded("{app=`store`}"), iso(3_600)));
    assertThat(patterns.get("data")).hasSize(1);
    String pattern = patterns.at("/data/0/pattern").asText();
    assertThat(pattern).isEqualTo("connection <_> closed by peer");
    assertThat(patterns.at("/data/0/samples/0/0").asLong())
        .isBetween(ago(320) / 1_000_000_000, ago(280) / 1_000_000_000);
    JsonNode matching = lines("{app=\"store\"} |> `" + pattern + "`", "backward", 100, 3_600, 0);
    assertThat(matching.at("/data/result/0/values")).hasSize(10);
  }

  @Test
  void tellsWhatDrilldownMayAskFor() throws IOException {
    JsonNode limits = json("/loki/api/v1/drilldown-limits");
    assertThat(limits.get("pattern_ingester_enabled").asBoolean()).isTrue();
    assertThat(limits.get("version").isTextual()).isTrue();
    JsonNode own = limits.get("limits");
    for (String name :
        new String[] {
          "max_query_length", "max_query_lookback", "query_timeout", "retention_period"
        }) {
      assertThat(own.get(name).asText()).as(name).matches("([0-9]+[smhdwy])+");
    }
    assertThat(own.get("volume_enabled").asBoolean()).isTrue();
    assertThat(own.get("discover_log_levels").asBoolean()).isTrue();
    assertThat(texts(own.get("discover_service_name"))).contains("service", "app");
    assertThat(texts(own.get("log_level_fields"))).contains("level", "severity");
    assertThat(own.get("max_query_series").isInt()).isTrue();
    assertThat(json("/loki/api/v1/status/buildinfo").get("version").asText()).startsWith("3.");
  }

  @Test
  void laysQueriesOut() throws IOException {
    JsonNode laid =
        json("/loki/api/v1/format_query?query=" + encoded("{app=\"shop\"}|json|level=\"info\""));
    assertThat(laid.get("data").asText()).isEqualTo("{app=\"shop\"} | json | level=\"info\"");
  }

  @Test
  void followsLines() {
    assertThat(web().get("/loki/api/v2alpha/tail", TENANT).status()).isEqualTo(404);
    try (SocketClient tail =
        SocketClient.open(
            platform.address(ListenerName.WEB),
            "/loki/api/v1/tail?query=" + encoded("{app=\"store\"} |= \"connection 9\""),
            TENANT)) {
      assertThat(tail.head()).startsWith("HTTP/1.1 101");
      assertThat(tail.next())
          .startsWith("{\"streams\":[{\"stream\":{\"app\":\"store\"")
          .contains("connection 9 closed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"query_range", "query", "series", "patterns", "index/volume"})
  void tellsMistakesAsText(String path) {
    String parameter = path.equals("series") ? "match%5B%5D" : "query";
    Client.Reply reply =
        web().get("/loki/api/v1/%s?%s=%s".formatted(path, parameter, encoded("{app=")), TENANT);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).startsWith("parse error at line 1, col 6: syntax error");
  }

  private static JsonNode lines(String query, String direction, int limit, long from, long to)
      throws IOException {
    return json(
        "/loki/api/v1/query_range?direction=%s&end=%d&limit=%d&query=%s&start=%d&step=2000ms"
            .formatted(direction, ago(to), limit, encoded(query), ago(from)),
        "X-Loki-Response-Encoding-Flags",
        "categorize-labels");
  }

  private static long ago(long seconds) {
    return nowNanos - seconds * 1_000_000_000L;
  }

  /** As {@code toISOString} of JavaScript. */
  private static String iso(long secondsAgo) {
    return encoded(Instant.ofEpochMilli(ago(secondsAgo) / 1_000_000).toString());
  }

  private static String range() {
    return "start=%d&end=%d".formatted(ago(3_600), ago(-1));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode json(String target, String... headers) throws IOException {
    String[] all = new String[headers.length + 2];
    System.arraycopy(TENANT, 0, all, 0, 2);
    System.arraycopy(headers, 0, all, 2, headers.length);
    Client.Reply reply = web().get(target, all);
    assertThat(reply.status()).as(target + ": " + reply.text()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Client web() {
    return new Client(platform.address(ListenerName.WEB));
  }
}
