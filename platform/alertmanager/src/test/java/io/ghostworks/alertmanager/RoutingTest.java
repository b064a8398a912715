package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.api.AlertFilter;
import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.state.ReceivedAlerts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts on their way along the routing tree, past what holds them, to several receivers. */
class RoutingTest {

  private static final String RECEIVERS =
      """
      receivers:
        - name: root
          webhook_configs: [{url: "http://h/root"}]
        - name: a
          webhook_configs: [{url: "http://h/a"}, {url: "http://h/a2", send_resolved: false}]
        - name: b
          webhook_configs: [{url: "http://h/b"}]
      """;

  @TempDir Path directory;

  private AlertmanagerBench bench(String config) {
    return new AlertmanagerBench(directory, config + RECEIVERS);
  }

  /** {@code path status groupKey alerts} of each request, in order. */
  private static List<String> told(AlertmanagerBench bench) {
    return bench.requests.stream()
        .map(request -> {
          try {
            JsonNode body = new ObjectMapper().readTree(request.body());
            return "%s %s %s %d"
                .formatted(
                    request.uri().getPath().substring(1),
                    body.path("status").asText(),
                    body.path("groupKey").asText(),
                    body.path("alerts").size());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .sorted()
        .toList();
  }

  @Test
  void anAlertTakesEveryRouteThatMatchesAndEachGroupsItAsItSays() {
    try (AlertmanagerBench bench =
        bench(
            """
            route:
              receiver: root
              group_by: [alertname]
              group_wait: 1s
              routes:
                - matchers: [team="x"]
                  receiver: a
                  continue: true
                  group_by: [job]
                  routes:
                    - match_re: {job: "d.*"}
                      receiver: b
                - matchers: [team=~"x|y"]
                  receiver: b
                  group_wait: 3s
                - matchers: [team="x"]
            """)) {
      bench.fire("Down", "team", "x", "job", "web");
      bench.fire("Down", "team", "x", "job", "db");
      bench.fire("Down", "team", "z");
      bench.advance(2);
      assertThat(told(bench))
          .containsExactly(
              "a firing {}/{team=\"x\"}:{job=\"web\"} 1",
              "a2 firing {}/{team=\"x\"}:{job=\"web\"} 1",
              "b firing {}/{team=\"x\"}/{job=~\"^(?:d.*)$\"}:{job=\"db\"} 1",
              "root firing {}:{alertname=\"Down\"} 1");
      bench.requests.clear();
      bench.advance(2);
      assertThat(told(bench)).containsExactly("b firing {}/{team=~\"x|y\"}:{alertname=\"Down\"} 2");
    }
  }

  @Test
  void nobodyIsToldBeforeWhatIsStoredIsTakenOver() {
    String config =
        """
        route: {receiver: root, group_by: [alertname], group_wait: 1s, group_interval: 5s}
        inhibit_rules:
          - {source_matchers: [alertname="Cause"], target_matchers: [alertname="Effect"]}
        """;
    try (AlertmanagerBench bench = bench(config)) {
      bench.fire("Cause");
      bench.advance(2);
      bench.fire("Effect");
      bench.advance(10);
      bench.end();
      bench.beforeStart =
          () -> {
            bench.fire("Effect");
            bench.advance(60);
          };
      bench.open();
      bench.advance(60);
      bench.fire("New");
      bench.advance(2);
      assertThat(told(bench))
          .containsExactly(
              "root firing {}:{alertname=\"Cause\"} 1", "root firing {}:{alertname=\"New\"} 1");
    }
  }

  @Test
  void aResolvedAlertIsForgottenOnceEveryRouteHasToldIt() {
    try (AlertmanagerBench bench =
        bench(
            """
            route:
              receiver: root
              group_wait: 1s
              group_interval: 5s
              routes:
                - {receiver: a, continue: true}
                - {receiver: b, group_interval: 20s}
            """)) {
      bench.fire("Down");
      bench.advance(2);
      bench.resolve("Down");
      bench.advance(6);
      assertThat(told(bench))
          .containsExactly(
              "a firing {}/{}:{} 1",
              "a resolved {}/{}:{} 1",
              "a2 firing {}/{}:{} 1",
              "b firing {}/{}:{} 1");
      assertThat(stored(bench)).hasSize(1);
      bench.advance(20);
      assertThat(told(bench)).contains("b resolved {}/{}:{} 1");
      assertThat(stored(bench)).isEmpty();
    }
  }

  private static List<ReceivedAlerts.Row> stored(AlertmanagerBench bench) {
    return bench.state().transaction(t -> t.receivedAlerts().all(TenantId.DEFAULT));
  }

  @Test
  void inhibitedAlertsAreToldOnceTheirSourceIsOver() {
    try (AlertmanagerBench bench =
        bench(
            """
            route: {receiver: b, group_wait: 1s, group_interval: 5s, group_by: [alertname]}
            inhibit_rules:
              - {source_matchers: [sev=critical], target_matchers: [sev=warning], equal: [job]}
            """)) {
      bench.fire("Slow", "sev", "warning", "job", "x");
      bench.fire("Down", "sev", "critical", "job", "x");
      bench.fire("Slow", "sev", "warning", "job", "y");
      bench.advance(2);
      assertThat(told(bench))
          .containsExactly(
              "b firing {}:{alertname=\"Down\"} 1", "b firing {}:{alertname=\"Slow\"} 1");
      List<AlertmanagerApi.GettableAlert> held =
          bench.api().alerts(AlertFilter.ALL).stream()
              .filter(alert -> alert.status().state().equals("suppressed"))
              .toList();
      assertThat(held).hasSize(1);
      assertThat(held.getFirst().labels()).containsEntry("job", "x");
      assertThat(held.getFirst().status().inhibitedBy()).hasSize(1);
      assertThat(metrics(bench))
          .contains(
              "alertmanager_alerts{state=\"active\", tenant=\"default\"} 2.0",
              "alertmanager_alerts{state=\"suppressed\", tenant=\"default\"} 1.0",
              "alertmanager_dispatcher_aggregation_groups{tenant=\"default\"} 2.0",
              "alertmanager_inhibition_rules{tenant=\"default\"} 1.0",
              "alertmanager_notifications_suppressed_total{reason=\"inhibition\","
                  + " tenant=\"default\"} 1.0",
              "alertmanager_notifications_total{integration=\"webhook\"} 2.0",
              "alertmanager_notification_requests_total{integration=\"webhook\"} 2.0",
              "alertmanager_notification_latency_seconds_count{integration=\"webhook\"} 2.0");
      bench.resolve("Down", "sev", "critical", "job", "x");
      bench.requests.clear();
      bench.advance(5);
      assertThat(told(bench))
          .containsExactly(
              "b firing {}:{alertname=\"Slow\"} 2", "b resolved {}:{alertname=\"Down\"} 1");
    }
  }

  private static List<String> metrics(AlertmanagerBench bench) {
    List<String> samples = new ArrayList<>();
    bench.metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            samples.add(name + labels + " " + value);
          }
        });
    return samples;
  }

  @Test
  void groupsAreMutedOutsideOfTheirTimesAndSayByWhat() {
    try (AlertmanagerBench bench =
        bench(
            """
            route:
              receiver: root
              group_wait: 1s
              group_interval: 30s
              routes:
                - {matchers: [r=mute], receiver: a, mute_time_intervals: [soon, minute]}
                - {matchers: [r=active], receiver: b, active_time_intervals: [soon]}
            time_intervals:
              - {name: minute, time_intervals: [{times: [{start_time: "22:13", end_time: "22:14"}]}]}
              - {name: soon, time_intervals: [{times: [{start_time: "22:14", end_time: "22:15"}]}]}
            """)) {
      bench.fire("Down", "r", "mute"); // at 22:13:20
      bench.fire("Down", "r", "active");
      bench.advance(2);
      assertThat(told(bench)).isEmpty();
      assertThat(bench.api().groups(AlertFilter.ALL))
          .extracting(
              group -> group.receiver().name() + group.alerts().getFirst().status().mutedBy())
          .containsExactly("a[minute]", "b[soon]");
      bench.advance(60);
      assertThat(told(bench)).containsExactly("b firing {}/{r=\"active\"}:{} 1");
      assertThat(bench.api().groups(AlertFilter.ALL))
          .extracting(
              group -> group.receiver().name() + group.alerts().getFirst().status().mutedBy())
          .containsExactly("a[soon]", "b[]");
      bench.advance(60);
      assertThat(told(bench))
          .containsExactly(
              "a firing {}/{r=\"mute\"}:{} 1",
              "a2 firing {}/{r=\"mute\"}:{} 1",
              "b firing {}/{r=\"active\"}:{} 1");
    }
  }

  @Test
  void silencedAlertsAreNotToldAndWhatIsUnderWayIsGivenUp() {
    try (AlertmanagerBench bench =
        bench("route: {receiver: b, group_wait: 1s, group_interval: 5s}\n")) {
      bench.unreachable = true;
      bench.fire("Down", "job", "x");
      bench.advance(2);
      bench.silenced = labels -> labels.get("job").equals("x");
      bench.advance(5);
      bench.requests.clear();
      bench.unreachable = false;
      bench.advance(120);
      assertThat(told(bench)).isEmpty();
      bench.fire("Down", "job", "y");
      bench.advance(5);
      assertThat(told(bench)).containsExactly("b firing {}:{} 1");
      bench.silenced = labels -> false;
      bench.advance(5);
      assertThat(told(bench)).containsExactly("b firing {}:{} 1", "b firing {}:{} 2");
    }
  }

  @Test
  void routeLabelsAreTemplatesThatMayAskForOneAnother() {
    try (AlertmanagerBench bench =
        bench(
            """
            route:
              receiver: root
              group_wait: 1s
              group_by: [alertname]
              labels:
                text: '{{ .GroupLabels.alertname }} of {{ routeLabels "team" }}: {{ len .Alerts }}'
                team: nobody
                loop: '{{ routeLabels "loop" }}'
              routes:
                - {receiver: b, labels: {team: "{{ .CommonLabels.team | toUpper }}"}}
            """)) {
      bench.fire("Down", "team", "core");
      bench.advance(2);
      assertThat(new String(bench.requests.getFirst().body(), StandardCharsets.UTF_8))
          .contains("\"routeLabels\":{\"team\":\"CORE\",\"text\":\"Down of CORE: 1\"}");
      assertThat(bench.api().groups(AlertFilter.ALL).getFirst().routeLabels())
          .containsEntry("text", "Down of CORE: 1");
    }
  }
}
