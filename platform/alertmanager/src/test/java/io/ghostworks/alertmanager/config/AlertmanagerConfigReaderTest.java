package io.ghostworks.alertmanager.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Unsupported;
import io.ghostworks.config.YamlReader;
import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertmanagerConfigReaderTest {

  @Test
  void acceptsAndRefusesThePublishedFiles() throws IOException {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    Path folder =
        Path.of(shared == null ? "../shared" : shared, "conformance", "alertmanager-config");
    boolean there = Files.isDirectory(folder);
    assertThat(there || !"true".equals(System.getenv("CI"))).as(folder + " exists").isTrue();
    assumeTrue(there, "skipped: no published files in " + folder);
    List<CaseResult> wrong = new ArrayList<>();
    int files = 0;
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        files++;
        CaseResult result = ConformanceKind.judge(file, mistakes(file));
        if (!result.isPassed()) {
          wrong.add(result);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(files).isGreaterThan(20);
  }

  @Test
  void readsWhatItDoes() {
    Findings findings = new Findings();
    AlertmanagerConfig config =
        read(
            """
            global: {resolve_timeout: 2m, smtp_smarthost: "localhost:2525", smtp_from: a@b}
            route:
              receiver: team
              group_by: [alertname]
              group_wait: 5s
              group_interval: 15s
            receivers:
              - name: team
                webhook_configs:
                  - {url: "http://localhost:8002/hook", max_alerts: 3, timeout: 2.5s}
                email_configs:
                  - {to: c@d, require_tls: false, headers: {subject: "x"}}
            """,
            findings);
    findings.throwIfNotServable();
    assertThat(config.resolveTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.route().options())
        .isEqualTo(
            new RouteOptions(
                "team",
                List.of("alertname"),
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofHours(4),
                List.of(),
                List.of(),
                Map.of()));
    assertThat(config.receiver("team").integrations())
        .extracting(each -> each.kind() + " " + each.target() + " " + each.sendResolved())
        .containsExactly("webhook http://localhost:8002/hook true", "email c@d false");
  }

  @Test
  void readsTheTreeWithWhatRoutesInherit() {
    Findings findings = new Findings();
    AlertmanagerConfig config =
        read(
            """
            route:
              receiver: a
              group_by: [x, alertname]
              labels: {team: none, owner: "{{ .GroupLabels.x }}"}
              routes:
                - match: {sev: page}
                  match_re: {x: "b|c"}
                  matchers: ['n!="1"', '"with space"=~y']
                  continue: true
                  group_by: ['...']
                  group_wait: 0s
                  mute_time_intervals: [nights]
                  routes:
                    - receiver: b
                      group_by: []
                      repeat_interval: 1h
                      labels: {team: core}
                - receiver: b
            inhibit_rules:
              - name: rule
                source_match: {a: b}
                source_match_re: {c: d.*}
                target_matchers: ['e = f', '{g=~"h"}']
                equal: [x, y]
            mute_time_intervals: [{name: nights, time_intervals: [{weekdays: [monday]}]}]
            time_intervals: [{name: days}]
            receivers: [{name: a}, {name: b}, {name: unused}]
            tracing: {endpoint: "localhost:4317"}
            event_recorder: {stdout_outputs: [{}]}
            """,
            findings);
    findings.throwIfNotServable();
    Route first = config.route().routes().getFirst();
    Route below = first.routes().getFirst();
    String matchers = "{n!=\"1\",sev=\"page\",\"with space\"=~\"y\",x=~\"^(?:b|c)$\"}";
    assertThat(first.key()).isEqualTo("{}/" + matchers);
    assertThat(first.id()).isEqualTo("{}/" + matchers + "/0");
    assertThat(below.id()).isEqualTo("{}/" + matchers + "/0/{}/0");
    assertThat(first.options().groupByAll()).isTrue();
    assertThat(first.options().receiver()).isEqualTo("a");
    assertThat(first.options().groupWait()).isZero();
    assertThat(below.options().groupByAll()).isFalse();
    assertThat(below.options().groupBy()).isEmpty();
    assertThat(below.options().groupWait()).isZero();
    assertThat(below.options().repeatInterval()).isEqualTo(Duration.ofHours(1));
    assertThat(below.options().muteTimeIntervals()).isEmpty();
    assertThat(below.options().labels())
        .isEqualTo(Map.of("team", "core", "owner", "{{ .GroupLabels.x }}"));
    assertThat(config.route().groupKey(Labels.of("a", "b\"", "c", "d")))
        .isEqualTo("{}:{a=\"b\\\"\", c=\"d\"}");
    assertThat(config.inhibitRules().getFirst().equal()).containsExactly("x", "y");
    assertThat(Matchers.text(config.inhibitRules().getFirst().sourceMatchers()))
        .isEqualTo("{a=\"b\",c=~\"^(?:d.*)$\"}");
    assertThat(config.timeIntervals()).containsOnlyKeys("nights", "days");
    assertThat(config.usedReceivers())
        .extracting(AlertmanagerConfig.Receiver::name)
        .containsExactly("a", "b");
    assertThat(findings.withoutEffect()).hasSize(2);
  }

  @Test
  void refusesTreesThatAlertmanagerRefuses() {
    String receivers = "receivers: [{name: a}]\n";
    mistake(receivers, "no routes provided");
    mistake(receivers + "route: {}", "root route must specify a default receiver");
    mistake(receivers + "route: {receiver: a, matchers: [a=b]}", "must not have any matchers");
    mistake(receivers + "route: {receiver: a, match: {a: b}}", "must not have any matchers");
    mistake(receivers + "route: {receiver: a, continue: true}", "cannot have continue in root");
    mistake(
        receivers + "route: {receiver: a, mute_time_intervals: [x]}",
        "must not have any mute time intervals");
    mistake(
        receivers + "route: {receiver: a, routes: [{active_time_intervals: [x]}]}",
        "undefined time interval \"x\" used in route");
    mistake(
        receivers + "route: {receiver: a, routes: [{receiver: c}]}",
        "undefined receiver \"c\" used in route");
    mistake(
        receivers + "route: {receiver: a, routes: [{match_re: {a: '('}}]}", "regular expression");
    mistake(
        receivers + "route: {receiver: a, routes: [{match_re: {a: }}]}", "invalid regexp value");
    mistake(receivers + "route: {receiver: a, routes: [{match: {a-b: c}}]}", "invalid label name");
    mistake(receivers + "route: {receiver: a, labels: {'': c}}", "in route labels");
    mistake(receivers + "route: {receiver: a, routes: [{matchers: [a]}]}", "bad matcher format");
    mistake(
        receivers + "route: {receiver: a}\ninhibit_rules: [{equal: ['']}]",
        "invalid label name \"\" in equal list");
    mistake(
        receivers + "route: {receiver: a}\ntime_intervals: [{name: x}, {name: x}]",
        "time interval \"x\" is not unique");
    mistake(
        receivers + "route: {receiver: a}\ntracing: {client_type: grpc}",
        "tracing endpoint must be set");
    mistake(
        receivers + "route: {receiver: a}\nevent_recorder: {kafka_outputs: [{topic: x}]}",
        "at least one broker is required");
  }

  private static void mistake(String text, String reason) {
    Findings findings = new Findings();
    read(text, findings);
    assertThat(findings.errors().stream().map(ConfigError::toString))
        .as(text)
        .anySatisfy(error -> assertThat(error).contains(reason));
  }

  @Test
  void saysWhatItDoesNotDo() {
    Findings findings = new Findings();
    read(
        """
        route: {receiver: a}
        receivers:
          - name: a
            webhook_configs: [{url: "http://x", http_config: {tls_config: {ca_ref: y}}}]
          - name: b
            webhook_configs: [{url: "http://x"}]
        """,
        findings);
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported())
        .extracting(Unsupported::keyPath)
        .containsExactlyInAnyOrder("receivers[0].webhook_configs[0].http_config.tls_config.ca_ref");
  }

  @Test
  void tellsMistakesWithTheirPlace() {
    Findings findings = new Findings();
    read(
        """
        route: {receiver: a, group_by: [x, x], group_interval: 0s}
        receivers:
          - name: b
            webhook_config: []
          - name: b
            webhook_configs: [{url_file: f, url: "http://x"}]
        """,
        findings);
    assertThat(findings.errors().stream().map(ConfigError::toString))
        .anySatisfy(e -> assertThat(e).contains("undefined receiver \"a\" used in route"))
        .anySatisfy(e -> assertThat(e).contains("duplicated label \"x\" in group_by"))
        .anySatisfy(e -> assertThat(e).contains("group_interval cannot be zero"))
        .anySatisfy(e -> assertThat(e).contains("did you mean 'webhook_configs'?"))
        .anySatisfy(e -> assertThat(e).contains("\"b\" is not unique"))
        .anySatisfy(e -> assertThat(e).contains("at most one of url & url_file"))
        .allSatisfy(e -> assertThat(e).startsWith("am.yml:"));
  }

  static AlertmanagerConfig read(String text, Findings findings) {
    return AlertmanagerConfigReader.read(
        text,
        YamlReader.read("am.yml", text),
        Path.of("/nowhere"),
        MatcherSyntax.FALLBACK,
        findings);
  }

  private static List<String> mistakes(Path file) {
    Findings findings = new Findings();
    try {
      AlertmanagerConfigReader.read(file, findings);
    } catch (ConfigException e) {
      findings.errors(e);
    }
    return findings.errors().stream().map(ConfigError::toString).toList();
  }
}
