package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be tried out.
 *
 * @param configuration in the place of the running one
 * @param field of the receiver, such as {@code slack_configs[0].title}
 * @param definitions further templates by the names of their files
 * @param groupLabels empty for those that all alerts share
 */
record TrialRequest(
    Optional<String> receiver,
    Optional<AlertmanagerConfig> configuration,
    Optional<String> template,
    Optional<String> field,
    Map<String, String> definitions,
    boolean html,
    List<ReceivedAlerts.Row> alerts,
    Optional<Labels> groupLabels,
    Duration timeout,
    long nowNanos) {

  TrialRequest {
    definitions = Map.copyOf(definitions);
    alerts = List.copyOf(alerts);
  }

  /** A notification of a group of its own, so that no test touches what services know of others. */
  Notification notification(String receiverName) {
    return new Notification(
        "test/%s/%d".formatted(receiverName, nowNanos),
        receiverName,
        groupLabels.orElseGet(this::sharedName),
        "first notification",
        new long[0],
        new long[0],
        alerts);
  }

  private Labels sharedName() {
    String name = alerts.isEmpty() ? "" : alerts.getFirst().labels().get("alertname");
    boolean shared =
        alerts.stream().allMatch(alert -> alert.labels().get("alertname").equals(name));
    return shared && !name.isEmpty() ? Labels.of("alertname", name) : Labels.EMPTY;
  }
}
