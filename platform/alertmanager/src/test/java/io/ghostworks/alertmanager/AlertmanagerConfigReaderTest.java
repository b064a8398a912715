package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Unsupported;
import io.ghostworks.config.YamlReader;
import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(config.route())
        .isEqualTo(
            new AlertmanagerConfig.Route(
                "team",
                List.of("alertname"),
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofHours(4)));
    AlertmanagerConfig.Webhook webhook =
        (AlertmanagerConfig.Webhook) config.receiver().integrations().getFirst();
    assertThat(webhook.timeout()).isEqualTo(Duration.ofMillis(2500));
    assertThat(webhook.sendResolved()).isTrue();
    AlertmanagerConfig.Email email =
        (AlertmanagerConfig.Email) config.receiver().integrations().getLast();
    assertThat(email.port()).isEqualTo(2525);
    assertThat(email.sendResolved()).isFalse();
    assertThat(email.headers()).containsEntry("Subject", "x").containsEntry("To", "c@d");
  }

  @Test
  void saysWhatItDoesNotDo() {
    Findings findings = new Findings();
    read(
        """
        route: {receiver: a, routes: [{match: {x: y}, receiver: b}]}
        inhibit_rules: [{source_matchers: ['a="b"'], target_matchers: ['c=d'], equal: [e]}]
        receivers:
          - name: a
            webhook_configs: [{url: "http://x", http_config: {proxy_url: "http://y"}}]
          - name: b
            slack_configs: [{api_url: "http://x", channel: c}]
        """,
        findings);
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported())
        .extracting(Unsupported::keyPath)
        .containsExactlyInAnyOrder(
            "route.routes",
            "inhibit_rules",
            "receivers[0].webhook_configs[0].http_config.proxy_url",
            "receivers[1].slack_configs");
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
        .anySatisfy(e -> assertThat(e).contains("undefined receiver used in route"))
        .anySatisfy(e -> assertThat(e).contains("duplicated label \"x\" in group_by"))
        .anySatisfy(e -> assertThat(e).contains("group_interval cannot be zero"))
        .anySatisfy(e -> assertThat(e).contains("did you mean 'webhook_configs'?"))
        .anySatisfy(e -> assertThat(e).contains("\"b\" is not unique"))
        .anySatisfy(e -> assertThat(e).contains("at most one of url & url_file"))
        .allSatisfy(e -> assertThat(e).startsWith("am.yml:"));
  }

  static AlertmanagerConfig read(String text, Findings findings) {
    return AlertmanagerConfigReader.read(
        text, YamlReader.read("am.yml", text), Path.of("/nowhere"), findings);
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
