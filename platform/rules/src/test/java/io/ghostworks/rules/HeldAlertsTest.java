package io.ghostworks.rules;

import static io.ghostworks.rules.RuleBench.element;
import static io.ghostworks.rules.RuleEngineTest.API_DOWN;
import static io.ghostworks.rules.RuleEngineTest.DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of alerts while their data are not whole, and after a pause. */
class HeldAlertsTest {

  @TempDir Path directory;

  @Test
  void afterALongPauseAlertsWaitForTheirDataToReturn() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      bench.end();
      bench.time.advance(Duration.ofMinutes(30));
      bench.answer("up == 0");
      bench.open();
      bench.advance(60);
      assertThat(bench.state("Down")).isEqualTo("firing");
      bench.answer("up == 0", API_DOWN);
      bench.advance(120);
      assertThat(bench.state("Down")).isEqualTo("firing");
      assertThat(bench.announced)
          .extracting(ReceivedAlerts.Row::startsAtNanos)
          .hasSizeGreaterThan(2)
          .containsOnly(bench.announced.getFirst().startsAtNanos());
    }
  }

  @Test
  void afterAShortPauseFiringAlertsWaitForTheirDataToReturn() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      bench.end();
      bench.time.advance(Duration.ofSeconds(60));
      bench.answer("up == 0");
      bench.open();
      bench.advance(30);
      assertThat(bench.state("Down")).isEqualTo("firing");
      bench.advance(150);
      assertThat(bench.state("Down")).isEqualTo("inactive");
    }
  }

  @Test
  void afterAPauseAPendingAlertDoesNotFireBeforeItsConditionIsSeen() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(30);
      assertThat(bench.state("Down")).isEqualTo("pending");
      bench.end();
      bench.time.advance(Duration.ofMinutes(10));
      bench.answer("up == 0");
      bench.open();
      bench.advance(60);
      assertThat(bench.state("Down")).isEqualTo("pending");
      bench.advance(120);
      assertThat(bench.state("Down")).isEqualTo("inactive");
      assertThat(bench.told("Down")).isEmpty();
    }
  }

  @Test
  void afterAPauseAPendingAlertGoesOnFromWhenItBegan() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(30);
      bench.end();
      bench.time.advance(Duration.ofMinutes(10));
      bench.answer("up == 0");
      bench.open();
      bench.advance(30);
      bench.answer("up == 0", API_DOWN);
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("firing");
    }
  }

  @Test
  void alertsOfARuleThatIsGoneDoNotComeBackWithIt() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      assertThat(bench.state("Down")).isEqualTo("firing");
      RuleFile other = RuleBench.file(DOWN.replace("alert: Down", "alert: Other"));
      bench.engine().replace(List.of(other), RuleBench.settings());
      bench.end();
      bench.answer("up == 0");
      bench.open();
      assertThat(bench.state("Down")).isNotEqualTo("firing");
    }
  }

  @Test
  void alertsWaitForTheirDataAlsoAfterTheReplayThatFollowsAPause() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      bench.end();
      bench.time.advance(Duration.ofMinutes(30));
      bench.answer("up == 0");
      bench.hold = hold(Hold.Reason.REPLAY);
      bench.open();
      bench.advance(150);
      bench.hold = Optional.empty();
      bench.advance(90);
      assertThat(bench.state("Down")).isEqualTo("firing");
      bench.advance(60);
      assertThat(bench.state("Down")).isEqualTo("inactive");
    }
  }

  @Test
  void holdsWhileDataAreNotWhole() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      bench.hold = hold(Hold.Reason.REPLAY);
      bench.answer("up == 0");
      bench.advance(600);
      assertThat(bench.state("Down")).isEqualTo("firing");
      assertThat(bench.rule().lastError()).isEqualTo("held: something is missing");
      assertThat(bench.told("Down").getLast().endsAtNanos()).isGreaterThan(bench.time.epochNanos());
      bench.hold = Optional.empty();
      bench.failure = new OverloadedException("later", Duration.ofSeconds(1));
      bench.advance(60);
      assertThat(bench.state("Down")).isEqualTo("firing");
      bench.failure = null;
      bench.advance(15);
      assertThat(bench.state("Down")).as("its samples have to return first").isEqualTo("firing");
      bench.advance(60);
      assertThat(bench.state("Down")).isEqualTo("inactive");
    }
  }

  @Test
  void aBuiltInAlertSaysWhyAlertsAreHeld() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.advance(60);
      assertThat(bench.state("GhostworksAlertsHeld")).isEqualTo("inactive");
      bench.hold = hold(Hold.Reason.LOW_DISK);
      bench.advance(15);
      assertThat(bench.state("GhostworksAlertsHeld")).isEqualTo("pending");
      bench.advance(30);
      assertThat(bench.state("GhostworksAlertsHeld")).isEqualTo("firing");
      ReceivedAlerts.Row firing = bench.told("GhostworksAlertsHeld").getFirst();
      assertThat(firing.labels())
          .isEqualTo(
              Labels.of(
                  "alertname", "GhostworksAlertsHeld",
                  "severity", "critical",
                  "tenant", "default",
                  "reason", "low_disk",
                  "cluster", "eu"));
      assertThat(firing.annotations().get("summary"))
          .isEqualTo("Alerts of tenant default keep their states: its data are not whole");
      assertThat(firing.annotations().get("description"))
          .startsWith("The disk of the data directory is low")
          .endsWith("grow the disk.");
      assertThat(firing.endsAtNanos()).isGreaterThan(bench.time.epochNanos());
      assertThat(bench.written.keySet())
          .contains(
              "ALERTS{alertname=\"GhostworksAlertsHeld\", alertstate=\"firing\","
                  + " reason=\"low_disk\", severity=\"critical\", tenant=\"default\"}");
      bench.restart();
      assertThat(bench.state("GhostworksAlertsHeld")).isEqualTo("firing");
      bench.hold = Optional.empty();
      bench.advance(15);
      assertThat(bench.state("GhostworksAlertsHeld")).isEqualTo("inactive");
      assertThat(bench.told("GhostworksAlertsHeld").getLast().endsAtNanos())
          .isLessThanOrEqualTo(bench.time.epochNanos());
    }
  }

  @Test
  void everyReasonForHoldingHasItsAdvice() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      for (Hold.Reason reason : Hold.Reason.values()) {
        bench.hold = hold(reason);
        bench.advance(60);
        ReceivedAlerts.Row told =
            bench.told("GhostworksAlertsHeld").stream()
                .filter(row -> row.labels().get("reason").equals(reason.word()))
                .findFirst()
                .orElseThrow();
        assertThat(told.annotations().get("description"))
            .hasSizeGreaterThan(60)
            .endsWith(".")
            .doesNotContain("{{");
      }
    }
  }

  @Test
  void theBuiltInGroupIsShownAsSuchAndOnlyBesideAlerts() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      RuleViews.Group last =
          bench.engine().views(RuleBench.TENANT).rules(RuleViews.Request.ALL).groups().getLast();
      assertThat(last.file()).isEqualTo("built-in");
      assertThat(last.name()).isEqualTo("ghostworks");
    }
    String recording = "groups: [{name: g, rules: [{record: r, expr: up}]}]";
    try (RuleBench bench = new RuleBench(directory.resolve("b"), recording)) {
      assertThat(bench.engine().views(RuleBench.TENANT).rules(RuleViews.Request.ALL).groups())
          .extracting(RuleViews.Group::name)
          .containsExactly("g");
    }
  }

  @Test
  void recordsWhatThereIsWhileAlertsAreHeldAsLongAsItCanBeRead() {
    String rules = DOWN + "  - name: h\n    rules: [{record: r, expr: up}]\n";
    try (RuleBench bench = new RuleBench(directory, rules)) {
      bench.answer("up", element(1, "job", "x"));
      bench.hold = hold(Hold.Reason.REPLAY);
      bench.advance(60);
      assertThat(bench.written).doesNotContainKey("r{job=\"x\"}");
      bench.hold = hold(Hold.Reason.LOW_DISK);
      bench.advance(60);
      assertThat(bench.written.get("r{job=\"x\"}")).hasSize(4);
    }
  }

  private static Optional<Hold> hold(Hold.Reason reason) {
    return Optional.of(new Hold(reason, "something is missing"));
  }
}
