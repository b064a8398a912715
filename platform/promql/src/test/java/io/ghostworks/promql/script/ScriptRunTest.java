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
  void startAndEndOfAnInstantQueryAreItsTime() {
    assertPasses(
        """
        load 1m
          a 1+1x10

        eval instant at 5m a @ start()
          a 6

        eval instant at 5m count_over_time(a[2m] @ end()) + sum_over_time(a[2m:1m] @ end() offset 1m)
          {} 11
        """);
  }

  @Test
  void warnsOfAQuantileThatIsNotANumberBeforeAllOthers() {
    assertPasses(
        """
        load 1m
          q 0.5 2 _ _ _ _ _ _ _ _
          a 1x9

        eval range from 0 to 9m step 1m quantile(scalar(q), a)
          expect warn msg: PromQL warning: quantile value should be between 0 and 1, got NaN (1:10)
          {} 1 Inf Inf Inf Inf Inf NaN NaN NaN NaN
        """);
  }

  @Test
  void refusesUnboundedRepetitions() {
    assertThatThrownBy(() -> SeriesDescription.parse("a 1x999999999"))
        .hasMessageContaining("at most");
  }

  @Test
  void ratesLookAtTheStartsOfCounters() {
    assertPasses(
        """
        load 1m
          restarted_total@st  _ -30s -90s -30s -90s
          restarted_total     _   60  120  180  240
          delta_total@st      _ _ -1mx3
          delta_total         _ _ 60x3
          alone_total@st      _ _ _ -90s _
          alone_total         _ _ _  10  _

        eval instant at 4m resets(restarted_total[4m1ms])
          {} 1

        eval instant at 4m increase(restarted_total[210001ms])
          {} 360

        eval instant at 5m increase(delta_total[4m])
          {} 240

        eval instant at 4m irate(delta_total[4m])
          {} 1

        eval instant at 4m round(increase(alone_total[4m]))
          {} 10

        eval instant at 4m start_timestamp(restarted_total)
          {} 150

        eval instant at 4m start_timestamp(restarted_total * 1)
        """);
  }

  @Test
  void warnsOfStartsThatOverlapEarlierSamples() {
    assertPasses(
        """
        load 1m
          a_total@st  _ -2m -2m -2m
          a_total     _  60 120 180

        eval instant at 3m rate(a_total[3m])
          {} 1
          expect warn msg: PromQL warning: sample has start time that overlaps with previous sample timestamp for metric "a_total" (1:6)
        """);
  }

  @Test
  void timesOfAFixedSelectorAreLookedForWithoutItsOffsetAmongWhatIsReadWithIt() {
    assertPasses(
        """
        load 1m
          a  0+1x10

        eval instant at 10m timestamp(a @ 300 offset -2m)
          {} 300

        eval instant at 10m timestamp(a @ 300 offset 2m)
          {} 180
        """);
  }

  @Test
  void refusesStartsThatDoNotFitTheirSeries() {
    List<ScriptRun.Outcome> outcomes =
        ScriptRun.run(
            """
            load 1m
              a@st -1s -1s
              a    1

            load 1m
              a@st -1s

            load 1m
              a@st -1s
              b    1
            """);
    assertThat(outcomes)
        .extracting(ScriptRun.Outcome::failure)
        .containsExactly(
            "@st line has 2 values but sample line has 1",
            "@st line has no following sample line",
            "@st metric does not match the following sample line metric");
  }

  private static void assertPasses(String script) {
    assertThat(ScriptRun.run(script)).extracting(ScriptRun.Outcome::failure).containsOnly("");
  }
}
