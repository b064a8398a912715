package io.ghostworks.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.logql.script.ScriptLogs;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogqlEngineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MEMORY = 16L << 20;

  private final ScriptLogs logs = new ScriptLogs();

  @Test
  void stepsAreLimited() {
    assertThat(range("vector(1)", 11_000).series().getFirst().size()).isEqualTo(11_001);
    assertThatThrownBy(() -> range("vector(1)", 11_001))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "exceeded maximum resolution of 11,000 points per time series. Try increasing the value"
                + " of the step parameter");
  }

  @Test
  void seriesAreLimited() {
    for (int i = 0; i < 3; i++) {
      logs.add(Labels.of("app", "a", "pod", "" + i), 60 * SECOND, "x", Labels.EMPTY);
    }
    LogqlOptions two = new LogqlOptions(2, Duration.ZERO, 11_000);
    for (LogqlRequest request :
        new LogqlRequest[] {
          LogqlRequest.instant("count_over_time({app=\"a\"}[1m])", 60 * SECOND),
          LogqlRequest.range("count_over_time({app=\"a\"}[1m])", 0, 60 * SECOND, SECOND)
        }) {
      assertThatThrownBy(() -> query(request, two, MEMORY))
          .hasMessageStartingWith("maximum number of series (2) reached for a single query")
          .extracting(e -> ((QueryException) e).kind())
          .isEqualTo(QueryException.Kind.LIMIT);
    }
    LogqlRequest summed =
        LogqlRequest.instant("sum(count_over_time({app=\"a\"}[1m]))", 60 * SECOND);
    assertThat(query(summed, two, MEMORY))
        .isEqualTo(
            new LogqlResult.Vector(
                java.util.List.of(new LogqlResult.Sample(Labels.EMPTY, 60_000, 3))));
  }

  @Test
  void rangesAreLimitedWhereALimitIsSet() {
    LogqlOptions hour = new LogqlOptions(500, Duration.ofHours(1), 11_000);
    LogqlRequest request =
        LogqlRequest.instant("1 + sum(count_over_time({app=\"a\"}[2h]))", 60 * SECOND);
    assertThatThrownBy(() -> query(request, hour, MEMORY))
        .hasMessage("[interval] value exceeds limit: [2h] > [1h]");
  }

  @Test
  void memoryIsThatOfTheQuery() {
    for (int i = 0; i < 20_000; i++) {
      logs.add(Labels.of("app", "a"), i * SECOND / 1000, "x" + i, Labels.of("v", "0." + i));
    }
    LogqlRequest request =
        LogqlRequest.range(
            "quantile_over_time(0.5, {app=\"a\"} | unwrap v [1m])", 0, 60 * SECOND, 10 * SECOND);
    assertThat(query(request, LogqlOptions.DEFAULT, MEMORY)).isNotNull();
    assertThatThrownBy(() -> query(request, LogqlOptions.DEFAULT, 200_000))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("more than 200000 bytes of memory");
  }

  @Test
  void logQueriesNeedARange() {
    assertThatThrownBy(
            () -> query(LogqlRequest.instant("{app=\"a\"}", SECOND), LogqlOptions.DEFAULT, MEMORY))
        .hasMessageStartingWith("log queries are not supported as an instant query type");
  }

  @Test
  void aNumberIsNoVector() {
    assertThatThrownBy(
            () -> query(LogqlRequest.instant("sum(1)", SECOND), LogqlOptions.DEFAULT, MEMORY))
        .hasMessageContaining("*syntax.LiteralExpr");
  }

  @Test
  void everythingHeldIsGivenBack() {
    logs.add(Labels.of("app", "a"), SECOND, "x", Labels.EMPTY);
    MemoryLedger ledger = new MemoryLedger();
    var budget = ledger.open("test", MEMORY);
    try (QueryContext context =
        new QueryContext(
            TenantId.DEFAULT, Clock.system(), Duration.ofSeconds(60), budget, MEMORY)) {
      LogqlEngine.query(
          LogqlRequest.instant("approx_topk(1, count_over_time({app=\"a\"}[1m]))", SECOND),
          context,
          logs.source(),
          LogqlOptions.DEFAULT);
      assertThat(budget.usedBytes()).isPositive();
    }
    assertThat(budget.usedBytes()).isZero();
  }

  private LogqlResult.Matrix range(String query, int steps) {
    return (LogqlResult.Matrix)
        query(LogqlRequest.range(query, 0, steps * SECOND, SECOND), LogqlOptions.DEFAULT, MEMORY);
  }

  private LogqlResult query(LogqlRequest request, LogqlOptions options, long memoryBytes) {
    try (QueryContext context =
        new QueryContext(
            TenantId.DEFAULT,
            Clock.system(),
            Duration.ofSeconds(60),
            new MemoryLedger().open("test", MEMORY),
            memoryBytes)) {
      return LogqlEngine.query(request, context, logs.source(), options).result();
    }
  }
}
