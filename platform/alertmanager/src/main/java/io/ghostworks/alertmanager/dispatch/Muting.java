package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.config.RouteOptions;
import io.ghostworks.alertmanager.inhibit.Inhibitor;
import io.ghostworks.alertmanager.interval.Intervals;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps alerts from being told, in the order in which Alertmanager asks ({@code
 * notify.PipelineBuilder}): other alerts, the route's active times, its muted times, silences. Who
 * was held by one is not asked about by the next. Thread-safe.
 */
public final class Muting {
  private final Inhibitor inhibitor;
  private final Intervals intervals;
  private final Silencer silencer;
  private final DispatchMetrics metrics;

  public Muting(
      Inhibitor inhibitor, Intervals intervals, Silencer silencer, DispatchMetrics metrics) {
    this.inhibitor = inhibitor;
    this.intervals = intervals;
    this.silencer = silencer;
    this.metrics = metrics;
  }

  /**
   * What a flush found.
   *
   * @param passed the alerts that are told, in their order
   * @param statuses of the alerts that were asked about
   * @param held why alerts are not told, by their labels, in words
   * @param mutedBy names of the intervals that hold the whole group
   * @param timesAsked whether the route's times were looked at
   */
  record Outcome(
      List<ReceivedAlerts.Row> passed,
      Map<Labels, AlertStatus> statuses,
      Map<Labels, String> held,
      List<String> mutedBy,
      boolean timesAsked) {}

  /** Sorts out which of a group's alerts are told at a time. */
  Outcome ask(List<ReceivedAlerts.Row> alerts, RouteOptions options, long nowNanos) {
    Map<Labels, AlertStatus> statuses = new HashMap<>();
    Map<Labels, String> held = new HashMap<>();
    List<ReceivedAlerts.Row> uninhibited = new ArrayList<>(alerts.size());
    for (ReceivedAlerts.Row alert : alerts) {
      List<String> by = inhibitedBy(alert.labels(), nowNanos);
      statuses.put(alert.labels(), AlertStatus.of(List.of(), by));
      if (by.isEmpty()) {
        uninhibited.add(alert);
      } else {
        held.put(alert.labels(), "inhibited by alert " + by.getFirst());
      }
    }
    metrics.suppressed("inhibition", held.size());
    if (uninhibited.isEmpty()) {
      return new Outcome(List.of(), statuses, held, List.of(), false);
    }
    List<String> inactive = notActive(options, nowNanos);
    if (!inactive.isEmpty()) {
      metrics.suppressed("active_time_interval", uninhibited.size());
      hold(uninhibited, "outside of " + String.join(", ", inactive), held);
      return new Outcome(List.of(), statuses, held, inactive, true);
    }
    List<String> muted = intervals.containing(options.muteTimeIntervals(), nowNanos);
    if (!muted.isEmpty()) {
      metrics.suppressed("mute_time_interval", uninhibited.size());
      hold(uninhibited, "within " + String.join(", ", muted), held);
      return new Outcome(List.of(), statuses, held, muted, true);
    }
    return new Outcome(
        unsilenced(uninhibited, statuses, held, nowNanos), statuses, held, List.of(), true);
  }

  private List<String> notActive(RouteOptions options, long nowNanos) {
    List<String> names = options.activeTimeIntervals();
    return names.isEmpty() || !intervals.containing(names, nowNanos).isEmpty() ? List.of() : names;
  }

  private static void hold(List<ReceivedAlerts.Row> alerts, String why, Map<Labels, String> held) {
    alerts.forEach(alert -> held.put(alert.labels(), why));
  }

  private List<ReceivedAlerts.Row> unsilenced(
      List<ReceivedAlerts.Row> alerts,
      Map<Labels, AlertStatus> statuses,
      Map<Labels, String> held,
      long nowNanos) {
    List<ReceivedAlerts.Row> passed = new ArrayList<>(alerts.size());
    for (ReceivedAlerts.Row alert : alerts) {
      List<String> by = silencer.silencing(alert.labels(), nowNanos);
      if (by.isEmpty()) {
        passed.add(alert);
      } else {
        statuses.put(alert.labels(), AlertStatus.of(by, List.of()));
        held.put(alert.labels(), "silence " + String.join(", ", by));
      }
    }
    metrics.suppressed("silence", alerts.size() - passed.size());
    return passed;
  }

  /** What other alerts and silences say of an alert at a time; its groups are not asked. */
  AlertStatus status(Labels alert, long nowNanos) {
    return AlertStatus.of(silencer.silencing(alert, nowNanos), inhibitedBy(alert, nowNanos));
  }

  private List<String> inhibitedBy(Labels alert, long nowNanos) {
    return inhibitor
        .inhibiting(alert, nowNanos)
        .map(inhibition -> List.of(Fingerprint.of(inhibition.source().labels())))
        .orElse(List.of());
  }

  /** An alert that may inhibit others. */
  void put(ReceivedAlerts.Row alert) {
    inhibitor.put(alert);
  }

  void remove(Labels alert) {
    inhibitor.remove(alert);
  }
}
