package io.ghostworks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissedWhileDownTest {

  private static final Labels GROUP = Labels.of("rule_group", "rules.yml;g");

  @TempDir Path directory;

  @Test
  void tellsWhichSlotsOfWhichGroupPassedWhileTheProgramDidNotRun() {
    try (RuleBench bench = new RuleBench(directory, RuleEngineTest.DOWN)) {
      bench.advance(62);
      bench.end();
      bench.time.setEpochMs(bench.time.epochMs() + 60_000);
      bench.open();
      List<MissedEvaluations> missed = bench.engine().missedWhileDown(RuleBench.TENANT);
      MissedEvaluations own =
          missed.stream().filter(m -> m.group().equals("g")).findFirst().orElseThrow();
      assertThat(own.iterations()).isEqualTo(4);
      assertThat(own.lastSlotNanos() - own.firstSlotNanos()).isEqualTo(45_000_000_000L);
      assertThat(own.lastSlotNanos()).isLessThanOrEqualTo(bench.time.epochNanos());
      assertThat(own.file()).isEqualTo("rules.yml");
      assertThat(counter(bench, "ghostworks_rule_group_iterations_missed_while_down_total"))
          .isEqualTo(4);
      assertThat(counter(bench, "prometheus_rule_group_iterations_missed_total")).isZero();
      bench.restart();
      assertThat(bench.engine().missedWhileDown(RuleBench.TENANT))
          .as("an immediate restart misses nothing")
          .hasSize(missed.size());
    }
  }

  private static long counter(RuleBench bench, String name) {
    return bench.metrics.counter(name, "", GROUP).value();
  }

  @Test
  void aNewGroupHasMissedNothing() {
    try (RuleBench bench = new RuleBench(directory, RuleEngineTest.DOWN)) {
      assertThat(bench.engine().missedWhileDown(RuleBench.TENANT)).isEmpty();
    }
  }
}
