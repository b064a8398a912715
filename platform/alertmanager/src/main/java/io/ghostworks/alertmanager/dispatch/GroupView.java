package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.util.List;
import java.util.Map;

/**
 * A group of alerts at a moment.
 *
 * @param key as in the notification log
 * @param routeLabels rendered
 * @param alerts in the order in which they are told
 * @param mutedBy the time intervals that held the group when it was last due
 */
public record GroupView(
    Route route,
    String key,
    Labels labels,
    Map<String, String> routeLabels,
    List<ReceivedAlerts.Row> alerts,
    List<String> mutedBy) {
  public GroupView {
    alerts = List.copyOf(alerts);
    mutedBy = List.copyOf(mutedBy);
  }
}
