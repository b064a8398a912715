package io.ghostworks.server.prometheus;

import static io.ghostworks.server.prometheus.StoredHistory.DAY_MS;
import static io.ghostworks.server.prometheus.StoredHistory.START_MS;
import static io.ghostworks.server.prometheus.StoredHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.promql.cache.ResultCache;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.RouteCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code max_source_resolution} over files of samples and rows, and what answers say of it. */
class SourceResolutionApiTest {
  private static final long NOW_SECONDS = (START_MS + 12 * 3_600_000L) / 1000;

  private final Routes routes = new Routes();
  private StoredHistory history;

  @BeforeEach
  void storeTwoDays() throws IOException {
    history = new StoredHistory(RetentionPolicy.defaults());
    HistorySeries series = new HistorySeries(3, 60_000);
    for (int day = 0; day < 2; day++) {
      history.moveTo(START_MS + (day + 1) * DAY_MS);
      history.offer(TENANT, series.batch(START_MS + day * DAY_MS, history.nowMs()));
    }
    history.moveTo(history.nowMs() + DAY_MS);
    history.upkeep();
    SimulatedTime idle = new SimulatedTime(0);
    Queries queries =
        new Queries(
            history.clock(),
            new RunningQueries(history.clock(), idle, 1, QueryWatch.NONE),
            new MemoryLedger().open("queries", 1 << 28),
            Duration.ofSeconds(50),
            Runnable::run);
    ResultCache results =
        new ResultCache(
            history.engine(), new MemoryLedger().open("results", 1 << 24), new PlatformMetrics());
    new QueryApi(
            history.engine(),
            queries,
            EngineOptions.DEFAULT,
            QueryWorkers.NONE,
            true,
            new QueryLog(idle, new PlatformMetrics()),
            results)
        .addTo(routes);
    new ExplainApi(history.engine(), queries, EngineOptions.DEFAULT, results).addTo(routes);
  }

  @AfterEach
  void close() throws IOException {
    history.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0s, 300, raw",
    "0, 300, raw",
    "'', 300, raw",
    "5m, 300, 5m",
    "300, 300, 5m",
    "1h, 300, 1h",
    "59m, 300, 5m",
    "1d, 300, 1h",
    "auto, 60, raw",
    "auto, 1500, 5m",
    "auto, 18000, 1h"
  })
  void choosesAndNamesTheResolution(String asked, String step, String used) {
    JsonNode answer =
        get(
            ListenerName.PROMETHEUS,
            "/api/v1/query_range",
            Map.of(
                "query",
                "max_over_time(counter[6h])",
                "start",
                "" + (NOW_SECONDS - 7200),
                "end",
                "" + NOW_SECONDS,
                "step",
                step,
                "max_source_resolution",
                asked,
                "stats",
                "all"));
    assertThat(answer.at("/data/result")).hasSize(1);
    JsonNode resolutions = answer.at("/data/stats/samples/resolutions");
    if (used.equals("raw")) {
      // As Prometheus answers, to the last byte.
      assertThat(resolutions.isMissingNode()).isTrue();
      assertThat(answer.has("infos")).isFalse();
    } else {
      assertThat(resolutions).hasToString("[\"" + used + "\"]");
      assertThat(answer.get("infos"))
          .hasToString(
              "[\"PromQL info: answered from downsampled samples (resolutions: %s)\"]"
                  .formatted(used));
    }
  }

  @Test
  void namesTheResolutionOfInstantQueriesWithoutBeingAskedForStatistics() {
    JsonNode answer =
        get(
            ListenerName.PROMETHEUS,
            "/api/v1/query",
            Map.of(
                "query",
                "max_over_time(gauge[1d])",
                "time",
                "" + NOW_SECONDS,
                "max_source_resolution",
                "1h"));
    assertThat(answer.get("infos")).hasSize(1);
    assertThat(answer.at("/data/stats").isMissingNode()).isTrue();
  }

  @Test
  void plansAndAnalysesNameTheResolution() {
    Map<String, String> parameters =
        Map.of(
            "query",
            "max_over_time(counter[6h])",
            "time",
            "" + NOW_SECONDS,
            "max_source_resolution",
            "5m",
            "analyze",
            "true");
    JsonNode analysis = get(ListenerName.WEB, "/api/platform/promql/explain", parameters);
    assertThat(analysis.at("/cost/resolutions")).hasToString("[\"5m\"]");
    assertThat(analysis.findValue("reads").get("resolutionMs").asLong()).isEqualTo(300_000);
    assertThat(analysis.get("infos")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5m", "-1", "five", "5 m", "1e300"})
  void refusesWhatIsNoResolution(String asked) {
    assertThatThrownBy(() ->
            get(
                ListenerName.PROMETHEUS,
                "/api/v1/query",
                Map.of("query", "up", "max_source_resolution", asked)))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("invalid parameter \"max_source_resolution\": ");
  }

  private JsonNode get(ListenerName listener, String path, Map<String, String> parameters) {
    return RouteCalls.json(
        routes, listener, RouteCalls.exchange(TENANT, path, Map.of(), parameters));
  }
}
