package io.ghostworks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.promql.parse.ParserOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleFileReaderTest {

  private static final RuleFileReader READER = new RuleFileReader(ParserOptions.STABLE);

  @Test
  void readsGroupsAndRules() {
    Findings findings = new Findings();
    RuleFile file =
        read(
            """
            groups:
              - name: g
                interval: 30s
                query_offset: 1m
                limit: 3
                labels: {team: a, tier: group}
                rules:
                  - record: job:up:sum
                    expr: sum by (job) (up)
                    labels: {tier: rule}
                  - alert: Down
                    expr: up == 0
                    for: 5m
                    keep_firing_for: 1m
                    annotations: {summary: "{{ $labels.job }} is down"}
            """,
            findings);
    assertThat(findings.errors()).isEmpty();
    RuleFile.Group group = file.groups().getFirst();
    assertThat(group.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(group.queryOffset()).isEqualTo(Duration.ofMinutes(1));
    assertThat(group.limit()).isEqualTo(3);
    RuleFile.Recording recording = (RuleFile.Recording) group.rules().getFirst();
    assertThat(recording.labels().toMap()).containsEntry("team", "a").containsEntry("tier", "rule");
    RuleFile.Alerting alerting = (RuleFile.Alerting) group.rules().getLast();
    assertThat(alerting.holdFor()).isEqualTo(Duration.ofMinutes(5));
    assertThat(alerting.keepFiringFor()).isEqualTo(Duration.ofMinutes(1));
    assertThat(alerting.annotations().get("summary").text()).isEqualTo("{{ $labels.job }} is down");
  }

  @Test
  void tellsMistakesInPrometheussWordsWithTheirPlace() {
    Findings findings = new Findings();
    read(
        """
        groups:
          - name: g
            rules:
              - alert: A
                expr: sum(
              - record: r{a="b"}
                expr: 1
                for: 1m
              - expr: 1
          - name: g
            rule: []
        """,
        findings);
    assertThat(findings.errors().stream().map(ConfigError::toString))
        .satisfiesExactlyInAnyOrder(
            e ->
                assertThat(e)
                    .startsWith(
                        "f.yml:5: groups[0].rules[0].expr: group \"g\", rule 1, \"A\": could not parse"
                            + " expression: 1:5: parse error: "),
            e -> assertThat(e).contains("invalid field 'for' in recording rule, got '1m'"),
            e -> assertThat(e).contains("braces present in the recording rule name"),
            e -> assertThat(e).contains("one of 'record' or 'alert' must be set"),
            e -> assertThat(e).contains("groupname: \"g\" is repeated in the same file"),
            e -> assertThat(e).contains("groups[1].rule: is not a key that is known here"));
  }

  @Test
  void checksTemplatesBeforeTheyAreUsed() {
    Findings findings = new Findings();
    read(
        """
        groups:
          - name: g
            rules:
              - alert: A
                expr: up
                annotations: {summary: "{{ $label.job }}"}
        """,
        findings);
    assertThat(findings.errors().getFirst().toString())
        .contains("annotation \"summary\": template: __alert_A:1: undefined variable \"$label\"");
  }

  @Test
  void acceptsAndRefusesThePublishedFiles() throws IOException {
    Path folder = published("rules");
    List<String> wrong = new ArrayList<>();
    int files = 0;
    for (Path file : yaml(folder)) {
      if (Files.readString(file).contains("tests:")) {
        continue;
      }
      files++;
      List<String> mistakes = mistakes(file);
      var result = ConformanceKind.judge(file, mistakes);
      if (!result.isPassed()) {
        wrong.add(result.toString());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(files).isGreaterThan(12);
  }

  @Test
  void readsTheAlertsThatPeopleRun() throws IOException {
    int rules = 0;
    for (Path file : yaml(published("alerts"))) {
      ConfigNode root = ConfigFile.read(file);
      if (root instanceof ConfigNode.MapNode map && map.find("spec").isPresent()) {
        root = map.find("spec").get();
      }
      Findings findings = new Findings();
      RuleFile read = READER.read(file.toString(), root, findings);
      assertThat(findings.errors()).as(file.toString()).isEmpty();
      rules += read.groups().stream().mapToInt(group -> group.rules().size()).sum();
    }
    assertThat(rules).isGreaterThan(150);
  }

  static List<String> mistakes(Path file) {
    Findings findings = new Findings();
    try {
      READER.read(file.toString(), ConfigFile.read(file), findings);
    } catch (ConfigException e) {
      findings.errors(e);
    }
    return findings.errors().stream().map(ConfigError::toString).toList();
  }

  static Path published(String name) {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    Path folder = Path.of(shared == null ? "../shared" : shared, "conformance", name);
    boolean there = Files.isDirectory(folder);
    assertThat(there || !"true".equals(System.getenv("CI"))).as(folder + " exists").isTrue();
    assumeTrue(there, "skipped: no published files in " + folder);
    return folder;
  }

  private static List<Path> yaml(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  private static RuleFile read(String text, Findings findings) {
    return READER.read("f.yml", YamlReader.read("f.yml", text), findings);
  }
}
