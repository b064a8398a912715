package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Series computed by several threads, and folded while they come. */
class StageRunTest {
  private static final int SERIES = 600;
  private static final long END_MS = 7_200_000;
  private static final long STEP_MS = 15_000;

  private final SimulatedTime time = new SimulatedTime(0);
  private final MemoryBudget queries = new MemoryLedger().open("queries", 1 << 28);
  private final QueryWorkers workers = new QueryWorkers(3);
  private final MemorySeries series = new MemorySeries();

  @AfterEach
  void close() {
    workers.close();
    assertThat(queries.usedBytes()).isZero();
  }

  private QueryAnswer range(String query, QueryWorkers helpers) {
    try (QueryContext context = context(helpers)) {
      return PromqlEngine.range(query, 0, END_MS, STEP_MS, context, series, EngineOptions.DEFAULT);
    }
  }

  private QueryContext context(QueryWorkers helpers) {
    return new QueryContext(TenantId.DEFAULT, time, Duration.ofMinutes(1), queries, 1 << 28)
        .withWorkers(helpers);
  }

  private void fill(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < SERIES; i++) {
      Labels labels =
          Labels.of("__name__", i % 7 == 0 ? "b" : "a_total", "i", "" + i, "j", "" + i % 13);
      double value = 0;
      for (long at = random.nextInt(900_000); at < END_MS; at += 60_000) {
        value = random.nextInt(50) == 0 ? random.nextDouble() : value + random.nextDouble();
        series.add(labels, at, random.nextInt(60) == 0 ? Double.NaN : value);
      }
    }
  }

  /** All bits of an answer, those of NaNs as one. */
  private static String text(QueryAnswer answer) {
    StringBuilder out = new StringBuilder();
    for (SeriesPoints points : ((QueryResult.Matrix) answer.result()).series()) {
      out.append('\n').append(points.labels());
      for (int i = 0; i < points.size(); i++) {
        out.append(' ')
            .append(points.timestampMs(i))
            .append('=')
            .append(Long.toHexString(Double.doubleToLongBits(points.value(i))));
      }
    }
    return out.toString();
  }

  @Test
  void givesTheSameBitsAndCountsWithAnyNumberOfThreads() {
    long seed = Long.getLong("ghostworks.seed", System.nanoTime());
    fill(seed);
    for (String query :
        List.of(
            "sum by (j) (rate(a_total[5m]))",
            "sum(a_total)",
            "avg without (i) (a_total)",
            "stddev by (j) (avg_over_time(b[10m]))",
            "topk(3, increase(a_total[10m]))",
            "rate(b[5m])",
            "sum by (j) (a_total) / on (j) count by (j) (a_total)",
            "quantile_over_time(0.7, a_total[9m])")) {
      QueryAnswer alone = range(query, QueryWorkers.NONE);
      QueryAnswer together = range(query, workers);
      assertThat(text(together)).as("%s, seed %d", query, seed).isEqualTo(text(alone));
      assertThat(together.samplesLoaded()).isEqualTo(alone.samplesLoaded());
      assertThat(together.peakSamples()).isEqualTo(alone.peakSamples());
      assertThat(together.infos()).isEqualTo(alone.infos());
    }
  }

  @Test
  void foldsWhileReadingToTheBitsOfWholeVectors() {
    long seed = Long.getLong("ghostworks.seed", System.nanoTime());
    fill(seed);
    for (String operator :
        List.of("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar")) {
      for (String grouping :
          List.of("", "by (j) ", "by (j, __name__) ", "without (i) ", "by (nothing) ")) {
        for (String input : List.of("rate(a_total[5m])", "max_over_time({i=~\".+\"}[7m])")) {
          String query = operator + " " + grouping + "(" + input + ")";
          String whole = operator + " " + grouping + "(" + input + " * 1)";
          assertThat(text(range(query, workers)))
              .as("%s, seed %d", query, seed)
              .isEqualTo(text(range(whole, QueryWorkers.NONE)));
        }
      }
    }
  }

  @Test
  void computesOnceWhatIsAskedTwiceWithTheSameBitsAndCounts() {
    long seed = Long.getLong("ghostworks.seed", System.nanoTime());
    fill(seed);
    for (String inner : List.of("sum by (j) (rate(a_total[5m]))", "a_total", "-a_total")) {
      QueryAnswer shared = range("(%s) / ((%s) + (%s))".formatted(inner, inner, inner), workers);
      String other = inner.replace("a_total", "a_total{i!=\"\"}");
      String third = inner.replace("a_total", "a_total{j!=\"\"}");
      QueryAnswer apart = range("(%s) / ((%s) + (%s))".formatted(inner, other, third), workers);
      assertThat(text(shared)).as("%s, seed %d", inner, seed).isEqualTo(text(apart));
      assertThat(shared.samplesLoaded()).isEqualTo(apart.samplesLoaded());
      assertThat(shared.peakSamples()).isEqualTo(apart.peakSamples());
    }
  }

  @Test
  void refusesNamesThatFallAwayFromEqualSeriesAlsoWhenFolding() {
    series.add(Labels.of("__name__", "a", "i", "1"), 1000, 1);
    series.add(Labels.of("__name__", "b", "i", "1"), 1000, 1);
    assertThatThrownBy(() -> range("sum(max_over_time({i=\"1\"}[5m]))", QueryWorkers.NONE))
        .isInstanceOf(QueryException.class)
        .hasMessage("vector cannot contain metrics with the same labelset");
    assertThat(text(range("sum(last_over_time({i=\"1\"}[5m]))", QueryWorkers.NONE))).isNotEmpty();
  }

  @Test
  void endsAtOnceWithTheQuerysOwnErrorWhenItIsCanceled() {
    fill(1);
    try (QueryContext context = context(workers)) {
      context.cancel();
      assertThatThrownBy(() ->
              PromqlEngine.range(
                  "sum(rate(a_total[5m]))",
                  0,
                  END_MS,
                  STEP_MS,
                  context,
                  series,
                  EngineOptions.DEFAULT))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("query was canceled");
    }
  }
}
