package io.ghostworks.alertmanager;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;

/** The metrics of notifications, by {@code integration}. */
final class NotificationMetrics {
  private final PlatformMetrics metrics;

  NotificationMetrics(PlatformMetrics metrics) {
    this.metrics = metrics;
  }

  void tried(String integration) {
    counter(
            "ghostworks_alertmanager_notification_requests_total",
            "Attempts to deliver a notification.",
            integration)
        .increment();
  }

  void failed(String integration) {
    counter(
            "ghostworks_alertmanager_notification_requests_failed_total",
            "Failed attempts to deliver a notification.",
            integration)
        .increment();
  }

  void refusedAlerts(int alerts) {
    metrics
        .counter(
            "ghostworks_alertmanager_alerts_refused_total",
            "Alerts refused because there are too many.",
            Labels.EMPTY)
        .add(alerts);
  }

  private PlatformMetrics.Counter counter(String name, String help, String integration) {
    return metrics.counter(name, help, Labels.of("integration", integration));
  }
}
