package io.ghostworks.rules;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which steps a group's rules are evaluated, so that each sees what it would see if they were
 * evaluated one after another in their order, as Prometheus does.
 *
 * <p>Rules of one step are evaluated side by side, then what all of them give is written at once,
 * in their order. A rule that reads what an earlier one writes comes a step later; one that writes
 * what an earlier one reads, or writes too, comes no earlier than that one. What a rule reads is
 * told by the selectors of its expression, by their metric's name and, of {@code ALERTS} and {@code
 * ALERTS_FOR_STATE}, by {@code alertname} (Prometheus's {@code buildDependencyMap}); a selector
 * without a name, or a template that may ask queries, reads all. Rules of LogQL and TraceQL read no
 * series.
 */
final class EvaluationPlan {

  private static final String ALERT_NAME = "alertname";

  private final List<int[]> steps;

  private EvaluationPlan(List<int[]> steps) {
    this.steps = List.copyOf(steps);
  }

  static EvaluationPlan of(List<RuleFile.Rule> rules) {
    Ordering ordering = new Ordering();
    List<List<Integer>> steps = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      int step = ordering.place(rules.get(i));
      while (steps.size() <= step) {
        steps.add(new ArrayList<>());
      }
      steps.get(step).add(i);
    }
    return new EvaluationPlan(
        steps.stream()
            .filter(step -> !step.isEmpty())
            .map(step -> step.stream().mapToInt(Integer::intValue).toArray())
            .toList());
  }

  /** The numbers of the rules of each step, ascending. */
  List<int[]> steps() {
    return steps;
  }

  /** What a rule reads: conditions on names; null for all series. */
  private record Reading(boolean all, List<List<LabelMatcher>> selectors) {

    static Reading of(RuleFile.Rule rule) {
      if (!(rule.expression() instanceof RuleExpression.Promql promql)) {
        return new Reading(false, List.of());
      }
      ReadSelectors read = ReadSelectors.of(promql.expr());
      boolean all = read.joinsInfo() || asksQueries(rule);
      List<List<LabelMatcher>> selectors = new ArrayList<>();
      for (ReadSelectors.Read each : read.found()) {
        List<LabelMatcher> matchers = each.selector().matchers();
        all |= matchers.stream().noneMatch(m -> m.label().equals(Labels.METRIC_NAME));
        selectors.add(matchers);
      }
      return new Reading(all, selectors);
    }

    private static boolean asksQueries(RuleFile.Rule rule) {
      return rule instanceof RuleFile.Alerting alerting
          && (alerting.labels().values().stream().anyMatch(t -> t.text().contains("query"))
              || alerting.annotations().values().stream()
                  .anyMatch(t -> t.text().contains("query")));
    }

    boolean reads(Output output) {
      return all || selectors.stream().anyMatch(output::isSelectedBy);
    }
  }

  /**
   * What a rule writes.
   *
   * @param alert the name of an alert; "" for a recording rule
   */
  private record Output(String metric, String alert) {

    static Output of(RuleFile.Rule rule) {
      return switch (rule) {
        case RuleFile.Recording recording -> new Output(recording.name(), "");
        case RuleFile.Alerting alerting -> new Output(AlertingRule.ALERTS, alerting.name());
      };
    }

    boolean isSelectedBy(List<LabelMatcher> selector) {
      for (LabelMatcher matcher : selector) {
        if (matcher.label().equals(Labels.METRIC_NAME) && !isNamed(matcher)) {
          return false;
        }
        if (matcher.label().equals(ALERT_NAME) && !alert.isEmpty() && !matcher.matches(alert)) {
          return false;
        }
      }
      return true;
    }

    private boolean isNamed(LabelMatcher matcher) {
      return matcher.matches(metric)
          || (!alert.isEmpty() && matcher.matches(AlertingRule.ALERTS_FOR_STATE));
    }
  }

  /** Gives one rule after the other its step. */
  private static final class Ordering {
    /** The last step that writes something. */
    private final Map<Output, Integer> written = new HashMap<>();

    /** The last step that reads exactly a name, for selectors that name one. */
    private final Map<String, Integer> readByName = new HashMap<>();

    /** Readings that a name does not tell, with their steps. */
    private final List<Map.Entry<Reading, Integer>> otherReadings = new ArrayList<>();

    int place(RuleFile.Rule rule) {
      Reading reading = Reading.of(rule);
      Output output = Output.of(rule);
      int step = Math.max(afterWriters(reading), notBefore(output));
      written.merge(output, step, Math::max);
      note(reading, step);
      return step;
    }

    private int afterWriters(Reading reading) {
      int step = 0;
      if (reading.all || reading.selectors.stream().anyMatch(s -> exactName(s) == null)) {
        for (Map.Entry<Output, Integer> each : written.entrySet()) {
          if (reading.reads(each.getKey())) {
            step = Math.max(step, each.getValue() + 1);
          }
        }
        return step;
      }
      for (List<LabelMatcher> selector : reading.selectors) {
        Integer writer = written.get(new Output(String.valueOf(exactName(selector)), ""));
        step = writer == null ? step : Math.max(step, writer + 1);
      }
      return step;
    }

    private int notBefore(Output output) {
      int step = written.getOrDefault(output, 0);
      if (output.alert.isEmpty()) {
        step = Math.max(step, readByName.getOrDefault(output.metric, 0));
      }
      for (Map.Entry<Reading, Integer> each : otherReadings) {
        if (each.getValue() > step && each.getKey().reads(output)) {
          step = each.getValue();
        }
      }
      return step;
    }

    private void note(Reading reading, int step) {
      boolean other = reading.all;
      for (List<LabelMatcher> selector : reading.selectors) {
        String name = exactName(selector);
        if (name == null) {
          other = true;
        } else {
          readByName.merge(name, step, Math::max);
        }
      }
      if (other) {
        otherReadings.add(Map.entry(reading, step));
      }
    }

    /** The one name that a selector asks for, unless it is that of alerts; else null. */
    private static @org.jspecify.annotations.Nullable String exactName(
        List<LabelMatcher> selector) {
      for (LabelMatcher matcher : selector) {
        if (matcher instanceof LabelMatcher.Equal(String label, String value)
            && label.equals(Labels.METRIC_NAME)
            && !value.equals(AlertingRule.ALERTS)
            && !value.equals(AlertingRule.ALERTS_FOR_STATE)) {
          return value;
        }
      }
      return null;
    }
  }
}
