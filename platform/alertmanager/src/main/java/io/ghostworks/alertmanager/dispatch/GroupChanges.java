package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which alerts of which groups fire or are over by one transaction. Not thread-safe. */
final class GroupChanges {
  private final long nowNanos;
  private final Map<GroupEvents.Group, Changed> groups = new LinkedHashMap<>();

  private record Changed(List<ReceivedAlerts.Row> fired, List<ReceivedAlerts.Row> resolved) {}

  GroupChanges(long nowNanos) {
    this.nowNanos = nowNanos;
  }

  /**
   * Notes what an alert does.
   *
   * @param before null where it was not known
   */
  void add(GroupEvents.Group group, ReceivedAlerts.@Nullable Row before, ReceivedAlerts.Row alert) {
    boolean fired = before != null && !Alerts.isResolved(before, nowNanos);
    boolean fires = !Alerts.isResolved(alert, nowNanos);
    if (before != null && fired == fires) {
      return;
    }
    Changed changed =
        groups.computeIfAbsent(group, g -> new Changed(new ArrayList<>(), new ArrayList<>()));
    (fires ? changed.fired : changed.resolved).add(alert);
  }

  void tell(GroupEvents events, State.Tables tables) {
    groups.forEach((group, changed) ->
        events.changed(tables, group, changed.fired, changed.resolved, nowNanos));
  }
}
