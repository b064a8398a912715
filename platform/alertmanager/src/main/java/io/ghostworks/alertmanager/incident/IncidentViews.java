package io.ghostworks.alertmanager.incident;

import io.ghostworks.alertmanager.alert.AlertLinks;
import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.state.Acknowledgements;
import io.ghostworks.state.StoredIncidents;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Incidents as the API shows them; times are RFC 3339 texts. */
public final class IncidentViews {

  private IncidentViews() {}

  /**
   * Some incidents, newest first.
   *
   * @param next where {@code before} goes on; null where there are no more
   */
  public record Page(List<Incident> incidents, @Nullable String next) {}

  /**
   * One incident.
   *
   * @param state {@code open} or {@code ended}
   * @param endedAt null while it is open
   * @param durationSeconds until now while it is open
   * @param firing how many alerts fire
   * @param alerts how many it has had
   * @param reopened how often it went on after an end
   * @param acknowledgement null where nobody has seen it, or that is over
   * @param silenceLink the form that silences the group
   */
  public record Incident(
      String id,
      String state,
      String title,
      String summary,
      String severity,
      String receiver,
      String groupKey,
      Map<String, String> groupLabels,
      String startedAt,
      @Nullable String endedAt,
      long durationSeconds,
      String updatedAt,
      int firing,
      int alerts,
      int reopened,
      @Nullable Acknowledgement acknowledgement,
      String silenceLink) {}

  /**
   * Who has seen it.
   *
   * @param alerts how many alerts it covers
   */
  public record Acknowledgement(String by, String comment, String at, String until, int alerts) {}

  /**
   * An incident with its alerts and its timeline, oldest first.
   *
   * @param alerts those that fire first; at most 1,000
   */
  public record Detail(Incident incident, List<Alert> alerts, List<Event> timeline) {}

  /**
   * An alert of an incident.
   *
   * @param endsAt null while it fires
   */
  public record Alert(
      String fingerprint,
      String status,
      Map<String, String> labels,
      Map<String, String> annotations,
      String startsAt,
      @Nullable String endsAt,
      AlertLinks links) {}

  /**
   * Something that happened.
   *
   * @param kind such as {@code fired}
   * @param author who did it; null where nobody did
   * @param notification the one that it is about; null where it is about none
   */
  public record Event(
      String at,
      String kind,
      @Nullable String author,
      String text,
      @Nullable String notification) {}

  static Acknowledgement acknowledgement(Acknowledgements.Row row) {
    return new Acknowledgement(
        row.author(),
        row.comment(),
        Alerts.time(row.atNanos()),
        Alerts.time(row.untilNanos()),
        row.hashes().length);
  }

  static Alert alert(StoredIncidents.Alert alert, String externalUrl) {
    boolean fires = alert.endsAtNanos() == 0;
    return new Alert(
        Fingerprint.of(alert.labels()),
        fires ? "firing" : "resolved",
        alert.labels().toMap(),
        alert.annotations().toMap(),
        Alerts.time(alert.startsAtNanos()),
        fires ? null : Alerts.time(alert.endsAtNanos()),
        AlertLinks.of(externalUrl, alert.labels(), alert.annotations(), alert.generatorUrl()));
  }

  static Event event(StoredIncidents.Event event) {
    return new Event(
        Alerts.time(event.atNanos()),
        event.kind(),
        event.author().isEmpty() ? null : event.author(),
        event.text(),
        event.notification() == 0 ? null : Long.toString(event.notification()));
  }
}
