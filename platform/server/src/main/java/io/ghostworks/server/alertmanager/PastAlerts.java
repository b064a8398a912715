package io.ghostworks.server.alertmanager;

import io.ghostworks.model.TenantId;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredIncidents;
import java.util.ArrayList;
import java.util.List;

/** The alerts that fired at a time of the past, as incidents keep them. */
final class PastAlerts {

  private static final int INCIDENTS_MAX = 500;
  private static final int ALERTS_MAX = 20_000;

  private PastAlerts() {}

  /**
   * What is found.
   *
   * @param whole whether there are no more
   */
  record Found(List<ReceivedAlerts.Row> alerts, boolean whole) {}

  static Found at(State state, TenantId tenant, long atNanos) {
    return state.transaction(tables -> read(tables.incidents(), tenant, atNanos));
  }

  private static Found read(StoredIncidents incidents, TenantId tenant, long atNanos) {
    StoredIncidents.Selection then =
        new StoredIncidents.Selection(
            Long.MAX_VALUE,
            StoredIncidents.Selection.State.ANY,
            "",
            "",
            atNanos,
            Math.addExact(atNanos, 1));
    List<StoredIncidents.Row> found = incidents.newest(tenant, then, INCIDENTS_MAX);
    List<ReceivedAlerts.Row> alerts = new ArrayList<>();
    for (StoredIncidents.Row incident : found) {
      incidents
          .alerts(incident.id(), ALERTS_MAX - alerts.size() + 1)
          .forEach(alert -> alerts.add(received(alert)));
      if (alerts.size() > ALERTS_MAX) {
        return new Found(alerts, false);
      }
    }
    return new Found(alerts, found.size() < INCIDENTS_MAX);
  }

  private static ReceivedAlerts.Row received(StoredIncidents.Alert alert) {
    return new ReceivedAlerts.Row(
        alert.labels(),
        alert.annotations(),
        alert.startsAtNanos(),
        alert.endsAtNanos(),
        alert.startsAtNanos(),
        false,
        alert.generatorUrl());
  }
}
