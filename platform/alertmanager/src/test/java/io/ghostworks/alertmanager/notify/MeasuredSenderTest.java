package io.ghostworks.alertmanager.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredSenderTest {

  @Test
  void countsAndTimesTriesAsAlertmanagerDoes() {
    SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
    PlatformMetrics metrics = new PlatformMetrics();
    Deque<Sender.Outcome> outcomes =
        new ArrayDeque<>(
            List.of(
                new Sender.Outcome.Delivered(List.of(), ReceiverData.NONE),
                new Sender.Outcome.Failed("x", true, FailureReason.OTHER, List.of())));
    Sender sender =
        new MeasuredSender(
            "webhook",
            (notification, remembered, timeout) -> {
              time.advance(Duration.ofSeconds(2));
              return outcomes.removeFirst();
            },
            metrics,
            time);
    Notification notification =
        new Notification("k", "r", Labels.EMPTY, "x", new long[0], new long[0], List.of());
    sender.send(notification, ReceiverData.NONE, Duration.ofSeconds(5));
    sender.send(notification, ReceiverData.NONE, Duration.ofSeconds(5));
    Labels labels = Labels.of("integration", "webhook");
    assertThat(metrics.counter("alertmanager_notification_requests_total", "", labels).value())
        .isEqualTo(2);
    assertThat(
            metrics.counter("alertmanager_notification_requests_failed_total", "", labels).value())
        .isEqualTo(1);
  }
}
