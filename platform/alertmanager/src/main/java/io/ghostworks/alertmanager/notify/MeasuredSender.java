package io.ghostworks.alertmanager.notify;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what a sender does under Alertmanager's names ({@code notify/metrics.go}), by
 * the kind of integration, so that its dashboards and alerts work.
 */
public final class MeasuredSender implements Sender {
  private static final double[] LATENCY_BOUNDS = {1, 5, 10, 15, 20};

  private final Sender sender;
  private final Clock clock;
  private final PlatformMetrics.Counter requests;
  private final PlatformMetrics.Counter failed;
  private final PlatformMetrics.Histogram latency;

  public MeasuredSender(String kind, Sender sender, PlatformMetrics metrics, Clock clock) {
    this.sender = sender;
    this.clock = clock;
    Labels labels = Labels.of("integration", kind);
    this.requests =
        metrics.counter(
            "alertmanager_notification_requests_total",
            "The total number of attempted notification requests.",
            labels);
    this.failed =
        metrics.counter(
            "alertmanager_notification_requests_failed_total",
            "The total number of failed notification requests.",
            labels);
    this.latency =
        metrics.histogram(
            "alertmanager_notification_latency_seconds",
            "The latency of notifications in seconds.",
            labels,
            LATENCY_BOUNDS);
  }

  @Override
  public Outcome send(Notification notification, ReceiverData remembered, Duration timeout) {
    long start = clock.monotonicNanos();
    @Nullable Outcome outcome = null;
    try {
      outcome = sender.send(notification, remembered, timeout);
      return outcome;
    } finally {
      latency.observe((clock.monotonicNanos() - start) / (double) TimeUnit.SECONDS.toNanos(1));
      requests.increment();
      if (!(outcome instanceof Outcome.Delivered)) {
        failed.increment();
      }
    }
  }
}
