package io.ghostworks.rules.test;

import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import io.ghostworks.model.label.Labels;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads files of unit tests; unknown keys are mistakes. */
final class RuleTestReader {

  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  private RuleTestReader() {}

  /**
   * @throws io.ghostworks.config.ConfigException if it is no such file
   */
  static RuleTestFile read(Path path) {
    Findings findings = new Findings();
    ConfigMap top = ConfigMap.of(ConfigFile.read(path), findings);
    List<String> ruleFiles = top.strings("rule_files");
    Duration interval = positive(duration(top, "evaluation_interval"), DEFAULT_INTERVAL);
    List<String> order = top.strings("group_eval_order");
    Set<String> known = new HashSet<>();
    for (String group : order) {
      if (!known.add(group)) {
        top.error("group_eval_order", "group name repeated in evaluation order: " + group, "");
      }
    }
    boolean fuzzy = top.bool("fuzzy_compare", false);
    List<RuleTestFile.Test> tests = new ArrayList<>();
    for (ConfigMap test : top.maps("tests")) {
      tests.add(test(test, interval));
    }
    top.rejectUnknownKeys();
    findings.throwIfErrors();
    return new RuleTestFile(path, ruleFiles, interval, order, fuzzy, tests);
  }

  private static RuleTestFile.Test test(ConfigMap map, Duration evaluationInterval) {
    RuleTestFile.Test test =
        new RuleTestFile.Test(
            map.string("name", ""),
            positive(duration(map, "interval"), evaluationInterval),
            map.maps("input_series").stream().map(RuleTestReader::series).toList(),
            map.maps("alert_rule_test").stream().map(RuleTestReader::alerts).toList(),
            map.maps("promql_expr_test").stream().map(RuleTestReader::expression).toList(),
            Labels.of(map.stringMap("external_labels")),
            map.string("external_url", ""),
            startMs(map));
    map.rejectUnknownKeys();
    return test;
  }

  private static RuleTestFile.InputSeries series(ConfigMap map) {
    RuleTestFile.InputSeries series =
        new RuleTestFile.InputSeries(map.string("series", ""), map.string("values", ""));
    map.rejectUnknownKeys();
    return series;
  }

  private static RuleTestFile.AlertTest alerts(ConfigMap map) {
    List<RuleTestFile.ExpectedAlert> expected = new ArrayList<>();
    for (ConfigMap alert : map.maps("exp_alerts")) {
      expected.add(
          new RuleTestFile.ExpectedAlert(
              alert.stringMap("exp_labels"), alert.stringMap("exp_annotations")));
      alert.rejectUnknownKeys();
    }
    RuleTestFile.AlertTest test =
        new RuleTestFile.AlertTest(
            duration(map, "eval_time"), map.string("alertname", ""), expected);
    map.rejectUnknownKeys();
    return test;
  }

  private static RuleTestFile.ExpressionTest expression(ConfigMap map) {
    List<RuleTestFile.ExpectedSample> expected = new ArrayList<>();
    for (ConfigMap sample : map.maps("exp_samples")) {
      expected.add(
          new RuleTestFile.ExpectedSample(
              sample.string("labels", ""),
              sample.number("value", 0),
              sample.string("histogram", "")));
      sample.rejectUnknownKeys();
    }
    RuleTestFile.ExpressionTest test =
        new RuleTestFile.ExpressionTest(
            map.string("expr", ""), duration(map, "eval_time"), expected);
    map.rejectUnknownKeys();
    return test;
  }

  private static Duration duration(ConfigMap map, String key) {
    return map.duration(key, DurationForm.PROMETHEUS, Duration.ZERO);
  }

  private static Duration positive(Duration given, Duration absent) {
    return given.isZero() ? absent : given;
  }

  private static long startMs(ConfigMap map) {
    String text = map.string("start_timestamp", "");
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return new BigDecimal(text).movePointRight(3).longValue();
    } catch (NumberFormatException notSeconds) {
      try {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        return instant.toEpochMilli();
      } catch (DateTimeException e) {
        map.error(
            "start_timestamp", "must be Unix seconds or RFC 3339, as 2026-01-31T12:00:00Z", "");
        return 0;
      }
    }
  }
}
