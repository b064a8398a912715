package io.ghostworks.rules;

import static io.ghostworks.rules.RuleBench.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.query.QueryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FallbackTest {

  private static final String RULE =
      """
      groups:
        - name: g
          rules:
            - alert: Down
              expr: up == 0
              labels: {severity: page}
              annotations: {summary: "{{ $labels.job }} is down", %s}
      """;
  private static final String SELECTOR = "count(up)";

  @TempDir Path directory;

  private RuleBench bench(String annotation) {
    return new RuleBench(directory, RULE.formatted(annotation));
  }

  private static void fire(RuleBench bench) {
    bench.answer(SELECTOR, element(2));
    bench.answer("up == 0", element(0, "__name__", "up", "job", "api"));
    bench.advance(15);
    assertThat(bench.state("Down")).isEqualTo("firing");
  }

  @Test
  void withoutBeingAskedMissingDataResolveAsInPrometheus() {
    try (RuleBench bench = bench("x: y")) {
      fire(bench);
      bench.answers.clear();
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("inactive");
    }
  }

  @Test
  void keepsAlertsWhileDataAreMissingButNotWhenAllIsWell() {
    try (RuleBench bench = bench("ghostworks_no_data: keep_last")) {
      fire(bench);
      assertThat(bench.announced.getLast().annotations().toMap())
          .containsOnlyKeys("summary")
          .containsEntry("summary", "api is down");
      bench.answers.clear();
      int told = bench.announced.size();
      bench.advance(150);
      assertThat(bench.state("Down")).isEqualTo("firing");
      assertThat(bench.rule().lastError()).isEqualTo("no data: keep_last");
      assertThat(bench.rule().health()).isEqualTo("ok");
      assertThat(bench.announced.size()).as("told on").isGreaterThan(told);
      bench.answer(SELECTOR, element(2));
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("inactive");
      assertThat(bench.rule().lastError()).isNull();
    }
  }

  @Test
  void missingDataFireARuleThatAsksForIt() {
    try (RuleBench bench = bench("ghostworks_no_data: alerting")) {
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("firing");
      assertThat(bench.announced.getLast().labels().toMap())
          .containsEntry("severity", "page")
          .doesNotContainKey("job");
      bench.answer(SELECTOR, element(2));
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("inactive");
    }
  }

  @Test
  void aFailedEvaluationKeepsFiresOrResolvesAsAsked() {
    for (String word : Fallback.WORDS) {
      try (RuleBench bench = bench("ghostworks_on_error: " + word)) {
        fire(bench);
        bench.failure = new QueryException(QueryException.Kind.EXECUTION, "many-to-many");
        int told = bench.announced.size();
        bench.advance(150);
        assertThat(bench.rule().health()).isEqualTo("err");
        assertThat(bench.rule().lastError()).isEqualTo("many-to-many");
        assertThat(bench.state("Down")).isEqualTo(word.equals("ok") ? "inactive" : "firing");
        assertThat(bench.announced.size()).isGreaterThan(told);
        bench.failure = null;
        bench.answers.clear();
        bench.advance(15 * 70);
      }
    }
  }

  @Test
  void withoutBeingAskedAFailedEvaluationTellsNothing() {
    try (RuleBench bench = bench("x: y")) {
      fire(bench);
      bench.failure = new QueryException(QueryException.Kind.EXECUTION, "many-to-many");
      int told = bench.announced.size();
      bench.advance(150);
      assertThat(bench.state("Down")).isEqualTo("firing");
      assertThat(bench.announced).hasSize(told);
    }
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> RuleBench.file(RULE.formatted("ghostworks_no_data: nodata")))
        .hasMessageContaining(
            "the annotation ghostworks_no_data must be one of keep_last, alerting, ok");
  }
}
