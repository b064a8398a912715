package io.ghostworks.alertmanager.dispatch;

import java.util.List;
import java.util.Locale;

/**
 * Whether an alert is told ({@code alert/status.go}).
 *
 * @param silencedBy ids of silences
 * @param inhibitedBy fingerprints of alerts
 * @param mutedBy names of the time intervals that hold the alert's group
 */
public record AlertStatus(
    State state, List<String> silencedBy, List<String> inhibitedBy, List<String> mutedBy) {

  static final AlertStatus UNPROCESSED =
      new AlertStatus(State.UNPROCESSED, List.of(), List.of(), List.of());
  static final AlertStatus ACTIVE = new AlertStatus(State.ACTIVE, List.of(), List.of(), List.of());

  /** The states, those that win over others last. */
  public enum State {
    /** Not looked at yet. */
    UNPROCESSED,
    /** Told, if its group is not muted. */
    ACTIVE,
    /** Held by a silence or another alert. */
    SUPPRESSED;

    /** As the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AlertStatus {
    silencedBy = List.copyOf(silencedBy);
    inhibitedBy = List.copyOf(inhibitedBy);
    mutedBy = List.copyOf(mutedBy);
  }

  static AlertStatus of(List<String> silencedBy, List<String> inhibitedBy) {
    return silencedBy.isEmpty() && inhibitedBy.isEmpty()
        ? ACTIVE
        : new AlertStatus(State.SUPPRESSED, silencedBy, inhibitedBy, List.of());
  }

  /** The same in a group that time intervals hold. */
  public AlertStatus mutedBy(List<String> intervals) {
    return new AlertStatus(state, silencedBy, inhibitedBy, intervals);
  }
}
