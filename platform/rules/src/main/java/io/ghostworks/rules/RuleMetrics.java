package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of groups, by {@code rule_group}. */
final class RuleMetrics {
  private final PlatformMetrics metrics;
  private final Map<String, RuleGroup.Evaluated> last = new ConcurrentHashMap<>();

  RuleMetrics(PlatformMetrics metrics) {
    this.metrics = metrics;
  }

  void scheduled(String group, long iterations) {
    counter(
            "ghostworks_rule_group_iterations_total",
            "Scheduled evaluations of rule groups, executed or missed.",
            group)
        .add(iterations);
  }

  void missed(String group, long iterations) {
    counter(
            "ghostworks_rule_group_iterations_missed_total",
            "Evaluations of rule groups missed because the one before took too long.",
            group)
        .add(iterations);
  }

  void ruleEvaluated(String group) {
    counter("ghostworks_rule_evaluations_total", "Evaluations of rules.", group).increment();
  }

  void ruleFailed(String group) {
    counter("ghostworks_rule_evaluation_failures_total", "Failed evaluations of rules.", group)
        .increment();
  }

  void ruleHeld(String group) {
    counter(
            "ghostworks_rule_evaluations_held_total",
            "Evaluations of rules put off because data were not whole.",
            group)
        .increment();
  }

  void evaluated(String group, double seconds, long atNanos) {
    last.put(group, new RuleGroup.Evaluated(atNanos, seconds));
    Labels labels = Labels.of("rule_group", group);
    metrics.gauge(
        "ghostworks_rule_group_last_duration_seconds",
        "How long the last evaluation of a rule group took.",
        labels,
        () -> last.getOrDefault(group, new RuleGroup.Evaluated(0, 0)).seconds());
    metrics.gauge(
        "ghostworks_rule_group_last_evaluation_timestamp_seconds",
        "When a rule group was evaluated last.",
        labels,
        () -> last.getOrDefault(group, new RuleGroup.Evaluated(0, 0)).atNanos() / 1e9);
  }

  private PlatformMetrics.Counter counter(String name, String help, String group) {
    return metrics.counter(name, help, Labels.of("rule_group", group));
  }
}
