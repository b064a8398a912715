package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.script.SeriesDescription;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class QueryProfileTest {
  private static final MemorySeries SERIES = new MemorySeries();
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withParser(ParserOptions.ALL);

  @BeforeAll
  static void load() {
    for (String series :
        List.of(
            "metricWith1SampleEvery10Seconds 1+1x100",
            "metricWith3SampleEvery10Seconds{a=\"1\",b=\"1\"} 1+1x100",
            "metricWith3SampleEvery10Seconds{a=\"2\",b=\"2\"} 1+1x100",
            "metricWith3SampleEvery10Seconds{a=\"3\",b=\"2\"} 1+1x100",
            "metricWith1HistogramEvery10Seconds {{schema:1 count:5 sum:20 buckets:[1 2 1 1]}}"
                + "+{{schema:1 count:10 sum:5 buckets:[1 2 3 4]}}x100")) {
      SERIES.add(SeriesDescription.parse(series), 0, 10_000);
    }
  }

  private static QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT,
        new SimulatedTime(0),
        Duration.ofMinutes(1),
        new MemoryLedger().open("queries", 1 << 24),
        1 << 24);
  }

  private static QueryAnswer evaluate(
      String query, long startMs, long endMs, long stepMs, QueryProfile profile) {
    try (QueryContext context = context()) {
      return stepMs == 0
          ? PromqlEngine.instant(query, startMs, context, SERIES, OPTIONS, profile)
          : PromqlEngine.range(query, startMs, endMs, stepMs, context, SERIES, OPTIONS, profile);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "query-statistics.txt", delimiter = '|', quoteCharacter = '§')
  void countsSamplesAsPrometheusDoes(
      String query,
      long start,
      long end,
      long step,
      long total,
      long read,
      String totalPerStep,
      String readPerStep) {
    QueryStatistics statistics =
        Objects.requireNonNull(
            evaluate(query, start * 1000, end * 1000, step * 1000, QueryProfile.ofSamples())
                .statistics());
    assertThat(statistics.totalPerStep()).isEqualTo(numbers(totalPerStep));
    assertThat(statistics.readPerStep()).isEqualTo(numbers(readPerStep));
    assertThat(statistics.totalSamples()).isEqualTo(total);
    assertThat(statistics.samplesRead()).isEqualTo(read);
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  @Test
  void measuresEachNode() {
    String query = "sum by (b) (rate(metricWith3SampleEvery10Seconds[1m])) / 2 + vector(time())";
    QueryProfile profile = QueryProfile.ofNodes();
    QueryAnswer measured = evaluate(query, 100_000, 400_000, 60_000, profile);
    try (QueryContext context = context()) {
      assertThat(measured.result().toString())
          .isEqualTo(
              PromqlEngine.range(query, 100_000, 400_000, 60_000, context, SERIES, OPTIONS)
                  .result()
                  .toString());
    }
    PlanNode root = Objects.requireNonNull(profile.plan());
    assertThat(root.kind()).isEqualTo("binary");
    PlanNode sum = root.children().getFirst().children().getFirst();
    assertThat(sum.kind()).isEqualTo("aggregation");
    assertThat(Objects.requireNonNull(sum.cost()).series()).isEqualTo(2);
    PlanNode rate = sum.children().getFirst();
    PlanNode.Cost cost = Objects.requireNonNull(rate.cost());
    assertThat(cost.evaluations()).isEqualTo(1);
    assertThat(cost.series()).isEqualTo(3);
    assertThat(cost.points()).isEqualTo(18);
    PlanNode range = rate.children().getFirst();
    assertThat(range.expression()).isEqualTo("metricWith3SampleEvery10Seconds[1m]");
    assertThat(range.reads()).isEqualTo(new PlanNode.Reads(40_001, 400_000, 0));
  }

  @Test
  void explainsWithoutReading() {
    try (QueryContext context = context()) {
      PlanNode plan =
          PromqlEngine.explain(
              "max_over_time(up[1h:5m] offset 1m) + on() (up @ 7)",
              0,
              600_000,
              60_000,
              context,
              SERIES,
              OPTIONS);
      PlanNode subquery = plan.children().getFirst().children().getFirst();
      assertThat(subquery.kind()).isEqualTo("subquery");
      assertThat(subquery.children().getFirst().times())
          .isEqualTo(new PlanNode.Times(-3_600_000, 300_000, 14));
      assertThat(plan.children().getLast().once()).isTrue();
      assertThat(plan.cost()).isNull();
      assertThat(context.samplesRead()).isZero();
    }
  }
}
