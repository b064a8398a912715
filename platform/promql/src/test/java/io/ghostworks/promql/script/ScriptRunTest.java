package io.ghostworks.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRunTest {

  @Test
  void tellsEachFailureWithItsLine() {
    List<ScriptRun.Outcome> outcomes =
        ScriptRun.run(
            """
            load 1m
              a{x="1"} 1 2 3

            eval instant at 1m a
              a{x="1"} 2

            eval instant at 1m a
              a{x="1"} 3

            eval instant at 1m a
              expect fail

            eval instant at 1m sum(

            bogus
            """);
    assertThat(outcomes).extracting(ScriptRun.Outcome::line).containsExactly(4, 7, 10, 13, 15);
    assertThat(outcomes.get(0).failure()).isEmpty();
    assertThat(outcomes.get(1).failure()).contains("expected 3 but got 2");
    assertThat(outcomes.get(2).failure()).contains("expected an error");
    assertThat(outcomes.get(3).failure()).contains("1:5: parse error: unclosed left parenthesis");
    assertThat(outcomes.get(4).failure()).contains("invalid command");
  }

  @Test
  void readsTheSeriesNotation() {
    SeriesDescription series =
        SeriesDescription.parse(
            "up{job=\"a b\", \"x.y\"='z'} 1 _x2 1+2x2 -1-0.5x1 stale {{count:2}}x1");
    assertThat(series.labels()).hasToString("up{job=\"a b\", \"x.y\"=\"z\"}");
    assertThat(series.values()).hasSize(1 + 2 + 3 + 2 + 1 + 2);
    assertThat(series.values().get(5).value()).isEqualTo(5);
    assertThat(series.values().get(7).value()).isEqualTo(-1.5);
    assertThat(series.values().get(10).histogram()).isNotNull();
  }

  @Test
  void refusesUnboundedRepetitions() {
    assertThatThrownBy(() -> SeriesDescription.parse("a 1x999999999"))
        .hasMessageContaining("at most");
  }
}
