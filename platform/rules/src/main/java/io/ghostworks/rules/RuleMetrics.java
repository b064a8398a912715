package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.metrics.Summary;
import io.ghostworks.runtime.time.Clock;

/**
 * The metrics of all groups, under the names of Prometheus's {@code rules/group.go}, and of each
 * group.
 */
final class RuleMetrics {
  private static final double[] BOUNDS = {0.01, 0.1, 1, 10};

  private final PlatformMetrics metrics;
  private final TenantId unnamed;
  private final Summary ruleDuration;
  private final PlatformMetrics.Histogram ruleDurations;
  private final Summary groupDuration;
  private final PlatformMetrics.Histogram groupDurations;

  /**
   * @param unnamed the tenant whose groups are told by {@code rule_group} alone, as Prometheus
   *     tells them; those of others have the label {@code tenant} too
   */
  RuleMetrics(PlatformMetrics metrics, Clock clock, TenantId unnamed) {
    this.metrics = metrics;
    this.unnamed = unnamed;
    String rule = "The duration for a rule to execute.";
    String group = "The duration of rule group evaluations.";
    this.ruleDuration =
        metrics.summary(
            "prometheus_rule_evaluation_duration_seconds",
            rule,
            Labels.EMPTY,
            clock,
            0.5,
            0.9,
            0.99);
    this.ruleDurations =
        metrics.histogram(
            "prometheus_rule_evaluation_duration_histogram_seconds", rule, Labels.EMPTY, BOUNDS);
    this.groupDuration =
        metrics.summary(
            "prometheus_rule_group_duration_seconds",
            group,
            Labels.EMPTY,
            clock,
            0.01,
            0.05,
            0.5,
            0.9,
            0.99);
    this.groupDurations =
        metrics.histogram(
            "prometheus_rule_group_duration_histogram_seconds", group, Labels.EMPTY, BOUNDS);
  }

  void ruleTook(double seconds) {
    ruleDuration.observe(seconds);
    ruleDurations.observe(seconds);
  }

  void groupTook(double seconds) {
    groupDuration.observe(seconds);
    groupDurations.observe(seconds);
  }

  /** The metrics of a group, all there from the beginning. */
  GroupMetrics of(TenantId tenant, String group, double intervalSeconds, int rules) {
    Labels.Builder labels = Labels.builder().set("rule_group", group);
    if (!tenant.equals(unnamed)) {
      labels.set("tenant", tenant.value());
    }
    return new GroupMetrics(metrics, labels.build(), intervalSeconds, rules);
  }
}
