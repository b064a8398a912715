package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.ReceivedAlerts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Alerts of a route that are told together. Guarded by the dispatcher, apart from what is final.
 */
final class AlertGroup {
  final Route route;
  final GroupEvents.Group named;
  private final Map<Labels, Member> members = new LinkedHashMap<>();
  private List<String> mutedBy = List.of();
  Timers.Timer next = () -> {};

  /** When the alert started with which the group began. */
  long firstStartNanos;

  /** Held while the group is flushed; never taken while the lock of the dispatcher is held. */
  final ReentrantLock flushing = new ReentrantLock();

  /** An alert in the group, and what the last flush said of it. */
  private static final class Member {
    private ReceivedAlerts.Row row;
    private AlertStatus status = AlertStatus.UNPROCESSED;

    /** Why it was not told, "" where it was. */
    private String held = "";

    Member(ReceivedAlerts.Row row) {
      this.row = row;
    }
  }

  AlertGroup(Route route, GroupEvents.Group named) {
    this.route = route;
    this.named = named;
  }

  /** What the group of an alert is called. */
  static GroupEvents.Group named(Route route, Labels groupLabels) {
    return new GroupEvents.Group(
        route.groupKey(groupLabels), route.options().receiver(), groupLabels);
  }

  void put(ReceivedAlerts.Row alert) {
    Member member = members.get(alert.labels());
    if (member == null) {
      members.put(alert.labels(), new Member(alert));
    } else {
      member.row = alert;
    }
  }

  /** Takes an alert out if it did not change since. */
  boolean removeUnchanged(ReceivedAlerts.Row alert) {
    Member member = members.get(alert.labels());
    return member != null && member.row.equals(alert) && members.remove(alert.labels()) != null;
  }

  boolean has(Labels alert) {
    return members.containsKey(alert);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  List<ReceivedAlerts.Row> alerts() {
    List<ReceivedAlerts.Row> alerts = new ArrayList<>(members.size());
    members.values().forEach(member -> alerts.add(member.row));
    return alerts;
  }

  List<String> mutedBy() {
    return mutedBy;
  }

  AlertStatus status(Labels alert) {
    Member member = members.get(alert);
    return member == null ? AlertStatus.UNPROCESSED : member.status;
  }

  /**
   * Remembers what a flush found.
   *
   * @return the alerts that are held for a reason that is new, by the reason
   */
  Map<String, List<ReceivedAlerts.Row>> flushed(Muting.Outcome outcome) {
    if (outcome.timesAsked()) {
      mutedBy = outcome.mutedBy();
    }
    Map<String, List<ReceivedAlerts.Row>> newlyHeld = new LinkedHashMap<>();
    outcome
        .statuses()
        .forEach((labels, status) -> {
          Member member = members.get(labels);
          if (member != null) {
            member.status = status;
            String held = outcome.held().getOrDefault(labels, "");
            if (!held.isEmpty() && !held.equals(member.held)) {
              newlyHeld.computeIfAbsent(held, why -> new ArrayList<>()).add(member.row);
            }
            member.held = held;
          }
        });
    return newlyHeld;
  }
}
