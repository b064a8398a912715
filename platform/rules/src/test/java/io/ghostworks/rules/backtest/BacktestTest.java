package io.ghostworks.rules.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.script.SeriesDescription;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.InstantQuery;
import io.ghostworks.rules.RuleExpression;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.TrialGroup;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.template.PrometheusTemplate;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backtest tells what the rule engine would have done, evaluation by evaluation. */
class BacktestTest {
  private static final URI URL = URI.create("http://localhost:3000/prometheus");
  private static final long MINUTE = 60_000;
  private static final long BEGIN = 1_700_006_400_000L;

  private final MemorySeries series = new MemorySeries();
  private int ranges;

  @Test
  void tellsWhenAnAlertIsPendingFiresAndEnds() {
    load("up{instance=\"i\"} 1x9 0x9 1x30");
    BacktestReport report =
        run("up == 0", Duration.ofMinutes(5), Duration.ZERO, Map.of("severity", "page"), 0, 40);
    assertThat(report.steps()).isEqualTo(46);
    assertThat(report.fired()).isEqualTo(1);
    assertThat(report.firingMs()).isEqualTo(5 * MINUTE);
    assertThat(report.anyFiringMs()).isEqualTo(5 * MINUTE);
    BacktestReport.Episode episode = report.episodes().getFirst();
    assertThat(episode.labels())
        .isEqualTo(Labels.of("alertname", "A", "instance", "i", "severity", "page"));
    assertThat(episode.annotations()).isEqualTo(Labels.of("summary", "i is 0"));
    assertThat(episode.pendingAtMs()).isEqualTo(BEGIN + 10 * MINUTE);
    assertThat(episode.firingAtMs()).isEqualTo(BEGIN + 15 * MINUTE);
    assertThat(episode.endedAtMs()).isEqualTo(BEGIN + 20 * MINUTE);
    assertThat(ranges).isEqualTo(1);
  }

  @Test
  void countsWhatOnlyWasPendingAndWhatFiresAgain() {
    load("up 1 0x1 1 0x9 1x2 0x9 1x20");
    BacktestReport report = run("up == 0", Duration.ofMinutes(5), Duration.ZERO, Map.of(), 0, 40);
    assertThat(report.pendingOnly()).isEqualTo(1);
    assertThat(report.fired()).isEqualTo(2);
    assertThat(report.flaps()).isEqualTo(1);
  }

  @Test
  void keepsAlertsFiringWhoseConditionIsGone() {
    load("up 1 0x2 1x20");
    BacktestReport.Episode episode =
        run("up == 0", Duration.ZERO, Duration.ofMinutes(3), Map.of(), 0, 20).episodes().getFirst();
    assertThat(episode.firingAtMs()).isEqualTo(BEGIN + MINUTE);
    assertThat(episode.keptSinceMs()).isEqualTo(BEGIN + 4 * MINUTE);
    assertThat(episode.endedAtMs()).isEqualTo(BEGIN + 7 * MINUTE);
  }

  @Test
  void knowsWhatStoodAtTheStart() {
    load("up 0x30");
    BacktestReport report = run("up == 0", Duration.ofMinutes(5), Duration.ZERO, Map.of(), 10, 20);
    BacktestReport.Episode episode = report.episodes().getFirst();
    assertThat(episode.pendingAtMs()).isEqualTo(BEGIN + 5 * MINUTE);
    assertThat(episode.firingAtMs()).isEqualTo(BEGIN + 10 * MINUTE);
    assertThat(episode.endedAtMs()).isZero();
    assertThat(report.firingMs()).isEqualTo(10 * MINUTE);
  }

  @Test
  void leavesOutTheEvaluationsThatFail() {
    load("a{k=\"1\"} 1x30");
    load("b{k=\"1\",l=\"1\"} 1x30");
    load("b{k=\"1\",l=\"2\"} _x10 1 stale");
    BacktestReport report = run("a * on(k) b", Duration.ZERO, Duration.ZERO, Map.of(), 0, 20);
    assertThat(report.steps()).isEqualTo(21);
    assertThat(report.failedSteps()).isEqualTo(1);
    assertThat(report.failure()).startsWith("found duplicate series");
    assertThat(report.episodes()).hasSize(1);
  }

  @Test
  void refusesTooMuchWork() {
    BacktestRule rule = rule("up", Duration.ZERO, Duration.ZERO, Map.of());
    BacktestLimits limits = new BacktestLimits(10, 5, 2, 3, 4);
    assertThatThrownBy(() ->
            new Backtest(rule, query(), limits, Labels.EMPTY, URL).run(BEGIN, BEGIN + 20 * MINUTE))
        .hasMessageContaining("a backtest may have 10 evaluations, got 21");
    load("up{a=\"1\"} 1x10");
    load("up{a=\"2\"} 1x10");
    load("up{a=\"3\"} 1x10");
    BacktestReport report =
        new Backtest(rule, query(), limits, Labels.EMPTY, URL).run(BEGIN, BEGIN + 9 * MINUTE);
    assertThat(report.truncated()).isTrue();
    assertThat(report.episodes()).hasSize(2);
    assertThat(report.fired()).isEqualTo(3);
    load("up{a=\"4\"} 1x10");
    load("up{a=\"5\"} 1x10");
    assertThatThrownBy(() ->
            new Backtest(rule, query(), limits, Labels.EMPTY, URL).run(BEGIN, BEGIN + 9 * MINUTE))
        .isInstanceOf(QueryException.class)
        .hasMessage("a backtest may have 4 alerts at once");
  }

  @Test
  void endsWhenItIsCancelled() {
    load("up 1x1000");
    try (QueryContext whole = context()) {
      SourceBacktestQuery query =
          new SourceBacktestQuery(series, whole, BacktestTest::context, EngineOptions.DEFAULT)
              .started();
      whole.cancel();
      assertThatThrownBy(() ->
              new Backtest(
                      rule("up", Duration.ZERO, Duration.ZERO, Map.of()),
                      query,
                      BacktestLimits.DEFAULT,
                      Labels.EMPTY,
                      URL)
                  .run(BEGIN, BEGIN + 900 * MINUTE))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("canceled");
    }
  }

  /** The same rule step by step in the engine's own alert states, and by range queries. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "m > 0.5",
        "max by (a) (m) > 0.7",
        "count_over_time(m[3m]) < 3",
        "m > 0.5 and on(a) topk(1, m)",
        "m @ end() > 0.5",
        "absent(m{b=\"2\"})",
        "avg_over_time(m[5m:1m]) > bool 0.4 > 0",
      })
  void agreesWithTheEngineStepByStep(String expression) {
    long seed = Long.getLong("seed", 20_261_123L);
    Random random = new Random(seed);
    for (int i = 0; i < 6; i++) {
      StringBuilder values = new StringBuilder();
      for (int step = 0; step < 120; step++) {
        values.append(
            random.nextInt(6) == 0
                ? " _"
                : random.nextInt(12) == 0
                    ? " stale"
                    : " " + (step % 20 < random.nextInt(20) ? 0.9 : 0.1));
      }
      load("m{a=\"%d\",b=\"%d\"}%s".formatted(i / 2, i % 2, values));
    }
    Duration holdFor = Duration.ofMinutes(random.nextInt(4));
    Duration keep = Duration.ofMinutes(random.nextInt(4));
    Map<String, String> labels =
        Map.of(
            "level", "{{ if gt $value 0.5 }}high{{ else }}low{{ end }}", "of", "{{ $labels.a }}");
    BacktestReport report = run(expression, holdFor, keep, labels, 0, 110);
    String seen = "seed %d, %s, for %s, keep %s".formatted(seed, expression, holdFor, keep);
    assertThat(firingByStep(report))
        .as(seen)
        .isEqualTo(engineByStep(expression, holdFor, keep, labels));
  }

  private static Map<Long, Set<String>> firingByStep(BacktestReport report) {
    Map<Long, Set<String>> firing = new TreeMap<>();
    for (BacktestReport.Episode episode : report.episodes()) {
      if (episode.hasFired()) {
        long end = episode.endedAtMs() == 0 ? report.endMs() + 1 : episode.endedAtMs();
        for (long at = Math.max(BEGIN, episode.firingAtMs()); at < end; at += MINUTE) {
          firing.computeIfAbsent(at, t -> new TreeSet<>()).add(episode.labels().toString());
        }
      }
    }
    return firing;
  }

  private Map<Long, Set<String>> engineByStep(
      String expression, Duration holdFor, Duration keep, Map<String, String> labels) {
    BacktestRule rule = rule(expression, holdFor, keep, labels);
    RuleFile.Group group =
        new RuleFile.Group(
            "g",
            Duration.ofMinutes(1),
            null,
            0,
            Map.of(),
            List.of(
                new RuleFile.Alerting(
                    "A",
                    new RuleExpression.Promql(rule.expression()),
                    holdFor,
                    keep,
                    rule.labels(),
                    rule.annotations())));
    TrialGroup trial =
        new TrialGroup(
            "f",
            group,
            GroupSettings.defaults(TenantId.DEFAULT, URL),
            this::instant,
            (tenant, batch) -> accepted(batch));
    Map<Long, Set<String>> firing = new TreeMap<>();
    for (long at = BEGIN - holdFor.plus(keep).toMillis();
        at <= BEGIN + 110 * MINUTE;
        at += MINUTE) {
      trial.evaluate(at * 1_000_000);
      for (TrialGroup.Firing alert : trial.firing()) {
        if (at >= BEGIN) {
          firing.computeIfAbsent(at, t -> new TreeSet<>()).add(alert.labels().toString());
        }
      }
    }
    return firing;
  }

  private static CompletableFuture<Acknowledgement> accepted(SeriesBatch batch) {
    return CompletableFuture.completedFuture(Acknowledgement.accepted(batch.rows()));
  }

  private List<InstantQuery.Element> instant(TenantId tenant, String expression, long timeMs) {
    try (QueryContext context = context()) {
      QueryResult result =
          PromqlEngine.instant(expression, timeMs, context, series, EngineOptions.DEFAULT).result();
      return ((QueryResult.Vector) result)
          .samples().stream()
              .map(sample -> new InstantQuery.Element(sample.labels(), sample.value()))
              .toList();
    }
  }

  private void load(String description) {
    series.add(SeriesDescription.parse(description), BEGIN, MINUTE);
  }

  private BacktestReport run(
      String expression,
      Duration holdFor,
      Duration keep,
      Map<String, String> labels,
      long startMinute,
      long endMinute) {
    return new Backtest(
            rule(expression, holdFor, keep, labels),
            query(),
            BacktestLimits.DEFAULT,
            Labels.EMPTY,
            URL)
        .run(BEGIN + startMinute * MINUTE, BEGIN + endMinute * MINUTE);
  }

  private static BacktestRule rule(
      String expression, Duration holdFor, Duration keep, Map<String, String> labels) {
    Expr parsed = new PromqlParser(ParserOptions.DEFAULT).parse(expression);
    Map<String, PrometheusTemplate> templates = new HashMap<>();
    labels.forEach((name, text) -> templates.put(name, PrometheusTemplate.parse("l", text)));
    return new BacktestRule(
        "g",
        "A",
        parsed,
        Duration.ofMinutes(1),
        0,
        Duration.ZERO,
        holdFor,
        keep,
        0,
        templates,
        Map.of("summary", PrometheusTemplate.parse("s", "{{ $labels.instance }} is {{ $value }}")));
  }

  private BacktestQuery query() {
    return new BacktestQuery() {
      @Override
      public List<SeriesPoints> range(String expression, long startMs, long endMs, long stepMs) {
        ranges++;
        try (QueryContext context = context()) {
          QueryResult result =
              PromqlEngine.range(
                      expression, startMs, endMs, stepMs, context, series, EngineOptions.DEFAULT)
                  .result();
          return ((QueryResult.Matrix) result).series();
        }
      }

      @Override
      public List<PrometheusTemplate.Sample> instant(String expression, long timestampMs) {
        return List.of();
      }

      @Override
      public void check() {
        // Nobody cancels.
      }
    };
  }

  private static QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT,
        Clock.system(),
        Duration.ofMinutes(1),
        new MemoryLedger().open("backtest", 64 << 20),
        64 << 20);
  }
}
