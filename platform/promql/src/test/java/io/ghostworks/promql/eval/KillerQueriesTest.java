package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries that are made to end a process: each gives an answer or a clear error, in time and in a
 * small budget, and gives all memory back.
 */
class KillerQueriesTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long NOW_MS = 480_000 * HOUR_MS;
  private static final long BUDGET_BYTES = 48L << 20;
  private static final Duration TIMEOUT = Duration.ofMillis(1500);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(15);
  private static final MemorySeries SERIES = new MemorySeries();
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withParser(ParserOptions.ALL);

  private final MemoryBudget budget = new MemoryLedger().open("queries", BUDGET_BYTES);

  @BeforeAll
  static void fill() {
    for (int i = 0; i < 1500; i++) {
      Labels labels =
          Labels.of(
              "__name__", "requests_total", "instance", "i" + i, "job", "j" + i % 3, "le", "" + i);
      for (int k = 0; k < 20; k++) {
        SERIES.add(labels, NOW_MS - k * 15_000L, i * 1.37 + k);
      }
    }
    double[] counts = new double[3000];
    for (int k = 0; k < 10; k++) {
      FloatHistogram wide =
          new FloatHistogram(
              FloatHistogram.CounterReset.UNKNOWN,
              8,
              0,
              0,
              0,
              0,
              new int[] {0},
              new int[] {counts.length},
              counts,
              new int[0],
              new int[0],
              new double[0],
              new double[0]);
      for (int i = 0; i < 50; i++) {
        SERIES.add(Labels.of("__name__", "wide", "n", "" + i), NOW_MS - k * 15_000L, wide);
      }
    }
  }

  /** Those that take no time; all of them are among the long tests. */
  static Stream<String> quickQueries() {
    return queries().filter(query -> query.length() < 200).limit(24);
  }

  static Stream<String> queries() {
    String all = "{__name__=~\".+\"}";
    List<String> queries = new ArrayList<>();
    queries.add("{__name__=~\"" + "(a|b|c)*".repeat(2_000) + "\"}");
    queries.add("{instance=~\"(((((.*)*)*)*)*)*x\"}");
    queries.add("{instance=~\".{1000}{1000}\"}");
    queries.add("{instance=~\"((a{1000}){1000}){1000}\"}");
    queries.add("{instance=~\"" + "(".repeat(100_000) + ")".repeat(100_000) + "\"}");
    queries.add("{instance=~\"" + "i?".repeat(500) + "i".repeat(500) + "\"}");
    queries.add(all + " * on() group_left() " + all);
    queries.add("requests_total * on(job) group_left(le) requests_total");
    queries.add("requests_total + ignoring(instance, le) requests_total");
    queries.add("requests_total and on() requests_total or on() requests_total");
    queries.add("sum_over_time(rate(requests_total[5m])[30d:1s])");
    queries.add(
        "max_over_time(max_over_time(max_over_time(requests_total[1h:1s])[1d:1m])[30d:1h])");
    queries.add("sum_over_time(vector(1)[1000y:1ms])");
    queries.add("count_over_time(count_over_time(vector(1)[10d:1s])[10d:1s])");
    queries.add("quantile_over_time(0.5, vector(time())[10d:1s])");
    queries.add("quantile_over_time(0.5, requests_total[100y])");
    queries.add(
        "label_replace(requests_total, \"x\", \""
            + "$1".repeat(50_000)
            + "\", \"instance\", \"(.*)\")");
    queries.add("label_replace(requests_total, \"x\", \"$1$1\", \"instance\", \"((((.*)*)*)*)\")");
    queries.add(bomb(24));
    queries.add(
        "label_join(requests_total, \"x\", \""
            + ",".repeat(100_000)
            + "\", \"instance\", \"job\", \"le\")");
    queries.add("count_values(\"v\", requests_total * time())");
    queries.add("count_values(\"v\", wide)");
    queries.add("count_values without() (\"v\", rand_missing or requests_total[1m:1s] @ 0)");
    queries.add("quantile by (instance, le) (0.5, " + all + ")");
    queries.add("topk(1e9, " + all + ")");
    queries.add("limitk(1e18, " + all + ")");
    queries.add("absent(" + all + ")");
    queries.add("absent_over_time(" + all + "[100y])");
    queries.add("requests_total @ 9223372036");
    queries.add("rate(requests_total[292y] @ end() offset -292y)");
    queries.add("rate(requests_total[5m] offset 10000y)");
    queries.add("sort_by_label(" + all + ", \"instance\", \"le\", \"job\")");
    queries.add("sort_desc(" + all + ")");
    queries.add("histogram_quantile(0.9, requests_total)");
    queries.add("histogram_quantile(0.9, sum by (n) (rate(wide[5m])))");
    queries.add("sum(wide) + sum(wide) * 3 / 2");
    queries.add("sum_over_time(wide[5m:1s])");
    queries.add("info(requests_total, " + all + ")");
    queries.add("(".repeat(100_000) + "1" + ")".repeat(100_000));
    queries.add("-".repeat(100_000) + "1");
    queries.add("1" + " + 1".repeat(100_000));
    queries.add("abs(".repeat(50_000) + "requests_total" + ")".repeat(50_000));
    queries.add("sum(".repeat(400) + "requests_total" + ")".repeat(400));
    queries.add("requests_total" + "[5m:1m]".repeat(3_000));
    queries.add("requests_total[" + "(".repeat(50_000) + "5m");
    queries.add("\"" + "\\x".repeat(500_000));
    queries.add("{a=\"" + "x".repeat(1_000_000) + "\"}");
    queries.add("sum by (" + "a,".repeat(200_000) + "b) (requests_total)");
    queries.add("requests_total{" + "a!=\"\",".repeat(100_000) + "}");
    queries.add("round(requests_total, 5e-324) ^ 1e308 % 0");
    return queries.stream();
  }

  /** Doubles a label at each level. */
  private static String bomb(int levels) {
    String query = "label_replace(requests_total, \"x\", \"aaaaaaaa\", \"\", \"\")";
    for (int i = 0; i < levels; i++) {
      query = "label_replace(" + query + ", \"x\", \"$1$1\", \"x\", \"(.*)\")";
    }
    return query;
  }

  @ParameterizedTest
  @MethodSource("quickQueries")
  void endsInLittleMemory(String query) {
    ends(context -> PromqlEngine.instant(query, NOW_MS, context, SERIES, OPTIONS));
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("queries")
  void endsAtOnce(String query) {
    ends(context -> PromqlEngine.instant(query, NOW_MS, context, SERIES, OPTIONS));
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("queries")
  void endsOverAMonth(String query) {
    ends(context ->
        PromqlEngine.range(
            query, NOW_MS - 720 * HOUR_MS, NOW_MS, 240_000, context, SERIES, OPTIONS));
  }

  @Test
  void refusesABillionSteps() {
    String told =
        ends(context -> PromqlEngine.range("up", 0, 1_000_000_000L, 1, context, SERIES, OPTIONS));
    assertThat(told).contains("too many samples");
    assertThat(
            ends(context ->
                PromqlEngine.range("up", 0, Long.MAX_VALUE, 1, context, SERIES, OPTIONS)))
        .contains("too many samples");
  }

  private interface Evaluation {
    QueryAnswer run(QueryContext context);
  }

  /** What the error says, or "" for an answer; on a thread as the server has them. */
  private String ends(Evaluation evaluation) {
    CompletableFuture<String> told = new CompletableFuture<>();
    Thread.ofPlatform()
        .stackSize(RunningQueries.STACK_BYTES)
        .start(() -> {
          try {
            told.complete(evaluated(evaluation));
          } catch (RuntimeException | Error e) {
            told.completeExceptionally(e);
          }
        });
    return told.orTimeout(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }

  private String evaluated(Evaluation evaluation) {
    String told = "";
    try (QueryContext context =
        new QueryContext(TenantId.DEFAULT, Clock.system(), TIMEOUT, budget, BUDGET_BYTES / 2)) {
      QueryAnswer answer = evaluation.run(context);
      assertThat(answer.result()).isNotNull();
      assertThat(context.peakBytes()).isLessThanOrEqualTo(BUDGET_BYTES / 2);
    } catch (QueryException | OverloadedException e) {
      told = String.valueOf(e.getMessage());
      assertThat(told).isNotBlank();
    }
    assertThat(budget.usedBytes()).isZero();
    return told;
  }
}
