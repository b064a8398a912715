package io.ghostworks.logql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ScriptParserTest {

  @Test
  void loadsEntriesWithRepetitionsAndMetadata() {
    ScriptCommand.Load load =
        (ScriptCommand.Load)
            only(
                """
                load
                  # a comment in the block
                  {b="2", a="1"} "v={{.i}} # no comment" @ 1m30s [repeat every 10s for 2] [metadata k="x y" "two words"="z"] # one
                  {a="1"} `{"json": 1}` @ -5s
                """);
    assertThat(load.entries())
        .containsExactly(
            new ScriptCommand.ScriptEntry(
                Labels.of("a", "1", "b", "2"),
                90_000_000_000L,
                "v=0 # no comment",
                Labels.of("k", "x y", "two words", "z")),
            new ScriptCommand.ScriptEntry(
                Labels.of("a", "1", "b", "2"),
                100_000_000_000L,
                "v=1 # no comment",
                Labels.of("k", "x y", "two words", "z")),
            new ScriptCommand.ScriptEntry(
                Labels.of("a", "1"), -5_000_000_000L, "{\"json\": 1}", Labels.EMPTY));
  }

  @Test
  void readsInstantAndRangeQueries() {
    ScriptCommand.Eval instant =
        (ScriptCommand.Eval)
            only("eval instant at 60s count_over_time({a=\"#\"}[1m]) # why\n  {a=\"\"} 2+3x1 # so");
    assertThat(instant.query()).isEqualTo("count_over_time({a=\"#\"}[1m])");
    assertThat(instant.isInstant()).isTrue();
    assertThat(instant.startNanos()).isEqualTo(60_000_000_000L);
    Expected.Outcome.AllOf all = (Expected.Outcome.AllOf) instant.expected().outcome();
    assertThat(all.series().getFirst().labels().has("a")).isTrue();
    assertThat(all.series().getFirst().points())
        .containsExactly(OptionalDouble.of(2), OptionalDouble.of(5));
    ScriptCommand.Eval range =
        (ScriptCommand.Eval) only("eval range from 0 to 1m step 30s 1 + 2\n\texpect empty\n");
    assertThat(List.of(range.startNanos(), range.endNanos(), range.stepNanos()))
        .containsExactly(0L, 60_000_000_000L, 30_000_000_000L);
  }

  @Test
  void readsPoints() {
    assertThat(ScriptText.points("1 _ -2.5 NaN +Inf -Inf 1-1x2 4x1 1e3"))
        .containsExactly(
            OptionalDouble.of(1),
            OptionalDouble.empty(),
            OptionalDouble.of(-2.5),
            OptionalDouble.of(Double.NaN),
            OptionalDouble.of(Double.POSITIVE_INFINITY),
            OptionalDouble.of(Double.NEGATIVE_INFINITY),
            OptionalDouble.of(1),
            OptionalDouble.of(0),
            OptionalDouble.of(-1),
            OptionalDouble.of(4),
            OptionalDouble.of(4),
            OptionalDouble.of(1000));
    assertThatThrownBy(() -> ScriptText.points("1x9999999")).hasMessageContaining("repeat count");
    assertThatThrownBy(() -> ScriptText.points("1d")).hasMessageContaining("invalid number");
  }

  @Test
  void refusesWhatItCannotReadAndGoesOn() {
    List<ScriptCommand> commands =
        ScriptParser.parse(
            """
            load
              {a="1"} "x"

            load
              {a="1"} "x" @ 0s [repeat every 1s for 0]

            load
              {a="1"} "x" @ 0s [metadata k=v]

            load
              {a="1"} "x" @ 0s and more

            load

            bogus
            eval instant 60s x
            eval instant at 60s x

            eval instant at 60s x
              expect fail
              expect empty

            eval instant at 60s x
              expect ordered
              1

            eval instant at 60s x
              expect nothing

            eval instant at 60s x
              skip values-comparison on "elsewhere"
              1

            eval range from 1m to 0s step 1s x
              1
            clear
            """);
    assertThat(commands.subList(0, commands.size() - 1))
        .extracting(command -> ((ScriptCommand.Unreadable) command).reason())
        .satisfiesExactly(
            reason -> assertThat(reason).contains("missing '@ <start>' timestamp"),
            reason -> assertThat(reason).contains("repeat count must be at least 1"),
            reason -> assertThat(reason).contains("expected key=\"value\" pairs"),
            reason -> assertThat(reason).contains("unexpected content after log line"),
            reason -> assertThat(reason).contains("load block has no data lines"),
            reason -> assertThat(reason).contains("unexpected command \"bogus\""),
            reason -> assertThat(reason).contains("malformed eval"),
            reason -> assertThat(reason).contains("no expectation"),
            reason -> assertThat(reason).contains("conflicting expectations"),
            reason -> assertThat(reason).contains("requires series"),
            reason -> assertThat(reason).contains("unsupported expect annotation"),
            reason -> assertThat(reason).contains("unknown stack \"elsewhere\""),
            reason -> assertThat(reason).contains("positive step"));
    assertThat(commands.getLast()).isInstanceOf(ScriptCommand.Clear.class);
  }

  @Test
  void failuresAreMatchedByTextOrExpression() {
    assertThat(failure("expect fail").matches("any")).isTrue();
    assertThat(failure("expect fail msg: b c").matches("a b c d")).isTrue();
    assertThat(failure("expect fail msg: b c").matches("a b d")).isFalse();
    assertThat(failure("expect fail regex: ^a.*d$").matches("a b d")).isTrue();
  }

  private static Expected.Outcome.Failure failure(String line) {
    ScriptCommand.Eval eval = (ScriptCommand.Eval) only("eval instant at 1s x\n  " + line);
    return (Expected.Outcome.Failure) eval.expected().outcome();
  }

  private static ScriptCommand only(String script) {
    List<ScriptCommand> commands = ScriptParser.parse(script);
    assertThat(commands).hasSize(1);
    return commands.getFirst();
  }
}
