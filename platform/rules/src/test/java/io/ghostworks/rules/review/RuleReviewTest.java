package io.ghostworks.rules.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.script.SeriesDescription;
import io.ghostworks.query.QueryContext;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The review counts what the history of alerts says, and remarks on what should be looked at. */
class RuleReviewTest {
  private static final long MINUTE = 60_000;
  private static final long BEGIN = 1_700_006_400_000L;
  private static final long END = BEGIN + 200 * MINUTE;

  private final MemorySeries series = new MemorySeries();

  @Test
  void countsHowOftenAndHowLongAlertsFired() {
    load(
        "{alertname=\"Down\",alertstate=\"firing\",job=\"a\",severity=\"page\"} 1x9 stale _x20 1x4"
            + " stale _x10 1x1 stale _x5 1x2 stale");
    load("{alertname=\"Down\",alertstate=\"firing\",job=\"b\",severity=\"page\"} _x190 1x9");
    load("{alertname=\"Down\",alertstate=\"firing\",job=\"a\",severity=\"info\"} 1x200");
    load("{alertname=\"Down\",alertstate=\"pending\",job=\"a\",severity=\"page\"} 1x200");
    ReviewedRule rule = review(rule("Down", Map.of("severity", "page"), null)).getFirst();
    assertThat(rule.alerts()).isEqualTo(2);
    assertThat(rule.fired()).isEqualTo(5);
    assertThat(rule.firingMs()).isEqualTo((10 + 5 + 2 + 3 + 10) * MINUTE);
    assertThat(rule.longestMs()).isEqualTo(10 * MINUTE);
    assertThat(rule.flaps()).isEqualTo(3);
    assertThat(rule.firingNow()).isEqualTo(1);
    assertThat(rule.lastFiredMs()).isEqualTo(BEGIN + 190 * MINUTE);
    assertThat(rule.silenced()).isEqualTo(1);
    assertThat(rule.acknowledged()).isEqualTo(4);
    assertThat(rule.receivers()).containsExactly("team");
    assertThat(rule.remarks())
        .containsExactly(
            "flaps: fired again within an hour 3 times; a longer for, or keep_firing_for, holds"
                + " it");
  }

  @Test
  void endsAnAlertWhoseMarkerWasLost() {
    load("{alertname=\"Down\",alertstate=\"firing\"} 1x9 _x60 1x4");
    ReviewedRule rule = review(rule("Down", Map.of(), null)).getFirst();
    assertThat(rule.fired()).isEqualTo(2);
    assertThat(rule.firingMs()).isEqualTo((9 + 4) * MINUTE);
    assertThat(rule.firingNow()).isZero();
  }

  @Test
  void remarksOnRulesThatDoNotHelp() {
    load("{alertname=\"Always\",alertstate=\"firing\"} 1x200");
    List<ReviewedRule> rules =
        review(
            rule("Never", Map.of("team", "nobody"), null),
            rule("Always", Map.of(), null),
            rule("Broken", Map.of(), "parse error"));
    assertThat(rules).extracting(ReviewedRule::rule).containsExactly("Never", "Broken", "Always");
    assertThat(rules.get(0).remarks())
        .containsExactly("no data for Never", "nobody is told of it", "never fired in 3h20m");
    assertThat(rules.get(1).remarks())
        .containsExactly(
            "its evaluation fails: parse error", "no data for Broken", "never fired in 3h20m");
    assertThat(rules.get(2).remarks())
        .containsExactly("fires nearly always: an alert fired for 3h20m");
  }

  private void load(String labelsAndValues) {
    series.add(SeriesDescription.parse("ALERTS" + labelsAndValues), BEGIN, MINUTE);
  }

  private List<ReviewedRule> review(RuleViews.AlertingView... rules) {
    RuleViews.Group group =
        new RuleViews.Group("g", "f.yml", new ArrayList<>(List.of(rules)), 60, 0, 0, "");
    try (QueryContext context =
        new QueryContext(
            TenantId.DEFAULT,
            Clock.system(),
            Duration.ofMinutes(1),
            new MemoryLedger().open("review", 16 << 20),
            16 << 20)) {
      return new RuleReview(
              series, context, new Outcomes(), (g, rule) -> "no data for " + rule.name())
          .review(List.of(group), BEGIN, END);
    }
  }

  private static RuleViews.AlertingView rule(
      String name, Map<String, String> labels, @Nullable String error) {
    return new RuleViews.AlertingView(
        "inactive",
        name,
        "up == 0",
        0,
        0,
        labels,
        Map.of(),
        List.of(),
        error == null ? "ok" : "err",
        error,
        0,
        "",
        "alerting");
  }

  /** Those at the beginning were silenced; of team nobody nobody is told. */
  private static final class Outcomes implements AlertOutcomes {
    @Override
    public List<String> receivers(Labels labels) {
      return labels.get("team").equals("nobody") ? List.of() : List.of("team");
    }

    @Override
    public boolean wasSilenced(Labels labels, long startMs, long endMs) {
      return startMs == BEGIN && labels.get("severity").equals("page");
    }

    @Override
    public boolean wasAcknowledged(Labels labels, long startMs, long endMs) {
      return labels.get("job").equals("a");
    }
  }
}
