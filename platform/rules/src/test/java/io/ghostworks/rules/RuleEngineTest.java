package io.ghostworks.rules;

import static io.ghostworks.rules.RuleBench.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.relabel.RelabelAction;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.state.ReceivedAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleEngineTest {

  static final String DOWN =
      """
      groups:
        - name: g
          rules:
            - alert: Down
              expr: up == 0
              for: 1m
              labels: {severity: critical, host: "{{ $labels.job }}-host"}
              annotations: {summary: "{{ $labels.job }} has {{ $value }}"}
      """;

  static final InstantQuery.Element API_DOWN = element(0, "__name__", "up", "job", "api");

  @TempDir Path directory;

  @Test
  void theAlertsOfTheDecisionGoPendingFireAndResolve() throws IOException {
    Path shared = RuleFileReaderTest.published("alerts").getParent().getParent();
    String rules = Files.readString(shared.resolve("adr/alert-rules.yml"));
    try (RuleBench bench = new RuleBench(directory, rules)) {
      String errors = "rate(http_requests_total{status_code=~\"5..\"}[5m]) > 0.05";
      bench.advance(60);
      assertThat(bench.state("HighErrorRate")).isEqualTo("inactive");
      bench.answer(errors, element(0.25, "job", "api", "status_code", "500"));
      bench.advance(15);
      assertThat(bench.state("HighErrorRate")).isEqualTo("pending");
      bench.advance(105);
      assertThat(bench.state("HighErrorRate")).isEqualTo("pending");
      assertThat(bench.announced).isEmpty();
      bench.advance(15);
      assertThat(bench.state("HighErrorRate")).isEqualTo("firing");
      ReceivedAlerts.Row firing = bench.announced.getFirst();
      assertThat(firing.labels().toMap())
          .containsEntry("alertname", "HighErrorRate")
          .containsEntry("severity", "critical")
          .containsEntry("status_code", "500")
          .containsEntry("cluster", "eu");
      assertThat(firing.annotations().get("description"))
          .isEqualTo("API error rate is 0.25 requests/sec");
      assertThat(firing.generatorUrl())
          .startsWith("http://localhost:3000/graph?g0.expr=rate%28http_requests_total%7B")
          .endsWith("&g0.tab=1");
      assertThat(firing.endsAtNanos() - firing.startsAtNanos())
          .isEqualTo(Duration.ofMinutes(4).toNanos());
      bench.answer(errors);
      bench.advance(15);
      assertThat(bench.state("HighErrorRate")).isEqualTo("inactive");
      ReceivedAlerts.Row resolved = bench.announced.getLast();
      assertThat(resolved.endsAtNanos()).isLessThanOrEqualTo(bench.time.epochNanos());
      assertThat(resolved.startsAtNanos()).isEqualTo(firing.startsAtNanos());
      assertThat(bench.state("HighLatency")).isEqualTo("inactive");
    }
  }

  @Test
  void tellsFiringAlertsAgainEveryResendDelayAndResolvedOnesForFifteenMinutes() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      int first = bench.announced.size();
      assertThat(first).isEqualTo(1);
      bench.advance(300);
      assertThat(bench.announced).hasSize(first + 4);
      bench.answer("up == 0");
      bench.advance(15);
      int resolved = bench.announced.size();
      bench.advance(20 * 60);
      assertThat(bench.announced.size() - resolved).isBetween(10, 12);
      List<String> groups = bench.state().transaction(t -> t.ruleAlerts().groups(RuleBench.TENANT));
      assertThat(groups).isEmpty();
    }
  }

  @Test
  void writesAlertsSeriesAndEndsThem() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      bench.answer("up == 0");
      bench.advance(15);
      assertThat(bench.written.keySet())
          .containsExactlyInAnyOrder(
              "ALERTS{alertname=\"Down\", alertstate=\"firing\", host=\"api-host\", job=\"api\","
                  + " severity=\"critical\"}",
              "ALERTS{alertname=\"Down\", alertstate=\"pending\", host=\"api-host\", job=\"api\","
                  + " severity=\"critical\"}",
              "ALERTS_FOR_STATE{alertname=\"Down\", host=\"api-host\", job=\"api\","
                  + " severity=\"critical\"}");
      List<List<String>> values = List.copyOf(bench.written.values());
      assertThat(values).extracting(List::size).containsExactly(6, 2, 5);
      assertThat(values).allSatisfy(v -> assertThat(v.getLast()).startsWith("stale@"));
    }
  }

  @Test
  void recordsUnderANameOfItsOwnAndEndsVanishedSeries() {
    String rules =
        """
        groups:
          - name: g
            interval: 30s
            query_offset: 1m
            rules: [{record: "job:up", expr: up, labels: {team: a, job: ""}}]
        """;
    try (RuleBench bench = new RuleBench(directory, rules)) {
      bench.answer("up", element(1, "__name__", "up", "job", "x", "i", "1"));
      bench.advance(30);
      bench.answer("up", element(2, "__name__", "up", "job", "x", "i", "2"));
      bench.advance(30);
      assertThat(bench.written.keySet())
          .containsExactly("job:up{i=\"1\", team=\"a\"}", "job:up{i=\"2\", team=\"a\"}");
    }
  }

  @Test
  void survivesARestartWithoutFiringOrResolvingAnew() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(30);
      assertThat(bench.state("Down")).isEqualTo("pending");
      bench.restart();
      bench.advance(45);
      assertThat(bench.state("Down")).as("`for` goes on over the restart").isEqualTo("firing");
      long startsAt = bench.announced.getFirst().startsAtNanos();
      bench.restart();
      assertThat(bench.state("Down")).isEqualTo("firing");
      int told = bench.announced.size();
      bench.advance(30);
      assertThat(bench.announced).as("not told anew").hasSize(told);
      bench.advance(60);
      assertThat(bench.announced)
          .extracting(ReceivedAlerts.Row::startsAtNanos)
          .containsOnly(startsAt);
      bench.restart();
      bench.answer("up == 0");
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("inactive");
      assertThat(bench.announced.getLast().endsAtNanos())
          .isLessThanOrEqualTo(bench.time.epochNanos());
    }
  }

  @Test
  void keepsFiringForAWhileAfterTheConditionIsGone() {
    String rules = DOWN.replace("for: 1m", "keep_firing_for: 1m");
    try (RuleBench bench = new RuleBench(directory, rules)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(15);
      assertThat(bench.state("Down")).as("fires at once without `for`").isEqualTo("firing");
      bench.answer("up == 0");
      bench.advance(15);
      assertThat(bench.engine().views(RuleBench.TENANT).alerts().getFirst().keepFiringSince())
          .isNotNull();
      bench.advance(45);
      assertThat(bench.state("Down")).isEqualTo("firing");
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("inactive");
    }
  }

  @Test
  void tellsWhyARuleFailed() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.failure = new QueryException(QueryException.Kind.EXECUTION, "many-to-many matching");
      bench.advance(15);
      RuleViews.AlertingView rule = bench.rule();
      assertThat(rule.health()).isEqualTo("err");
      assertThat(rule.lastError()).isEqualTo("many-to-many matching");
      bench.failure = null;
      bench.answer("up == 0", API_DOWN, element(1, "job", "api"));
      bench.advance(15);
      assertThat(bench.rule().lastError())
          .isEqualTo("vector contains metrics with the same labelset after applying alert labels");
      bench.answer("up == 0");
      bench.advance(15);
      assertThat(bench.rule().health()).isEqualTo("ok");
      assertThat(bench.rule().lastError()).isNull();
    }
  }

  @Test
  void goesOnAfterAnEvaluationThatBrokeOff() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.failure = new IllegalStateException("a bug");
      bench.advance(30);
      bench.failure = null;
      bench.answer("up == 0", API_DOWN);
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("pending");
    }
  }

  @Test
  void forgetsAllAlertsOfARuleBeyondItsLimit() {
    String rules = DOWN.replace("- name: g", "- name: g\n    limit: 1");
    try (RuleBench bench = new RuleBench(directory, rules)) {
      bench.answer("up == 0", API_DOWN, element(0, "job", "worker"));
      bench.advance(15);
      assertThat(bench.rule().lastError()).isEqualTo("exceeded limit of 1 with 2 alerts");
      assertThat(bench.engine().views(RuleBench.TENANT).alerts()).isEmpty();
    }
  }

  @Test
  void countsMissedEvaluations() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.advance(15);
      bench.time.setEpochMs(bench.time.epochMs() + 60_000);
      bench.advance(15);
      assertThat(
              bench
                  .metrics
                  .counter(
                      "ghostworks_rule_group_iterations_missed_total",
                      "",
                      Labels.of("rule_group", "rules.yml;g"))
                  .value())
          .isEqualTo(4);
    }
  }

  @Test
  void showsRulesAsThePublishedApiDoes() {
    try (RuleBench bench =
        new RuleBench(directory, DOWN + "  - name: h\n    rules: [{record: r, expr: up}]\n")) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(90);
      RuleViews views = bench.engine().views(RuleBench.TENANT);
      RuleViews.Discovery all = views.rules(RuleViews.Request.ALL);
      assertThat(all.groups())
          .extracting(RuleViews.Group::name)
          .containsExactly("g", "h", "ghostworks");
      RuleViews.AlertingView alerting =
          (RuleViews.AlertingView) all.groups().getFirst().rules().getFirst();
      assertThat(alerting.duration()).isEqualTo(60.0);
      assertThat(alerting.query()).isEqualTo("up == 0");
      assertThat(alerting.alerts().getFirst().value()).isEqualTo("0e+00");
      assertThat(alerting.alerts().getFirst().annotations()).containsEntry("summary", "api has 0");
      assertThat(alerting.labels()).containsEntry("host", "{{ $labels.job }}-host");
      RuleViews.Discovery page = views.rules(request("", 1, ""));
      assertThat(page.groups()).extracting(RuleViews.Group::name).containsExactly("g");
      RuleViews.Discovery next = views.rules(request("", 1, page.groupNextToken()));
      assertThat(next.groups()).extracting(RuleViews.Group::name).containsExactly("h");
      RuleViews.Discovery end = views.rules(request("", 1, next.groupNextToken()));
      assertThat(end.groups()).extracting(RuleViews.Group::file).containsExactly("built-in");
      assertThat(end.groupNextToken()).isNull();
      assertThat(views.rules(request("record", 0, "")).groups()).hasSize(1);
      assertThatThrownBy(() -> views.rules(request("", 1, "nope")))
          .hasMessageContaining("invalid group_next_token 'nope'. were rule groups changed?");
    }
  }

  @Test
  void relabellingChangesAndDropsWhatIsToldAndNothingElse() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      GroupSettings given = RuleBench.settings();
      RelabelRule replica =
          new RelabelRule(
              RelabelAction.LABELDROP, List.of(), ";", "clus.*", 0, "", "$1", NameValidation.UTF8);
      bench.engine().replace(List.of(RuleBench.file(DOWN)), relabelled(given, List.of(replica)));
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      assertThat(bench.announced.getLast().labels().toMap())
          .containsEntry("alertname", "Down")
          .doesNotContainKey("cluster");
      bench.announced.clear();
      RelabelRule drop =
          new RelabelRule(
              RelabelAction.DROP,
              List.of("alertname"),
              ";",
              "Down",
              0,
              "",
              "$1",
              NameValidation.UTF8);
      bench.engine().replace(List.of(RuleBench.file(DOWN)), relabelled(given, List.of(drop)));
      bench.advance(75);
      assertThat(bench.state("Down")).isEqualTo("firing");
      assertThat(bench.announced).isEmpty();
    }
  }

  private static GroupSettings relabelled(GroupSettings given, List<RelabelRule> rules) {
    return new GroupSettings(
        given.tenant(),
        given.interval(),
        given.queryOffset(),
        given.externalLabels(),
        rules,
        given.externalUrl(),
        given.resendDelay());
  }

  @Test
  void replacesFilesWhileRunningAndKeepsWhatIsStillThere() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      bench.advance(75);
      String longer = DOWN.replace("for: 1m", "for: 30s");
      bench.engine().replace(List.of(RuleBench.file(longer)), RuleBench.settings());
      assertThat(bench.state("Down")).isEqualTo("firing");
      bench.advance(15);
      assertThat(bench.state("Down")).isEqualTo("firing");
      bench.engine().replace(List.of(), RuleBench.settings());
      assertThat(bench.engine().views(RuleBench.TENANT).alerts()).isEmpty();
      bench.advance(30);
      assertThat(
              bench
                  .written
                  .get(
                      "ALERTS{alertname=\"Down\", alertstate=\"firing\", host=\"api-host\","
                          + " job=\"api\", severity=\"critical\"}")
                  .getLast())
          .startsWith("stale@");
    }
  }

  private static RuleViews.Request request(String type, int limit, String token) {
    return new RuleViews.Request(
        type, Set.of(), Set.of(), Set.of(), List.of(), false, limit, token);
  }

  @Test
  void seriesOfAGroupThatMovedToAnotherFileGoOnWithoutAGap() {
    String rules = "groups: [{name: g, rules: [{record: r, expr: up}]}]";
    try (RuleBench bench = new RuleBench(directory, rules)) {
      bench.answer("up", element(1, "__name__", "up", "job", "x"));
      bench.advance(30);
      RuleFile moved = new RuleFile("other.yml", RuleBench.file(rules).groups());
      bench.engine().replace(List.of(moved), RuleBench.settings());
      bench.advance(60);
      assertThat(bench.written.get("r{job=\"x\"}")).noneMatch(v -> v.startsWith("stale"));
      bench.engine().replace(List.of(), RuleBench.settings());
      bench.advance(60);
      assertThat(bench.written.get("r{job=\"x\"}").getLast()).startsWith("stale@");
    }
  }

  @Test
  void tenantsRulesStandSideBySide() {
    TenantId other = new TenantId("acme");
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.answer("up == 0", API_DOWN);
      GroupSettings settings = GroupSettings.defaults(other, RuleBench.settings().externalUrl());
      bench.engine().replaceTenant(new RuleSet(settings, List.of(RuleBench.file(DOWN))));
      bench.advance(150);
      assertThat(bench.engine().tenants()).containsExactlyInAnyOrder(RuleBench.TENANT, other);
      assertThat(bench.engine().views(other).alerts()).hasSize(1);
      assertThat(bench.engine().views(RuleBench.TENANT).alerts()).hasSize(1);
      bench.engine().replaceTenant(new RuleSet(settings, List.of()));
      assertThat(bench.engine().views(other).alerts()).isEmpty();
      assertThat(bench.engine().views(RuleBench.TENANT).alerts()).hasSize(1);
      List<String> left = bench.state().transaction(t -> t.ruleAlerts().groups(other));
      assertThat(left).isEmpty();
    }
  }

  @Test
  void hasPrometheussMetricsOfGroupsAndForgetsThemWithTheGroup() {
    try (RuleBench bench = new RuleBench(directory, DOWN)) {
      bench.advance(30);
      assertThat(metrics(bench))
          .contains(
              "prometheus_rule_evaluations_total{rule_group=\"rules.yml;g\"} 2.0",
              "prometheus_rule_group_iterations_total{rule_group=\"rules.yml;g\"} 2.0",
              "prometheus_rule_group_interval_seconds{rule_group=\"rules.yml;g\"} 15.0",
              "prometheus_rule_group_rules{rule_group=\"rules.yml;g\"} 1.0",
              "prometheus_rule_evaluation_duration_seconds_count{} 4.0");
      bench.engine().replace(List.of(), RuleBench.settings());
      assertThat(metrics(bench)).noneMatch(line -> line.contains("rules.yml;g"));
    }
  }

  private static List<String> metrics(RuleBench bench) {
    List<String> lines = new ArrayList<>();
    bench.metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            lines.add(name + labels + " " + value);
          }
        });
    return lines;
  }
}
