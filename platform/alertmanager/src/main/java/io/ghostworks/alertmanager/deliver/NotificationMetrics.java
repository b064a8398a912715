package io.ghostworks.alertmanager.deliver;

import io.ghostworks.alertmanager.config.Integrations;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;

/**
 * The metrics of notifications: Alertmanager's by kind of receiver, the platform's own by receiver,
 * kind and index.
 */
public final class NotificationMetrics {
  private final PlatformMetrics metrics;

  public NotificationMetrics(PlatformMetrics metrics) {
    this.metrics = metrics;
  }

  /** A notification is on its way. */
  void begun(String integration) {
    ofKind("notifications_total", "The total number of attempted notifications.", integration)
        .increment();
  }

  /** A notification is given up. */
  void refused(String integration, FailureReason reason) {
    metrics
        .counter(
            "alertmanager_notifications_failed_total",
            "The total number of failed notifications.",
            kind(integration).toBuilder().set("reason", reason.word()).build())
        .increment();
  }

  void tried(String integration) {
    counter("notification_requests_total", "Attempts to deliver a notification.", integration)
        .increment();
  }

  void failed(String integration) {
    counter(
            "notification_requests_failed_total",
            "Failed attempts to deliver a notification.",
            integration)
        .increment();
  }

  void digest(String integration, int groups) {
    counter(
            "notification_digest_groups_total",
            "Notifications that were sent as part of a digest.",
            integration)
        .add(groups);
    counter("notification_digests_total", "Attempts to send a digest.", integration).increment();
  }

  void circuitOpened(String integration) {
    counter(
            "notification_circuit_opened_total",
            "How often a receiver did not take anything, so that notifications were kept back.",
            integration)
        .increment();
  }

  /**
   * @param why the rate or the circuit
   */
  void keptBack(String integration, String why) {
    metrics
        .counter(
            "ghostworks_alertmanager_notifications_kept_back_total",
            "Notifications that had to wait: the rate was used up, or the receiver did not take"
                + " anything.",
            Labels.of("integration", integration, "reason", why))
        .increment();
  }

  /** Shows how a queue stands from now on. */
  void watch(String integration, ReceiverQueue queue) {
    Labels labels = Labels.of("integration", integration);
    metrics.gauge(
        "ghostworks_alertmanager_notifications_pending",
        "Notifications that are not delivered yet.",
        labels,
        queue::size);
    metrics.gauge(
        "ghostworks_alertmanager_notification_circuit_open",
        "1 while a receiver does not take anything.",
        labels,
        () -> queue.isOpen() ? 1 : 0);
  }

  public void refusedAlerts(int alerts) {
    metrics
        .counter(
            "ghostworks_alertmanager_alerts_refused_total",
            "Alerts refused because there are too many.",
            Labels.EMPTY)
        .add(alerts);
  }

  private PlatformMetrics.Counter counter(String name, String help, String integration) {
    return metrics.counter(
        "ghostworks_alertmanager_" + name, help, Labels.of("integration", integration));
  }

  private PlatformMetrics.Counter ofKind(String name, String help, String integration) {
    return metrics.counter("alertmanager_" + name, help, kind(integration));
  }

  /** Alertmanager counts by the kind of receiver. */
  private static Labels kind(String integration) {
    return Labels.of("integration", Integrations.kindOf(integration));
  }
}
