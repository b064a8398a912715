package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.script.SeriesDescription;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromqlEngineTest {
  private static final long MINUTE = 60_000;

  private final MemoryBudget budget = new MemoryLedger().open("test", 64L << 20);
  private final MemorySeries series = new MemorySeries();

  @AfterEach
  void allMemoryIsGivenBack() {
    assertThat(budget.usedBytes()).isZero();
  }

  private void load(String description) {
    series.add(SeriesDescription.parse(description), 0, MINUTE);
  }

  private QueryContext context(long bytes) {
    return new QueryContext(
        TenantId.DEFAULT, new SimulatedTime(0), Duration.ofSeconds(10), budget, bytes);
  }

  private QueryAnswer instant(String query, long timeMs) {
    try (QueryContext context = context(64L << 20)) {
      return PromqlEngine.instant(query, timeMs, context, series, EngineOptions.DEFAULT);
    }
  }

  private QueryAnswer range(String query, long endMs, long stepMs) {
    try (QueryContext context = context(64L << 20)) {
      return PromqlEngine.range(query, 0, endMs, stepMs, context, series, EngineOptions.DEFAULT);
    }
  }

  private static QueryResult.Vector vector(QueryAnswer answer) {
    return (QueryResult.Vector) answer.result();
  }

  @Test
  void extrapolatesRatesToTheBit() {
    load("http_requests_total{path=\"/a\"} 0 10.1 20.7 31 44");
    double rate =
        vector(instant("rate(http_requests_total[3m])", 4 * MINUTE)).samples().get(0).value();
    // two of three intervals are sampled; the start is half an interval and more away
    double increase = 44 - 20.7;
    double factor = (120 + 60.0 + 0) / 120 / 180;
    assertThat(rate).isEqualTo(increase * factor);
  }

  @Test
  void lookbackLeavesOutItsOldestMoment() {
    load("a 1");
    assertThat(vector(instant("a", 5 * MINUTE - 1)).samples()).hasSize(1);
    assertThat(vector(instant("a", 5 * MINUTE)).samples()).isEmpty();
  }

  @Test
  void removesNamesWhereTheMeaningChanges() {
    load("a{x=\"1\"} 1");
    assertThat(vector(instant("a + 1", 0)).samples().get(0).labels())
        .isEqualTo(Labels.of("x", "1"));
    assertThat(vector(instant("a > 0", 0)).samples().get(0).labels().metricName()).isEqualTo("a");
    load("b{x=\"1\"} 1");
    assertThatThrownBy(() -> instant("abs({x=\"1\"})", 0))
        .isInstanceOf(QueryException.class)
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @Test
  void answersRangesAsSortedColumns() {
    load("a{x=\"2\"} 1 2 _ 4");
    load("a{x=\"1\"} 1 stale");
    QueryResult.Matrix matrix = (QueryResult.Matrix) range("a", 3 * MINUTE, MINUTE).result();
    assertThat(matrix.series()).extracting(p -> p.labels().get("x")).containsExactly("1", "2");
    assertThat(matrix.series().get(0).size()).isEqualTo(1);
    assertThat(matrix.series().get(1).size()).isEqualTo(4);
    assertThat(matrix.series().get(1).value(2)).isEqualTo(2);
  }

  @Test
  void tellsWarningsAndInfosWithPositions() {
    load("requests 1 2 3");
    QueryAnswer answer = instant("rate(requests[5m])", 2 * MINUTE);
    assertThat(answer.infos())
        .containsExactly(
            "PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"requests\" (1:6)");
    assertThat(instant("quantile(2, requests)", 0).warnings())
        .containsExactly("PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)");
  }

  @Test
  void saysWhoseFaultAFailureIs() {
    assertThatThrownBy(() -> instant("a +", 0))
        .asInstanceOf(type(QueryException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(QueryException.Kind.BAD_QUERY))
        .satisfies(e -> assertThat(e).hasMessage("1:4: parse error: unexpected end of input"));
    load("a{x=\"1\"} 1");
    load("a{x=\"2\"} 1");
    load("b{y=\"1\"} 1");
    assertThatThrownBy(() -> instant("b * on() a", 0))
        .asInstanceOf(type(QueryException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(QueryException.Kind.EXECUTION))
        .satisfies(e ->
            assertThat(e)
                .hasMessage(
                    "found duplicate series for the match group {} on the right hand-side of the operation: [{__name__=\"a\", x=\"1\"}, {__name__=\"a\", x=\"2\"}];many-to-many matching not allowed: matching labels must be unique on one side"));
    assertThatThrownBy(() -> range("a[5m]", MINUTE, MINUTE))
        .hasMessage(
            "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
  }

  @Test
  void staysWithinItsMemoryAndSamples() {
    load("a 1x500");
    try (QueryContext context = context(10_000)) {
      assertThatThrownBy(() ->
              PromqlEngine.range(
                  "a", 0, 500 * MINUTE, 1000, context, series, EngineOptions.DEFAULT))
          .asInstanceOf(type(QueryException.class))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(QueryException.Kind.LIMIT));
    }
    assertThatThrownBy(() -> range("a", Long.MAX_VALUE / 2, 1))
        .asInstanceOf(type(QueryException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(QueryException.Kind.LIMIT));
  }

  @Test
  void evaluatesDeepExpressionsWithoutExhaustingTheStack() {
    load("a 1");
    String query = "-(".repeat(250) + "a" + ")".repeat(250);
    assertThat(vector(instant(query, 0)).samples().get(0).value()).isEqualTo(1);
    assertThat(vector(instant("a" + " + a".repeat(250), 0)).samples().get(0).value())
        .isEqualTo(251);
  }

  @Test
  void sumsWithCompensation() {
    load("a{x=\"1\"} 1e100");
    load("a{x=\"2\"} 1");
    load("a{x=\"3\"} -1e100");
    assertThat(vector(instant("sum(a)", 0)).samples().get(0).value()).isEqualTo(1);
  }
}
