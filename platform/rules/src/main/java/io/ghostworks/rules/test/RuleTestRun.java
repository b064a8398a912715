package io.ghostworks.rules.test;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.promql.script.SeriesDescription;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.QueryException;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.TrialGroup;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One test: takes the input step by step, evaluates the groups at each step, compares alerts on the
 * way and expressions at the end ({@code cmd/promtool/unittest.go}).
 */
final class RuleTestRun {
  private static final String DEEP = "            ";

  private final RuleTestFile file;
  private final RuleTestFile.Test test;
  private final TestOptions options;
  private final Consumer<String> debug;
  private final TestStore store = new TestStore();
  private final TestQueries queries;
  private final List<TrialGroup> groups;
  private final Map<Duration, List<RuleTestFile.AlertTest>> alertTests = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  RuleTestRun(
      RuleTestFile file,
      RuleTestFile.Test test,
      TestOptions options,
      List<RuleFile> rules,
      Consumer<String> debug) {
    this.file = file;
    this.test = test;
    this.options = options;
    this.debug = debug;
    EngineOptions engine =
        options.engine().withSubqueryStepMs(Math.max(1, file.evaluationInterval().toMillis()));
    this.queries = new TestQueries(store.series(), engine);
    this.groups = groups(rules);
  }

  private List<TrialGroup> groups(List<RuleFile> rules) {
    GroupSettings defaults =
        GroupSettings.defaults(TenantId.DEFAULT, URI.create(escaped(test.externalUrl())));
    GroupSettings settings =
        new GroupSettings(
            TenantId.DEFAULT,
            test.interval(),
            Duration.ZERO,
            test.externalLabels(),
            List.of(),
            defaults.externalUrl(),
            defaults.resendDelay());
    List<TrialGroup> all = new ArrayList<>();
    for (RuleFile each : rules) {
      for (RuleFile.Group group : each.groups()) {
        all.add(new TrialGroup(each.file(), group, settings, queries, store));
      }
    }
    Map<String, Integer> order = new HashMap<>();
    file.groupOrder().forEach(name -> order.put(name, order.size()));
    all.sort(Comparator.comparing(group -> order.getOrDefault(group.name(), 0)));
    return all;
  }

  private static String escaped(String url) {
    return url.replace(" ", "%20");
  }

  /** What failed; empty if the test passed. */
  List<String> run() {
    for (RuleTestFile.InputSeries input : test.input()) {
      store.add(SeriesDescription.parse((input.series() + " " + input.values()).strip()));
    }
    for (RuleTestFile.AlertTest alert : test.alerts()) {
      if (alert.alertname().isEmpty()) {
        return List.of(
            "an item under alert_rule_test misses required attribute alertname at eval_time %s%s"
                .formatted(
                    text(alert.at()),
                    test.name().isEmpty() ? "" : " (in TestGroup %s)".formatted(test.name())));
      }
      alertTests.computeIfAbsent(alert.at(), at -> new ArrayList<>()).add(alert);
    }
    if (evaluate()) {
      test.expressions().forEach(this::compare);
      if (options.debug()) {
        dump();
      }
    }
    return failures;
  }

  /** Evaluates the groups at all steps; false if one failed, which ends the test. */
  private boolean evaluate() {
    long stepMs = Math.max(1, file.evaluationInterval().toMillis());
    long lastMs = test.lastEvaluation().toMillis();
    List<Duration> alertTimes = new ArrayList<>(alertTests.keySet());
    int nextAlerts = 0;
    for (long passedMs = 0; passedMs <= lastMs; passedMs += stepMs) {
      String refused =
          store.advance(test.startMs(), test.interval().toMillis(), test.startMs() + passedMs);
      if (!refused.isEmpty()) {
        failures.add(refused);
      } else if (!evaluate(passedMs)) {
        return false;
      }
      while (nextAlerts < alertTimes.size()
          && alertTimes.get(nextAlerts).toMillis() < passedMs + stepMs) {
        compare(alertTests.getOrDefault(alertTimes.get(nextAlerts++), List.of()));
      }
    }
    return true;
  }

  private boolean evaluate(long passedMs) {
    boolean good = true;
    long nowMs = test.startMs() + passedMs;
    for (TrialGroup group : groups) {
      for (TrialGroup.Failure failure : group.evaluate(Math.multiplyExact(nowMs, 1_000_000L))) {
        failures.add(
            "    rule: %s, time: %s, err: %s"
                .formatted(
                    failure.rule(),
                    io.ghostworks.config.DurationForm.GO.format(Duration.ofMillis(nowMs)),
                    failure.message()));
        good = false;
      }
    }
    return good;
  }

  private void compare(List<RuleTestFile.AlertTest> tests) {
    for (RuleTestFile.AlertTest alertTest : tests) {
      List<ComparedAlert> expected = new ArrayList<>();
      for (RuleTestFile.ExpectedAlert alert : alertTest.expected()) {
        expected.add(
            new ComparedAlert(
                Labels.of(alert.labels()).toBuilder()
                    .set("alertname", alertTest.alertname())
                    .build(),
                Labels.of(alert.annotations())));
      }
      List<ComparedAlert> got = new ArrayList<>();
      for (TrialGroup group : groups) {
        for (TrialGroup.Firing firing : group.firing()) {
          if (firing.rule().equals(alertTest.alertname())) {
            got.add(new ComparedAlert(firing.labels(), firing.annotations()));
          }
        }
      }
      expected.sort(null);
      got.sort(null);
      if (!expected.equals(got)) {
        failures.add(difference(alertTest, expected, got));
      }
    }
  }

  private String difference(
      RuleTestFile.AlertTest alertTest, List<ComparedAlert> expected, List<ComparedAlert> got) {
    String head =
        "%s    alertname: %s, time: %s, \n"
            .formatted(
                test.name().isEmpty() ? "" : "    name: %s,\n".formatted(test.name()),
                alertTest.alertname(),
                text(alertTest.at()));
    String wanted = TestTexts.ofAlerts(expected);
    String found = TestTexts.ofAlerts(got);
    return options.diff()
        ? head + "        diff: " + TestTexts.indented(ColouredDiff.of(wanted, found), DEEP)
        : head
            + "        exp:%s, \n        got:%s"
                .formatted(TestTexts.indented(wanted, DEEP), TestTexts.indented(found, DEEP));
  }

  private void compare(RuleTestFile.ExpressionTest expressionTest) {
    String place =
        "    expr: %s, time: %s,"
            .formatted(
                io.ghostworks.template.GoStrings.quote(expressionTest.expression()),
                text(expressionTest.at()));
    List<ComparedSample> got;
    List<ComparedSample> expected;
    try {
      got = got(expressionTest);
      expected = expected(expressionTest);
    } catch (QueryException | IllegalArgumentException e) {
      failures.add(place + " err: " + e.getMessage());
      return;
    }
    boolean equal = expected.size() == got.size();
    for (int i = 0; equal && i < got.size(); i++) {
      equal = expected.get(i).matches(got.get(i), file.fuzzyCompare());
    }
    if (!equal) {
      failures.add(
          "%s\n        exp: %s\n        got: %s"
              .formatted(place, TestTexts.ofSamples(expected), TestTexts.ofSamples(got)));
    }
  }

  private List<ComparedSample> got(RuleTestFile.ExpressionTest expressionTest) {
    long timeMs = test.startMs() + expressionTest.at().toMillis();
    return queries.evaluate(TenantId.DEFAULT, expressionTest.expression(), timeMs).stream()
        .map(element ->
            new ComparedSample(
                element.labels(),
                element.histogram() == null ? element.value() : 0,
                TestTexts.of(element.histogram())))
        .sorted(Comparator.comparing(ComparedSample::labels))
        .toList();
  }

  private static List<ComparedSample> expected(RuleTestFile.ExpressionTest expressionTest) {
    return expressionTest.expected().stream()
        .map(RuleTestRun::expected)
        .sorted(Comparator.comparing(ComparedSample::labels))
        .toList();
  }

  private static ComparedSample expected(RuleTestFile.ExpectedSample sample) {
    try {
      String series = sample.labels().strip();
      Labels labels = series.isEmpty() ? Labels.EMPTY : SeriesDescription.parse(series).labels();
      return sample.histogram().isEmpty()
          ? new ComparedSample(labels, sample.value(), "")
          : new ComparedSample(labels, 0, histogram(sample.histogram()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "labels %s: %s"
              .formatted(io.ghostworks.template.GoStrings.quote(sample.labels()), e.getMessage()),
          e);
    }
  }

  private static String histogram(String text) {
    var values = SeriesDescription.parse("{} " + text.strip()).values();
    if (values.size() != 1) {
      throw new IllegalArgumentException("expected 1 value, got " + values.size());
    }
    String written = TestTexts.of(values.getFirst().histogram());
    if (written.isEmpty()) {
      throw new IllegalArgumentException(
          "expected histogram, got " + FloatText.formatShort(values.getFirst().value()));
    }
    return written;
  }

  /** Tells all data, of the input and of the rules. */
  private void dump() {
    Duration last = Duration.ofSeconds(test.lastEvaluation().plusSeconds(1).toSeconds());
    @Nullable QueryResult result =
        queries.result(
            "{__name__=~\".+\"}[%s]".formatted(text(last)), test.startMs() + last.toMillis());
    debug.accept("DEBUG: Dump of all data (input_series and rules) at %s:".formatted(text(last)));
    if (result instanceof QueryResult.Matrix matrix) {
      for (SeriesPoints points : matrix.series()) {
        debug.accept(TestTexts.of(points.labels()) + " =>");
        for (int i = 0; i < points.size(); i++) {
          var histogram = points.histogram(i);
          debug.accept(
              "%s @[%d]"
                  .formatted(
                      histogram == null
                          ? FloatText.format(points.value(i))
                          : io.ghostworks.promql.text.HistogramText.format(histogram),
                      points.timestampMs(i)));
        }
      }
    }
  }

  private static String text(Duration duration) {
    return io.ghostworks.config.DurationForm.PROMETHEUS.format(duration);
  }
}
