package io.ghostworks.promql.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import org.junit.jupiter.api.Test;

class StepReachTest {
  private static final long MINUTE_MS = 60_000;

  @Test
  void followsRangesOffsetsAndLookback() {
    assertThat(of("a")).isEqualTo(moving(-5, 0));
    assertThat(of("a offset 2m + sum(b offset -3m)")).isEqualTo(moving(-7, 3));
    assertThat(of("rate(a[10m] offset 1h)")).isEqualTo(moving(-75, -60));
    assertThat(of("-(1 + time())")).isEqualTo(moving(0, 0));
    assertThat(of("increase(a[10m] smoothed)")).isEqualTo(moving(-15, 5));
    assertThat(of("max_over_time(rate(a[10m] offset 1m)[30m:1m] offset -5m)"))
        .isEqualTo(new StepReach("", -41 * MINUTE_MS, 4 * MINUTE_MS, none(), -none() - 1, 60_000));
  }

  @Test
  void fixedTimesStayWhereTheyAre() {
    assertThat(of("a @ 6000 offset 10m"))
        .isEqualTo(new StepReach("", 0, 0, 5_100_000, 5_400_000, 0));
    assertThat(of("avg_over_time((a + b offset 1h)[20m:5m] @ 9000)"))
        .isEqualTo(new StepReach("", 0, 0, 9_000_000 - 85 * MINUTE_MS, 9_000_000, 0));
  }

  @Test
  void refusesWhatDependsOnTheWholeRange() {
    for (String query :
        new String[] {
          "a @ start()",
          "rate(a[5m] @ end())",
          "vector(range())",
          "vector(end())",
          "rate(a[step() + 5m])",
          "a offset (range())",
          "sum_over_time(a[1m:1m])",
          "info(a)",
          "a offset 290y",
        }) {
      assertThat(of(query).refusal()).as(query).isNotEmpty();
    }
    assertThat(of("sum_over_time(a[2m:1m])").isRefused()).isFalse();
    assertThat(of("vector(step())").isRefused()).isFalse();
  }

  private static StepReach moving(long fromMinutes, long throughMinutes) {
    return new StepReach(
        "", fromMinutes * MINUTE_MS, throughMinutes * MINUTE_MS, none(), -none() - 1, 0);
  }

  private static long none() {
    return Long.MAX_VALUE;
  }

  private static StepReach of(String query) {
    return StepReach.of(new PromqlParser(ParserOptions.ALL).parse(query), EngineOptions.DEFAULT);
  }
}
