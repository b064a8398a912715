package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.model.TenantId;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a tenant's notifications begin with.
 *
 * @param alerts those that somebody has to be told of
 * @param pending notifications that are not delivered yet, oldest first
 */
record TakenOver(List<ReceivedAlerts.Row> alerts, List<Outbox.Waiting> pending) {

  /**
   * Reads it.
   *
   * @param grace how long an alert goes on to fire whose end passed while nobody could say that it
   *     goes on: until its sender had the time to say so again; zero where nobody was missing
   * @throws io.ghostworks.state.StateException if it cannot be read
   */
  static TakenOver read(State state, TenantId tenant, Duration grace, long nowNanos) {
    Set<Long> toldAsResolved = new HashSet<>();
    state
        .transaction(t -> t.notificationLog().all(tenant))
        .forEach(entry -> Arrays.stream(entry.resolved()).forEach(toldAsResolved::add));
    List<ReceivedAlerts.Row> alerts =
        state.transaction(t -> t.receivedAlerts().all(tenant)).stream()
            .map(alert ->
                toldAsResolved.contains(Fingerprint.logged(alert.labels()))
                    ? alert
                    : stillFiring(alert, grace, nowNanos))
            .toList();
    List<Outbox.Waiting> pending = state.transaction(t -> t.outbox().pending(tenant));
    return new TakenOver(alerts, pending);
  }

  private static ReceivedAlerts.Row stillFiring(
      ReceivedAlerts.Row alert, Duration grace, long nowNanos) {
    boolean firedWhenTold = alert.endsAtNanos() > alert.updatedAtNanos();
    return !grace.isZero() && firedWhenTold && Alerts.isResolved(alert, nowNanos)
        ? Alerts.until(alert, nowNanos + grace.toNanos())
        : alert;
  }
}
