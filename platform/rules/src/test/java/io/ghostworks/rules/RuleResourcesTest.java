package io.ghostworks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.config.Findings;
import io.ghostworks.promql.parse.ParserOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleResourcesTest {

  private static final String RESOURCE =
      """
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: %s
        namespace: monitoring
        labels: {role: alert-rules}
        annotations: {"kubectl.kubernetes.io/last-applied-configuration": "{}"}
      spec:
        groups:
        - name: g
          partial_response_strategy: abort
          interval: 30s
          rules:
          - alert: Down
            expr: up == 0
            for: 5m
          - record: one
            expr: 1
      """;

  @TempDir Path folder;

  private List<RuleFile> read(String name, String text, Findings findings) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    List<RuleFile> read =
        new RuleFileReader(ParserOptions.STABLE).readAll(file, RuleLanguage.PROMQL, findings);
    findings.throwIfErrors();
    return read;
  }

  @Test
  void readsAResourceAsAFile() throws IOException {
    List<RuleFile> read = read("a.yml", RESOURCE.formatted("a"), new Findings());
    assertThat(read)
        .singleElement()
        .satisfies(file -> {
          assertThat(file.file()).endsWith("a.yml");
          assertThat(file.groups().getFirst().rules())
              .extracting(RuleFile.Rule::name)
              .containsExactly("Down", "one");
        });
  }

  @Test
  void readsListsAndDocumentsOfResourcesUnderNamesOfTheirOwn() throws IOException {
    String documents = RESOURCE.formatted("a") + "---\n" + RESOURCE.formatted("b");
    assertThat(read("two.yml", documents, new Findings()))
        .extracting(file -> file.file().substring(file.file().indexOf('#')))
        .containsExactly("#monitoring/a", "#monitoring/b");
    String list =
        "apiVersion: v1\nkind: List\nmetadata: {resourceVersion: \"\"}\nitems:\n- "
            + RESOURCE.formatted("a").stripTrailing().replace("\n", "\n  ")
            + "\n";
    assertThat(read("list.yml", list, new Findings())).hasSize(1);
  }

  @Test
  void refusesOtherKindsAndUnknownFields() {
    assertThatThrownBy(
            () -> read("x.yml", "apiVersion: v1\nkind: ConfigMap\ndata: {}\n", new Findings()))
        .hasMessageContaining("must be PrometheusRule or List");
    assertThatThrownBy(() ->
            read(
                "y.yml",
                RESOURCE.formatted("a").replace("interval:", "intervall:"),
                new Findings()))
        .hasMessageContaining("intervall");
  }

  @Test
  void aSecondDocumentOfARuleFileIsWarnedOf() throws IOException {
    Findings findings = new Findings();
    assertThat(read("z.yml", "groups: []\n---\ngroups: []\n", findings)).hasSize(1);
    assertThat(findings.warnings())
        .singleElement()
        .asString()
        .contains("Multiple document yaml rules files are not supported");
  }

  @Test
  void readsRulesOfLogsAndSpans() throws IOException {
    Path logs = folder.resolve("logs.yml");
    Files.writeString(
        logs,
        """
        groups:
        - name: g
          rules:
          - alert: Errors
            expr: sum by (app) (rate({app=~".+"} |= "error" [5m])) > 1
          - record: app:lines
            expr: sum by (app) (count_over_time({app=~".+"}[1m]))
        """);
    Findings findings = new Findings();
    RuleFileReader reader = new RuleFileReader(ParserOptions.STABLE);
    assertThat(reader.readAll(logs, RuleLanguage.LOGQL, findings).getFirst().groups()).hasSize(1);
    Path spans = folder.resolve("spans.yml");
    Files.writeString(
        spans,
        """
        groups:
        - name: g
          rules:
          - alert: Errors
            expr: "{ status = error } | rate() by (resource.service.name) > 1"
        """);
    assertThat(reader.readAll(spans, RuleLanguage.TRACEQL, findings).getFirst().groups())
        .hasSize(1);
    assertThat(findings.errors()).isEmpty();
    var _ = reader.readAll(spans, RuleLanguage.LOGQL, findings);
    assertThat(findings.errors().getFirst().toString())
        .contains("group \"g\", rule 1, \"Errors\": could not parse expression");
  }

  @Test
  void refusesLogQueriesAndNamesThatLokiRefuses() throws IOException {
    Path logs = folder.resolve("bad.yml");
    Files.writeString(
        logs,
        """
        groups:
        - name: g
          rules:
          - record: "with space"
            expr: '{app="a"}'
        """);
    Findings findings = new Findings();
    var _ = new RuleFileReader(ParserOptions.STABLE).readAll(logs, RuleLanguage.LOGQL, findings);
    assertThat(findings.errors().toString())
        .contains("a rule needs a metric query")
        .contains("invalid recording rule name: with space");
  }
}
