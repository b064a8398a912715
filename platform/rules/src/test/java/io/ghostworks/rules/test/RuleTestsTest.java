package io.ghostworks.rules.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ghostworks.config.conformance.ConformanceRun;
import io.ghostworks.promql.eval.EngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unit tests of rules pass and fail as promtool's do, and say why in its words. */
class RuleTestsTest {

  private static final String RULES =
      """
      groups:
        - name: alerts
          rules:
            - alert: InstanceDown
              expr: up == 0
              for: 5m
              labels: {severity: page}
              annotations: {summary: "{{ $labels.instance }} down, {{ $externalURL }} {{ $externalLabels.region }}"}
        - name: sums
          rules:
            - record: job:up:sum
              expr: sum by (job) (up)
      """;

  @TempDir private Path folder;

  @Test
  void passesWhatTheRulesDo() throws IOException {
    TestOutcome outcome =
        run(
            """
            rule_files: [rules.yml]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                external_labels: {region: eu}
                external_url: http://prometheus.example
                input_series:
                  - {series: 'up{job="a",instance="i"}', values: '1 0x10'}
                  - {series: 'up{job="a",instance="j"}', values: '1x10'}
                alert_rule_test:
                  - {eval_time: 5m, alertname: InstanceDown, exp_alerts: []}
                  - eval_time: 6m
                    alertname: InstanceDown
                    exp_alerts:
                      - exp_labels: {severity: page, job: a, instance: i}
                        exp_annotations: {summary: "i down, http://prometheus.example eu"}
                promql_expr_test:
                  - expr: job:up:sum
                    eval_time: 1m
                    exp_samples: [{labels: 'job:up:sum{job="a"}', value: 1}]
                  - expr: count_over_time(up{instance="i"}[5m:])
                    eval_time: 10m
                    exp_samples: [{labels: '{job="a",instance="i"}', value: 5}]
            """,
            TestOptions.DEFAULT);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.cases()).extracting(TestOutcome.Case::name).containsExactly("unnamed#0");
  }

  @Test
  void tellsWhatWasExpectedAndWhatCame() throws IOException {
    TestOutcome outcome =
        run(
            """
            rule_files: [rules.yml]
            tests:
              - name: down
                input_series:
                  - {series: 'up{instance="i"}', values: '0x10'}
                alert_rule_test:
                  - eval_time: 6m
                    alertname: InstanceDown
                    exp_alerts:
                      - exp_labels: {severity: warn, instance: i}
                promql_expr_test:
                  - expr: up
                    eval_time: 1m
                    exp_samples: [{labels: 'up{instance="i"}', value: 1e3}]
                  - {expr: 'up[1m]', eval_time: 0}
            """,
            TestOptions.DEFAULT);
    assertThat(outcome.failures())
        .containsExactly(
            """
                name: down,
                alertname: InstanceDown, time: 6m,\s
                    exp:[
                        0:
                          Labels:{alertname="InstanceDown", instance="i", severity="warn"}
                          Annotations:{}
                        ],\s
                    got:[
                        0:
                          Labels:{alertname="InstanceDown", instance="i", severity="page"}
                          Annotations:{summary="i down,  "}
                        ]\
            """,
            """
                expr: "up", time: 1m,
                    exp: {__name__="up", instance="i"} 1E+03
                    got: {__name__="up", instance="i"} 0E+00\
            """,
            "    expr: \"up[1m]\", time: 0s, err: rule result is not a vector or scalar");
  }

  @Test
  void endsATestAtTheFirstEvaluationThatFails() throws IOException {
    Files.writeString(
        folder.resolve("bad.yml"),
        "groups: [{name: g, rules: [{record: x, expr: 'a + on(k) b'}]}]");
    TestOutcome outcome =
        run(
            """
            rule_files: [bad.yml]
            tests:
              - input_series:
                  - {series: 'a{k="1"}', values: 1}
                  - {series: 'b{k="1",l="1"}', values: 2}
                  - {series: 'b{k="1",l="2"}', values: 3}
                promql_expr_test:
                  - {expr: nothing, eval_time: 5m}
            """,
            TestOptions.DEFAULT);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .startsWith("    rule: x, time: 0s, err: found duplicate series for the match group");
  }

  @Test
  void beginsAtTheStartTimestamp() throws IOException {
    TestOutcome outcome =
        run(
            """
            tests:
              - start_timestamp: "2024-01-01T00:00:00Z"
                input_series:
                  - {series: m, values: '10+10x15'}
                promql_expr_test:
                  - {expr: m@1704067320, eval_time: 5m, exp_samples: [{labels: m, value: 30}]}
                  - {expr: timestamp(m), eval_time: 5m, exp_samples: [{labels: '{}', value: 1704067500}]}
              - start_timestamp: 1609459200
                promql_expr_test:
                  - {expr: time(), eval_time: 10m, exp_samples: [{value: 1609459800}]}
            """,
            TestOptions.DEFAULT);
    assertThat(outcome.failures()).isEmpty();
  }

  @Test
  void takesNeighboursForEqualWhereAskedTo() throws IOException {
    String test =
        """
        fuzzy_compare: %s
        tests:
          - name: near
            input_series: [{series: low, values: 2.9999999999999996}]
            promql_expr_test: [{expr: low, eval_time: 0, exp_samples: [{labels: low, value: 3}]}]
          - name: far
            input_series: [{series: low, values: 2.9999999999999987}]
            promql_expr_test: [{expr: low, eval_time: 0, exp_samples: [{labels: low, value: 3}]}]
        """;
    assertThat(failed(run(test.formatted("true"), TestOptions.DEFAULT))).containsExactly("far");
    assertThat(failed(run(test.formatted("false"), TestOptions.DEFAULT)))
        .containsExactly("near", "far");
  }

  private static List<String> failed(TestOutcome outcome) {
    return outcome.cases().stream()
        .filter(each -> !each.failures().isEmpty())
        .map(TestOutcome.Case::name)
        .toList();
  }

  @Test
  void evaluatesGroupsInTheOrderThatIsAskedFor() throws IOException {
    Files.writeString(
        folder.resolve("ordered.yml"),
        """
        groups:
          - name: second
            rules: [{record: b, expr: a}]
          - name: first
            rules: [{record: a, expr: vector(time())}]
        """);
    String test =
        """
        rule_files: [ordered.yml]
        group_eval_order: [%s]
        tests:
          - promql_expr_test:
              - {expr: b, eval_time: 1m, exp_samples: [{labels: b, value: %s}]}
        """;
    assertThat(run(test.formatted("first, second", "60"), TestOptions.DEFAULT).failures())
        .isEmpty();
    assertThat(run(test.formatted("second, first", "0"), TestOptions.DEFAULT).failures()).isEmpty();
    assertThat(run(test.formatted("first, first", "0"), TestOptions.DEFAULT).abort())
        .contains("group name repeated in evaluation order: first");
  }

  @Test
  void runsOnlyTheTestsThatAreNamed() throws IOException {
    String test =
        """
        tests:
          - {name: good, promql_expr_test: [{expr: vector(1), exp_samples: [{value: 1}]}]}
          - {name: bad, promql_expr_test: [{expr: vector(1), exp_samples: [{value: 2}]}]}
        """;
    TestOptions good =
        new TestOptions(EngineOptions.DEFAULT, Pattern.compile("go|x"), false, false, false);
    assertThat(run(test, good).isPassed()).isTrue();
    assertThat(run(test, TestOptions.DEFAULT).isPassed()).isFalse();
  }

  @Test
  void refusesFilesThatAreNoTests() throws IOException {
    assertThat(run("tests: [{nonsense: 1}]", TestOptions.DEFAULT).abort())
        .contains("tests.yml:1", "tests[0].nonsense");
    assertThat(
            run("tests: [{input_series: [{series: 'up{a=', values: 1}]}]", TestOptions.DEFAULT)
                .failures())
        .hasSize(1);
    assertThat(run("tests: [{alert_rule_test: [{eval_time: 1m}]}]", TestOptions.DEFAULT).failures())
        .containsExactly(
            "an item under alert_rule_test misses required attribute alertname at eval_time 1m");
  }

  @Test
  void warnsOfPatternsWithoutFilesAndTakesGoPatterns() throws IOException {
    Files.createDirectories(folder.resolve("sub1"));
    Files.writeString(
        folder.resolve("sub1/r-a.yml"), "groups: [{name: g, rules: [{record: one, expr: 1}]}]");
    TestOutcome outcome =
        run(
            """
            rule_files: ['sub[0-9]/r-?.yml', 'none*.yml']
            tests: [{promql_expr_test: [{expr: one, eval_time: 0, exp_samples: [{labels: one, value: 1}]}]}]
            """,
            TestOptions.DEFAULT);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.warnings()).singleElement().asString().contains("none*.yml");
  }

  @Test
  void showsDifferencesAndDataWhereAskedTo() throws IOException {
    List<String> debug = new ArrayList<>();
    Path file =
        write(
            """
            rule_files: [rules.yml]
            tests:
              - name: shown
                input_series: [{series: 'up{job="a"}', values: '0x1'}]
                alert_rule_test: [{eval_time: 1m, alertname: InstanceDown, exp_alerts: [{exp_labels: {a: b}}]}]
            """);
    TestOutcome outcome =
        new RuleTests(new TestOptions(EngineOptions.DEFAULT, null, true, true, false), debug::add)
            .run(file);
    assertThat(outcome.failures().getFirst())
        .contains("diff:", "\u001b[31m-  Labels:{a=\"b\", alertname=\"InstanceDown\"}");
    assertThat(debug.getFirst()).isEqualTo("DEBUG: Starting test shown");
    assertThat(debug)
        .contains("{__name__=\"up\", job=\"a\"} =>", "0 @[60000]")
        .contains("{__name__=\"job:up:sum\", job=\"a\"} =>");
  }

  @Test
  void reportsAsJunit() throws IOException {
    TestOutcome bad =
        run(
            "tests: [{name: 'a<b', promql_expr_test: [{expr: vector(1), eval_time: 0}]}]",
            TestOptions.DEFAULT);
    TestOutcome aborted = new TestOutcome("x.yml", List.of(), "no file", List.of());
    String xml = JunitReport.of(List.of(bad, aborted), Instant.EPOCH);
    assertThat(xml)
        .startsWith("<testsuites><testsuite name=\"")
        .contains("tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\" timestamp=\"1970-01-01T")
        .contains(
            "<testcase name=\"a&lt;b\"><failure>    expr: &#34;vector(1)&#34;, time: 0s,&#xA;")
        .contains(
            "errors=\"1\" skipped=\"0\" timestamp=\"\"><testcase"
                + " name=\"unknown\"><error>no file</error></testcase></testsuite></testsuites>");
  }

  @Test
  void countsFilesAsCases() throws IOException {
    run("tests: []", TestOptions.DEFAULT);
    Files.writeString(
        folder.resolve("fails.bad.yml"),
        "tests: [{promql_expr_test: [{expr: vector(1), eval_time: 0}]}]");
    Files.writeString(folder.resolve("odd.bad.yml"), "groups: [{name: g, rules: [{expr: 1}]}]");
    ConformanceRun run = ConformanceRun.of(new RulesConformance(), folder);
    assertThat(run.failed()).isEmpty();
    assertThat(run.passed()).isEqualTo(4);
  }

  private TestOutcome run(String text, TestOptions options) throws IOException {
    return new RuleTests(options, line -> {}).run(write(text));
  }

  private Path write(String text) throws IOException {
    Files.writeString(folder.resolve("rules.yml"), RULES);
    return Files.writeString(folder.resolve("tests.yml"), text);
  }
}
