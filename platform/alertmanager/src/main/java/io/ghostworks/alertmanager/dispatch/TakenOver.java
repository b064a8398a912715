package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.model.TenantId;
import io.ghostworks.state.NotificationLog;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    Map<Long, Long> toldAsResolved = new HashMap<>();
    for (NotificationLog.Entry entry : state.transaction(t -> t.notificationLog().all(tenant))) {
      for (long alert : entry.resolved()) {
        toldAsResolved.merge(alert, entry.sentAtNanos(), Math::max);
      }
    }
    List<ReceivedAlerts.Row> alerts =
        state.transaction(t -> t.receivedAlerts().all(tenant)).stream()
            .map(alert ->
                isTold(alert, toldAsResolved.get(Fingerprint.logged(alert.labels())))
                    ? alert
                    : stillFiring(alert, grace, nowNanos))
            .toList();
    List<Outbox.Waiting> pending = state.transaction(t -> t.outbox().pending(tenant));
    return new TakenOver(alerts, pending);
  }

  /** Whether somebody was told of just this end, and not only of an earlier one. */
  private static boolean isTold(ReceivedAlerts.Row alert, @Nullable Long resolvedNanos) {
    return resolvedNanos != null && resolvedNanos >= alert.endsAtNanos();
  }

  private static ReceivedAlerts.Row stillFiring(
      ReceivedAlerts.Row alert, Duration grace, long nowNanos) {
    boolean firedWhenTold = alert.endsAtNanos() > alert.updatedAtNanos();
    return !grace.isZero() && firedWhenTold && Alerts.isResolved(alert, nowNanos)
        ? Alerts.until(alert, nowNanos + grace.toNanos())
        : alert;
  }
}
