package io.ghostworks.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.YamlReader;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.script.SeriesDescription;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lint says what is wrong, offers what parses and answers, and leaves good rules alone. */
class RuleLintTest {
  private static final String GOOD_FORM =
      "for: 5m, annotations: {runbook_url: 'http://r', summary: s}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      textBlock =
          """
          rate(r{c=~"5.."}[5m]) / rate(r[5m]) > 1 § divides-itself § sum(rate(r{c=~"5.."}[5m])) / sum(rate(r[5m])) > 1
          100 * sum by (c) (rate(r{c=~"5.."}[5m])) / sum by (c) (rate(r[5m])) > 5 § §
          100 * (sum by (c) (rate(r{c=~"5.."}[5m])) / sum by (c) (rate(r[5m]))) > 5 § divides-itself § 100 * (sum(rate(r{c=~"5.."}[5m])) / sum(rate(r[5m]))) > 5
          sum by (job) (rate(r{c="500"}[5m])) / sum by (job) (rate(r[5m])) > 0.05 § §
          sum(rate(r{c="500"}[5m])) / sum(rate(r[5m])) > 0.05 § §
          rate(a[5m]) / rate(b[5m]) > 1 § §
          a / a offset 1d > 2 § §
          a / a > 2 § divides-itself §
          rate(r{c="1"}[5m]) / ignoring(c) rate(r{c="2"}[5m]) > 1 § §
          rate(r{c="1"}[5m]) / on(job) group_left rate(r[5m]) > 1 § §
          histogram_quantile(0.9, sum(rate(h_bucket[5m]))) > 1 § quantile-without-le § histogram_quantile(0.9, sum by (le) (rate(h_bucket[5m]))) > 1
          histogram_quantile(0.9, sum by (job) (rate(h_bucket[5m]))) > 1 § quantile-without-le § histogram_quantile(0.9, sum by (job, le) (rate(h_bucket[5m]))) > 1
          histogram_quantile(0.9, sum without (le) (rate(h_bucket[5m]))) > 1 § quantile-without-le § histogram_quantile(0.9, sum without () (rate(h_bucket[5m]))) > 1
          histogram_quantile(0.9, rate(h_bucket[5m])) > 1 § quantile-without-le § histogram_quantile(0.9, sum by (le) (rate(h_bucket[5m]))) > 1
          histogram_quantile(0.9, sum by (le, job) (rate(h_bucket[5m]))) > 1 § §
          histogram_quantile(0.9, sum(rate(h[5m]))) > 1 § §
          rate(http_requests_total{status_code=~"5.."}[5m]) > 0.05 § absolute-error-rate § sum(rate(http_requests_total{status_code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05
          sum by (job) (rate(http_requests_total{code="500"}[5m])) > 0.1 § absolute-error-rate § sum by (job) (rate(http_requests_total{code="500"}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.1
          rate(http_requests_total{status_code=~"5.."}[5m]) > 5 § §
          rate(http_errors_total[5m]) > 0.05 § §
          rate(http_requests_total{code=~"2.."}[5m]) > 0.05 § §
          count(up) == 0 § never-true § absent(up)
          count by (job) (up) < 1 § never-true § count by (job) (up offset 10m) unless count by (job) (up)
          absent(up) == 0 § never-true § absent(up)
          count_over_time(up[5m]) == 0 § never-true § absent_over_time(up[5m])
          rate(r[5m]) < 0 § never-true §
          count(up) < 3 § §
          count(up) == bool 0 § §
          absent(up) > 0 § §
          """)
  void findsWhatIsWrongInTheText(String expression, String check, String corrected) {
    List<LintFinding> found = lint(new RuleLint(), rule(expression, GOOD_FORM));
    if (check == null) {
      assertThat(found).isEmpty();
      return;
    }
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().check().word()).isEqualTo(check);
    assertThat(found.getFirst().corrected()).isEqualTo(corrected == null ? "" : corrected);
    assertThat(found.getFirst().place().toString()).isEqualTo("f.yml:4: A");
    if (!found.getFirst().corrected().isEmpty()) {
      new PromqlParser(ParserOptions.STABLE).parse(found.getFirst().corrected());
    }
  }

  @Test
  void findsLabelsThatTextsWriteAndTheResultHasNot() {
    LintFinding found =
        lint(
                new RuleLint(),
                rule(
                    "sum by (job) (rate(r[5m])) > 1",
                    "for: 1m, annotations: {runbook_url: x, summary: '{{ $labels.instance }} of {{"
                        + " $labels.job }}'}"))
            .getFirst();
    assertThat(found.check()).isEqualTo(LintCheck.DROPPED_LABEL);
    assertThat(found.reason()).contains("the annotation summary writes $labels.instance");
    assertThat(found.corrected()).isEqualTo("sum by (job, instance) (rate(r[5m])) > 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ if $labels.instance }}{{ $labels.instance }}{{ end }}",
        "{{ with $labels.instance }}{{ . }}{{ end }}",
        "{{ range query \"up\" }}{{ .Labels.instance }}{{ end }}",
        "{{ $labels.job }}",
      })
  void takesTextsThatKnowThatALabelMayBeMissing(String text) {
    assertThat(
            lint(
                new RuleLint(),
                rule(
                    "sum by (job) (rate(r[5m])) > 1",
                    "for: 1m, annotations: {runbook_url: x, summary: '" + text + "'}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      textBlock =
          """
          a * on(job) group_left(version) b > 1 § version § true
          a * on(job) b > 1 § instance § false
          a and on(job) b § instance § true
          label_replace(sum(a), "x", "$1", "y", "(.*)") > 1 § x § true
          topk(3, a) > 1 § instance § true
          count_values("v", a) > 1 § v § true
          absent(a{job="x"}) § job § true
          absent(a{job="x"}) § instance § false
          sum(a) or b § instance § true
          sum(a) + 1 > 2 § job § false
          sum without (job) (a) > 1 § job § false
          vector(1) § job § false
          max_over_time(a[5m:1m]) > 1 § job § true
          """)
  void knowsWhichLabelsAResultCanHave(String expression, String label, boolean there) {
    assertThat(ResultLabels.of(Expressions.parse(expression)).canHave(label)).isEqualTo(there);
  }

  @Test
  void asksForAWaitingTimeAndARunbook() {
    List<LintFinding> found = lint(new RuleLint(), rule("up == 0", "labels: {severity: page}"));
    assertThat(found)
        .extracting(LintFinding::check)
        .containsExactly(LintCheck.MISSING_FOR, LintCheck.MISSING_RUNBOOK);
    assertThat(found.getFirst().correctedRule())
        .isEqualTo(
            """
            - alert: A
              expr: up == 0
              for: 5m
              labels:
                severity: page
            """);
    assertThat(lint(new RuleLint(), rule("up == 0", "for: 0m, annotations: {runbook_url: x}")))
        .isEmpty();
    assertThat(lint(new RuleLint(), rule("increase(e[1h]) > 3", "annotations: {runbook_url: x}")))
        .isEmpty();
  }

  @Test
  void mendsTheWholeRuleOfAnErrorRate() {
    LintFinding found =
        lint(
                new RuleLint(),
                """
                groups:
                  - name: api-health
                    rules:
                      - alert: HighErrorRate
                        expr: rate(http_requests_total{status_code=~"5.."}[5m]) > 0.05
                        for: 2m
                        labels: {severity: critical}
                        annotations:
                          description: "API error rate is {{ $value }} requests/sec"
                          runbook_url: https://runbooks.example.com/HighErrorRate
                """)
            .getFirst();
    assertThat(found.severity()).isEqualTo(LintCheck.Severity.PROBLEM);
    assertThat(found.toString())
        .startsWith("f.yml:5: HighErrorRate: rate(http_requests_total{status_code=~\"5..\"}[5m])")
        .contains("one failure every 20", "divide by the rate of all requests");
    assertThat(found.correctedRule())
        .contains("sum(rate(http_requests_total{status_code=~\\\"5..\\\"}[5m])) /")
        .contains("\"API error rate is {{ $value | humanizePercentage }} of requests\"")
        .contains("  for: 2m\n");
  }

  @Test
  void findsRulesThatComeTwice() {
    List<LintFinding> found =
        lint(
            new RuleLint(),
            """
            groups:
              - name: g
                rules:
                  - {record: a, expr: b}
                  - {record: a, expr: c}
                  - {record: a, expr: c, labels: {x: y}}
            """);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().toString())
        .isEqualTo(
            "f.yml:5: a: 2 rules have the name a and the labels {}; the first is at line 4"
                + " (duplicate-rules)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      textBlock =
          """
          http_request_total > 1 § absent-series § http_requests_total > 1 § there is no metric http_request_total
          up{job="Api"} == 0 § absent-series § up{job="api"} == 0 § did you mean api?
          up{jobs="api"} == 0 § absent-series § up{job="api"} == 0 § no series of up has a label jobs
          up{job="batch"} == 0 § absent-series § § values of job: api, worker
          nothing_like_it > 1 § absent-series § § there is no metric nothing_like_it in the last 1d
          absent(nothing_like_it) § § §
          up == 0 or nothing_like_it == 0 § § §
          up == 0 unless nothing_like_it § § §
          rate(http_requests_total[30s]) > 1 § short-range § rate(http_requests_total[1m]) > 1 § scraped every 15s
          rate(http_requests_total[1m]) > 1 § § §
          irate(http_requests_total[30s]) > 1 § § §
          job:up:sum == 0 § § §
          """)
  void findsWhatDoesNotFitTheData(
      String expression, String check, String corrected, String reason) {
    List<LintFinding> found;
    try (QueryContext context = context()) {
      found = lint(new RuleLint(data(context), Set.of()), rule(expression, GOOD_FORM));
    }
    if (check == null) {
      assertThat(found).isEmpty();
      return;
    }
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().check().word()).isEqualTo(check);
    assertThat(found.getFirst().corrected()).isEqualTo(corrected == null ? "" : corrected);
    assertThat(found.getFirst().reason()).contains(reason);
  }

  @Test
  void tellsLabelsOfRoutingThatAreDropped() {
    try (QueryContext context = context()) {
      List<LintFinding> found =
          lint(
              new RuleLint(data(context), Set.of("job", "cluster", "alertname")),
              rule("sum(rate(http_requests_total[5m])) > 1", GOOD_FORM));
      assertThat(found).hasSize(1);
      assertThat(found.getFirst().check()).isEqualTo(LintCheck.DROPPED_ROUTING_LABEL);
      assertThat(found.getFirst().corrected())
          .isEqualTo("sum by (job) (rate(http_requests_total[5m])) > 1");
    }
  }

  @Test
  void offersOnlyWhatAnswers() {
    try (QueryContext context = context()) {
      LintFinding found =
          lint(
                  new RuleLint(data(context), Set.of()),
                  rule(
                      "rate(http_requests_total{status=~\"5..\"}[5m]) /"
                          + " rate(http_requests_total[5m]) > 0.05",
                      GOOD_FORM))
              .getFirst();
      assertThat(found.check()).isEqualTo(LintCheck.DIVIDES_ITSELF);
      assertThat(
              data(context)
                  .answers(
                      Expressions.withoutThreshold(Expressions.parse(found.corrected()))
                          .toString()))
          .isTrue();
    }
  }

  @Test
  void looksThroughPanelsAndKeepsTheirVariables() {
    String dashboard =
        """
        {"dashboard": {"title": "Golden", "panels": [{"title": "Row", "panels": [{
          "title": "Errors",
          "targets": [{
            "expr": "rate(r{job=~\\"$job\\",c=~\\"5..\\"}[$__rate_interval]) / rate(r{job=~\\"$job\\"}[$__rate_interval])"
          }]},
          {"title": "Logs", "datasource": {"type": "loki"}, "targets": [{"expr": "a / a"}]},
          {"title": "Broken", "targets": [{"expr": "{job=\\"x\\"} |= \\"y\\""}]}]}]}}
        """;
    List<LintFinding> found =
        new PanelLint(new RuleLint())
            .check("d.json", io.ghostworks.config.JsonReader.read("d.json", dashboard));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().place().toString()).isEqualTo("d.json:4: Errors");
    assertThat(found.getFirst().corrected())
        .isEqualTo(
            "sum(rate(r{c=~\"5..\",job=~\"$job\"}[$__rate_interval])) /"
                + " sum(rate(r{job=~\"$job\"}[$__rate_interval]))");
  }

  private static List<LintFinding> lint(RuleLint lint, String yaml) {
    return lint.check(
        RuleSubjects.of("f.yml", YamlReader.read("f.yml", yaml)), Set.of("job:up:sum"));
  }

  private static String rule(String expression, String rest) {
    return "groups:\n  - name: g\n    rules:\n      - {alert: A, expr: '%s', %s}\n"
        .formatted(expression.replace("'", "''"), rest);
  }

  private static QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT,
        Clock.system(),
        Duration.ofMinutes(1),
        new MemoryLedger().open("lint", 64 << 20),
        64 << 20);
  }

  private static LintData data(QueryContext context) {
    MemorySeries series = new MemorySeries();
    for (String each :
        List.of(
            "up{job=\"api\"} 1x40",
            "up{job=\"worker\"} 1x40",
            "http_requests_total{job=\"api\",status=\"200\"} 0+9x40",
            "http_requests_total{job=\"api\",status=\"500\"} 0+1x40")) {
      series.add(SeriesDescription.parse(each), 0, 15_000);
    }
    return new SourceLintData(series, context, EngineOptions.DEFAULT, 600_000, Duration.ofDays(1));
  }
}
