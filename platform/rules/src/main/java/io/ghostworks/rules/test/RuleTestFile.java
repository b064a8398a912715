package io.ghostworks.rules.test;

import io.ghostworks.model.label.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A file of unit tests as written.
 *
 * @param ruleFiles patterns as {@link GoGlob} takes them, relative to the file's folder
 * @param groupOrder the groups that are evaluated first, in this order
 * @param fuzzyCompare whether numbers that are neighbours count as equal
 */
record RuleTestFile(
    Path path,
    List<String> ruleFiles,
    Duration evaluationInterval,
    List<String> groupOrder,
    boolean fuzzyCompare,
    List<Test> tests) {

  RuleTestFile {
    ruleFiles = List.copyOf(ruleFiles);
    groupOrder = List.copyOf(groupOrder);
    tests = List.copyOf(tests);
  }

  /**
   * Series and what rules and expressions make of them.
   *
   * @param name as given, or ""
   * @param interval between the samples of the input
   * @param startMs the time of the first sample and of the first evaluation
   */
  record Test(
      String name,
      Duration interval,
      List<InputSeries> input,
      List<AlertTest> alerts,
      List<ExpressionTest> expressions,
      Labels externalLabels,
      String externalUrl,
      long startMs) {

    Test {
      input = List.copyOf(input);
      alerts = List.copyOf(alerts);
      expressions = List.copyOf(expressions);
    }

    /** When the last of the comparisons is, counted from the start. */
    Duration lastEvaluation() {
      Duration last = Duration.ZERO;
      for (AlertTest alert : alerts) {
        last = alert.at().compareTo(last) > 0 ? alert.at() : last;
      }
      for (ExpressionTest expression : expressions) {
        last = expression.at().compareTo(last) > 0 ? expression.at() : last;
      }
      return last;
    }
  }

  /** A series and its values, both in the notation of load commands. */
  record InputSeries(String series, String values) {}

  /** Which alerts of a name fire at a time. */
  record AlertTest(Duration at, String alertname, List<ExpectedAlert> expected) {
    AlertTest {
      expected = List.copyOf(expected);
    }
  }

  record ExpectedAlert(Map<String, String> labels, Map<String, String> annotations) {}

  /** What an expression gives at a time. */
  record ExpressionTest(String expression, Duration at, List<ExpectedSample> expected) {
    ExpressionTest {
      expected = List.copyOf(expected);
    }
  }

  /**
   * @param labels a series as written
   * @param histogram as load commands write it, or ""; then the value does not count
   */
  record ExpectedSample(String labels, double value, String histogram) {}
}
