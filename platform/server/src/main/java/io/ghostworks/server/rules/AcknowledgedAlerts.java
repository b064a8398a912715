package io.ghostworks.server.rules;

import io.ghostworks.alertmanager.incident.IncidentViews;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.StoredIncidents;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** When people acknowledged alerts, by the timelines of the newest incidents. */
final class AcknowledgedAlerts {
  private static final int INCIDENTS_MAX = 1_000;
  private static final String ACKNOWLEDGED = "acknowledged";

  private final Map<Labels, NavigableSet<Long>> timesMs = new HashMap<>();

  private AcknowledgedAlerts() {}

  /** Those of incidents that had not ended at a time. */
  static AcknowledgedAlerts since(Incidents incidents, long startMs) {
    AcknowledgedAlerts acknowledged = new AcknowledgedAlerts();
    StoredIncidents.Selection selection =
        new StoredIncidents.Selection(
            Long.MAX_VALUE,
            StoredIncidents.Selection.State.ANY,
            "",
            "",
            startMs * 1_000_000,
            Long.MAX_VALUE);
    IncidentViews.Page page =
        incidents.find(new Incidents.Query(selection, List.of(), Optional.empty(), INCIDENTS_MAX));
    for (IncidentViews.Incident incident : page.incidents()) {
      incidents.find(Long.parseLong(incident.id())).ifPresent(acknowledged::add);
    }
    return acknowledged;
  }

  private void add(IncidentViews.Detail detail) {
    for (IncidentViews.Event event : detail.timeline()) {
      if (event.kind().equals(ACKNOWLEDGED)) {
        long atMs = OffsetDateTime.parse(event.at()).toInstant().toEpochMilli();
        for (IncidentViews.Alert alert : detail.alerts()) {
          timesMs.computeIfAbsent(Labels.of(alert.labels()), l -> new TreeSet<>()).add(atMs);
        }
      }
    }
  }

  /** Whether an alert was acknowledged from a time to another. */
  boolean between(Labels labels, long startMs, long endMs) {
    NavigableSet<Long> times = timesMs.get(labels);
    Long first = times == null ? null : times.ceiling(startMs);
    return first != null && first <= endMs;
  }
}
