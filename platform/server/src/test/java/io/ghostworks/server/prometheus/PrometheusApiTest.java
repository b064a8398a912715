package io.ghostworks.server.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.RouteCalls;
import io.ghostworks.server.testing.StillSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the endpoints answer over series in memory. */
class PrometheusApiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NOW_MS = 1_700_000_000_000L;

  private final MemorySeries series = new MemorySeries();
  private final Routes routes = new Routes();
  private final QueryLog queryLog = new QueryLog(new SimulatedTime(NOW_MS), new PlatformMetrics());

  @TempDir private Path folder;

  @BeforeEach
  void addSeries() {
    for (int i = 0; i < 3; i++) {
      series.add(Labels.of("__name__", "up", "job.x", "j" + i), NOW_MS - 1000, i);
    }
    SimulatedTime time = new SimulatedTime(NOW_MS);
    Queries queries =
        new Queries(
            time,
            new RunningQueries(time, time, 1, QueryWatch.NONE),
            new MemoryLedger().open("queries", 1 << 24),
            Duration.ofSeconds(5),
            Runnable::run);
    new QueryApi(
            series,
            queries,
            EngineOptions.DEFAULT,
            QueryWorkers.NONE,
            true,
            queryLog,
            StillSamples.cache())
        .addTo(routes);
    new SeriesApi(series, queries, EngineOptions.DEFAULT.parser()).addTo(routes);
  }

  private JsonNode get(String path, Map<String, String> variables, String... parameters) {
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], parameters[i + 1]);
    }
    return RouteCalls.json(
        routes,
        ListenerName.PROMETHEUS,
        RouteCalls.exchange(TenantId.DEFAULT, path, variables, query));
  }

  @ParameterizedTest
  @CsvSource({
    "vector(1e21), 1e+21",
    "vector(1e-7), 1e-07",
    "vector(123456789), 123456789",
    "vector(-Inf), -Inf"
  })
  void writesValuesOfVectorsAsPrometheus(String query, String value) {
    JsonNode data = get("/api/v1/query", Map.of(), "query", query).get("data");
    assertThat(data.get("result").get(0).get("value").get(1).asText()).isEqualTo(value);
  }

  @Test
  void logsEvaluatedQueriesAsPrometheusAndSwitchesFilesWhereAskedTo() throws IOException {
    Path first = folder.resolve("first.log");
    Path second = folder.resolve("second.log");
    queryLog.open(Optional.of(first)).use();
    JsonNode answer =
        get(
            "/api/v1/query_range",
            Map.of(),
            "query",
            "up{job=\"x\"} > 1 or vector(1)",
            "start",
            "-1.5",
            "end",
            "60",
            "step",
            "2.5");
    assertThat(answer.get("data").has("stats")).isFalse();
    assertThatThrownBy(() -> get("/api/v1/query", Map.of(), "query", "up +"))
        .isInstanceOf(RequestException.class);
    String wrong = "label_replace(up, \"a\", \"b\", \"c\", \"(\")";
    assertThatThrownBy(() -> get("/api/v1/query", Map.of(), "query", wrong))
        .hasMessageContaining("invalid regular expression");
    List<String> lines = Files.readAllLines(first);
    assertThat(lines).hasSize(2); // what does not parse is not logged
    assertThat(lines.getFirst())
        .startsWith(
            "{\"time\":\"2023-11-14T22:13:20Z\",\"level\":\"INFO\",\"source\":\"QueryLog.java\",\"msg\":\"promql"
                + " query"
                + " logged\",\"params\":{\"end\":\"1970-01-01T00:01:00.000Z\",\"query\":\"up{job=\\\"x\\\"}"
                + " > 1 or"
                + " vector(1)\",\"start\":\"1969-12-31T23:59:58.500Z\",\"step\":2},\"stats\":{\"timings\":{\"evalTotalTime\":")
        .endsWith(
            ",\"peakSamples\":%s}},\"spanID\":\"0000000000000000\",\"traceID\":\"00000000000000000000000000000000\",\"httpRequest\":{\"clientIP\":\"192.0.2.7\",\"method\":\"GET\",\"path\":\"/api/v1/query_range\"}}"
                .formatted(MAPPER.readTree(lines.getFirst()).at("/stats/samples/peakSamples")));
    JsonNode failed = MAPPER.readTree(lines.get(1));
    assertThat(failed.get("error").asText())
        .isEqualTo("invalid regular expression in label_replace(): (");
    assertThat(failed.at("/stats/timings").has("execTotalTime")).isTrue();
    assertThat(failed.at("/params/step").asInt(-1)).isZero();

    QueryLog.Opened unused = queryLog.open(Optional.of(folder.resolve("unused.log")));
    unused.close();
    assertThatThrownBy(() -> queryLog.open(Optional.of(folder.resolve("none/a.log"))))
        .hasMessageContaining("global.query_log_file must name a file that can be written");
    get("/api/v1/query", Map.of(), "query", "up");
    assertThat(Files.readAllLines(first)).hasSize(3);
    Files.move(first, second);
    queryLog.open(Optional.of(first)).use();
    get("/api/v1/query", Map.of(), "query", "up");
    assertThat(Files.readAllLines(first)).hasSize(1);
    assertThat(Files.readAllLines(second)).hasSize(3);
    queryLog.open(Optional.empty()).use();
    get("/api/v1/query", Map.of(), "query", "up");
    assertThat(Files.readAllLines(first)).hasSize(1);
  }

  @Test
  void writesScalarsWithoutAnExponent() {
    JsonNode data = get("/api/v1/query", Map.of(), "query", "1e21").get("data");
    assertThat(data.get("result").get(1).asText()).isEqualTo("1000000000000000000000");
  }

  @Test
  void warnsOfAnswersThatAreCut() {
    JsonNode names = get("/api/v1/labels", Map.of(), "limit", "1");
    assertThat(names.get("data")).hasSize(1);
    assertThat(names.get("warnings").get(0).asText()).isEqualTo("results truncated due to limit");
    JsonNode values = get("/api/v1/label/{name}/values", Map.of("name", "job.x"), "limit", "2");
    assertThat(values.get("data")).hasSize(2);
    assertThat(values.has("warnings")).isTrue();
    JsonNode found = get("/api/v1/series", Map.of(), "match[]", "up", "limit", "2");
    assertThat(found.get("data")).hasSize(2);
    assertThat(found.has("warnings")).isTrue();
    assertThat(get("/api/v1/series", Map.of(), "match[]", "up", "limit", "3").has("warnings"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"U__job_2e_x, j0", "job.x, j0", "U____name__, ''"})
  void takesEscapedNames(String name, String first) {
    JsonNode data = get("/api/v1/label/{name}/values", Map.of("name", name)).get("data");
    assertThat(data.path(0).asText()).isEqualTo(first);
  }

  @Test
  void refusesTheEmptyName() {
    assertThatThrownBy(() -> get("/api/v1/label/{name}/values", Map.of("name", "U__")))
        .isInstanceOf(RequestException.class)
        .hasMessage("invalid label name: \"\"");
  }

  @Test
  void findsExemplarsOfAllTimesWithoutARange() {
    assertThat(get("/api/v1/query_exemplars", Map.of(), "query", "up").get("status").asText())
        .isEqualTo("success");
  }

  @Test
  void namesTheTimeThatCannotBeRead() {
    assertThatThrownBy(() -> get("/api/v1/query", Map.of(), "query", "1", "time", "soon"))
        .hasMessage(
            "invalid parameter \"time\": invalid time value for 'time': cannot parse \"soon\" to a"
                + " valid timestamp");
  }
}
