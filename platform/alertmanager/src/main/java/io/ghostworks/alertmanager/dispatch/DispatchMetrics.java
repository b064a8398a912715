package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What can be measured of routing, by tenant, under Alertmanager's names. Thread-safe. */
public final class DispatchMetrics {
  private final PlatformMetrics metrics;
  private final Labels tenant;

  public DispatchMetrics(PlatformMetrics metrics, TenantId tenant) {
    this.metrics = metrics;
    this.tenant = Labels.of("tenant", tenant.value());
  }

  /** Reads groups and alerts from here on, in the place of what was read before. */
  void read(IntSupplier groups, Supplier<Map<AlertStatus.State, Integer>> alerts) {
    metrics.gauge(
        "alertmanager_dispatcher_aggregation_groups",
        "Number of active aggregation groups",
        tenant,
        groups::getAsInt);
    for (AlertStatus.State state : AlertStatus.State.values()) {
      metrics.gauge(
          "alertmanager_alerts",
          "How many alerts by state.",
          with("state", state.word()),
          () -> alerts.get().getOrDefault(state, 0));
    }
  }

  /** Shows how large the configuration is. */
  public void configured(int receivers, int integrations, int inhibitRules) {
    metrics.gauge(
        "alertmanager_receivers", "Number of configured receivers.", tenant, () -> receivers);
    metrics.gauge(
        "alertmanager_integrations",
        "Number of configured integrations.",
        tenant,
        () -> integrations);
    metrics.gauge(
        "alertmanager_inhibition_rules",
        "Number of configured inhibition rules.",
        tenant,
        () -> inhibitRules);
  }

  void suppressed(String reason, int notifications) {
    if (notifications > 0) {
      metrics
          .counter(
              "alertmanager_notifications_suppressed_total",
              "The total number of notifications suppressed for being silenced, inhibited, outside"
                  + " of active time intervals or within muted time intervals.",
              with("reason", reason))
          .add(notifications);
    }
  }

  void groupLimitReached() {
    metrics
        .counter(
            "alertmanager_dispatcher_aggregation_group_limit_reached_total",
            "Number of times when dispatcher failed to create new aggregation group due to limit.",
            tenant)
        .increment();
  }

  private Labels with(String name, String value) {
    return tenant.toBuilder().set(name, value).build();
  }
}
