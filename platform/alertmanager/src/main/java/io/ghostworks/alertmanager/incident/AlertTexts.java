package io.ghostworks.alertmanager.incident;

import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Alerts in the words of a timeline. */
final class AlertTexts {
  private static final int ALERTS_MAX = 5;

  private AlertTexts() {}

  /** How many, and what sets the first ones apart within their group. */
  static String of(List<ReceivedAlerts.Row> alerts, Labels group) {
    String named =
        alerts.stream()
            .limit(ALERTS_MAX)
            .map(alert -> of(alert.labels(), group))
            .collect(Collectors.joining("; "));
    return "%d %s: %s%s"
        .formatted(
            alerts.size(),
            alerts.size() == 1 ? "alert" : "alerts",
            named,
            alerts.size() > ALERTS_MAX ? "; …" : "");
  }

  private static String of(Labels alert, Labels group) {
    StringJoiner own = new StringJoiner(", ");
    alert.forEach((name, value) -> {
      if (!group.has(name)) {
        own.add(name + "=" + value);
      }
    });
    return own.length() == 0 ? alert.get("alertname") : own.toString();
  }
}
