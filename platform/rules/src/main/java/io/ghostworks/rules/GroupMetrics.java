package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The metrics of one group: those of Prometheus, and with the prefix of this platform those that it
 * had before and has beyond. A group that replaces another of its name goes on counting.
 */
final class GroupMetrics {

  private final PlatformMetrics metrics;
  private final Labels labels;
  private final Set<String> names = new TreeSet<>();
  private final Map<String, PlatformMetrics.Counter> counters = new LinkedHashMap<>();
  private volatile Last last = new Last(0, 0, 0, 0);

  /** The last evaluation. */
  private record Last(double startedSeconds, double seconds, double rulesSeconds, long samples) {}

  GroupMetrics(PlatformMetrics metrics, Labels labels, double intervalSeconds, int rules) {
    this.metrics = metrics;
    this.labels = labels;
    for (String prefix : new String[] {"prometheus_", "ghostworks_"}) {
      counter(
          prefix + "rule_group_iterations_total",
          "The total number of scheduled rule group evaluations, whether executed or missed.");
      counter(
          prefix + "rule_group_iterations_missed_total",
          "The total number of rule group evaluations missed due to slow rule group evaluation.");
      counter(prefix + "rule_evaluations_total", "The total number of rule evaluations.");
      counter(
          prefix + "rule_evaluation_failures_total",
          "The total number of rule evaluation failures.");
      gauge(
          prefix + "rule_group_last_duration_seconds",
          "The duration of the last rule group evaluation.",
          () -> last.seconds);
      gauge(
          prefix + "rule_group_last_evaluation_timestamp_seconds",
          "The timestamp of the last rule group evaluation in seconds.",
          () -> last.startedSeconds);
    }
    gauge(
        "prometheus_rule_group_last_rule_duration_sum_seconds",
        "The sum of time in seconds it took to evaluate each rule in the group regardless of"
            + " concurrency.",
        () -> last.rulesSeconds);
    gauge(
        "prometheus_rule_group_last_evaluation_samples",
        "The number of samples returned during the last rule group evaluation.",
        () -> last.samples);
    gauge(
        "prometheus_rule_group_interval_seconds",
        "The interval of a rule group.",
        () -> intervalSeconds);
    gauge("prometheus_rule_group_rules", "The number of rules.", () -> rules);
    counter(
        "ghostworks_rule_evaluations_held_total",
        "Evaluations of rules put off because data were not whole.");
    counter(
        "ghostworks_rule_group_iterations_missed_while_down_total",
        "Evaluations of rule groups missed because the program did not run.");
  }

  private void counter(String name, String help) {
    names.add(name);
    counters.put(name, metrics.counter(name, help, labels));
  }

  private void gauge(String name, String help, java.util.function.DoubleSupplier value) {
    names.add(name);
    metrics.gauge(name, help, labels, value);
  }

  private void add(String name, long amount) {
    PlatformMetrics.Counter counter = counters.get(name);
    if (counter == null) {
      throw new IllegalStateException("there is no counter " + name);
    }
    counter.add(amount);
  }

  private void addBoth(String name, long amount) {
    add("prometheus_" + name, amount);
    add("ghostworks_" + name, amount);
  }

  void scheduled(long iterations) {
    addBoth("rule_group_iterations_total", iterations);
  }

  void missed(long iterations) {
    addBoth("rule_group_iterations_missed_total", iterations);
  }

  /** Slots missed since the start. */
  long missed() {
    return Objects.requireNonNull(counters.get("prometheus_rule_group_iterations_missed_total"))
        .value();
  }

  void missedWhileDown(long iterations) {
    add("ghostworks_rule_group_iterations_missed_while_down_total", iterations);
  }

  void rulesEvaluated(int rules) {
    addBoth("rule_evaluations_total", rules);
  }

  void ruleFailed() {
    addBoth("rule_evaluation_failures_total", 1);
  }

  void ruleHeld() {
    add("ghostworks_rule_evaluations_held_total", 1);
  }

  void evaluated(long startedNanos, double seconds, double rulesSeconds, long samples) {
    last = new Last(startedNanos / 1e9, seconds, rulesSeconds, samples);
  }

  /** The group is no longer configured. */
  void forget() {
    names.forEach(name -> metrics.remove(name, labels));
  }
}
