package io.ghostworks.alertmanager.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.alertmanager.config.NobodyIsTold;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingViewTest {

  private static final String CONFIG =
      """
      route:
        receiver: all
        group_by: [job, alertname]
        routes:
          - matchers: ['team="core"', 'severity=~"a|b"']
            receiver: core
            continue: true
            group_by: ['...']
            mute_time_intervals: [nights]
          - active_time_intervals: [office]
            repeat_interval: 1h
      receivers:
        - name: all
        - name: core
          webhook_configs: [{url: "http://h/a"}]
      inhibit_rules:
        - source_matchers: [severity="critical"]
          target_matchers: [severity="warning"]
          equal: [job]
      time_intervals:
        - name: nights
          time_intervals: [{times: [{start_time: "00:00", end_time: "06:30"}]}]
        - name: office
          time_intervals:
            - weekdays: ["monday:friday", sunday]
              days_of_month: ["1:-1"]
              months: [may:june]
              years: ["2026:2030"]
              location: Europe/Berlin
      """;

  private static RoutingView view(String config, String at) {
    Findings findings = new Findings();
    AlertmanagerConfig read =
        AlertmanagerConfigReader.read(
            config,
            YamlReader.read("am.yml", config),
            Path.of("/nowhere"),
            MatcherSyntax.FALLBACK,
            findings);
    findings.throwIfNotServable();
    Instant time = Instant.parse(at);
    return RoutingView.of(read, time.getEpochSecond() * 1_000_000_000L);
  }

  @Test
  void showsRoutesWithWhatTheyInherit() {
    RoutingView.Node root = view(CONFIG, "2026-03-02T03:00:00Z").route();
    assertThat(root.groupBy()).containsExactly("alertname", "job");
    assertThat(root.integrations()).isEmpty();
    RoutingView.Node core = root.routes().getFirst();
    assertThat(core.matchers()).containsExactly("severity=~\"a|b\"", "team=\"core\"");
    assertThat(core.continues()).isTrue();
    assertThat(core.groupBy()).containsExactly("...");
    assertThat(core.integrations()).containsExactly("core/webhook[0]");
    RoutingView.Node office = root.routes().get(1);
    assertThat(office.receiver()).isEqualTo("all");
    assertThat(office.repeatInterval()).isEqualTo("1h");
    assertThat(office.groupWait()).isEqualTo("30s");
    assertThat(office.id()).isNotEqualTo(core.id());
  }

  @Test
  void tellsWhichIntervalsHoldAtTheTimeAndWhenThatChanges() {
    RoutingView night = view(CONFIG, "2026-03-02T03:00:00Z");
    RoutingView.Interval nights = night.timeIntervals().getFirst();
    assertThat(nights.active()).isTrue();
    assertThat(nights.changesAt()).startsWith("2026-03-02T06:30:00");
    assertThat(nights.parts().getFirst().times()).containsExactly("00:00-06:30");
    assertThat(night.route().routes().getFirst().heldBy()).containsExactly("nights");
    assertThat(night.route().routes().get(1).heldBy()).containsExactly("office");
    RoutingView.Interval office = night.timeIntervals().get(1);
    assertThat(office.active()).isFalse();
    assertThat(office.changesAt()).startsWith("2026-04-30T22:00:00");
    assertThat(office.parts().getFirst())
        .isEqualTo(
            new RoutingView.IntervalPart(
                null,
                List.of("monday:friday", "sunday"),
                List.of("1:-1"),
                List.of("may:june"),
                List.of("2026:2030"),
                "Europe/Berlin"));
    RoutingView day = view(CONFIG, "2026-05-04T12:00:00Z");
    assertThat(day.route().routes().getFirst().heldBy()).isEmpty();
    assertThat(day.route().routes().get(1).heldBy()).isEmpty();
    assertThat(day.timeIntervals().getFirst().changesAt()).startsWith("2026-05-05T00:00:00");
  }

  @Test
  void showsInhibitRulesAndWhetherAnythingIsConfigured() {
    RoutingView view = view(CONFIG, "2026-03-02T03:00:00Z");
    assertThat(view.configured()).isTrue();
    assertThat(view.inhibitRules())
        .containsExactly(
            new RoutingView.Inhibition(
                "", "{severity=\"critical\"}", "{severity=\"warning\"}", List.of("job")));
    assertThat(view(NobodyIsTold.TEXT, "2026-03-02T03:00:00Z").configured()).isFalse();
  }
}
