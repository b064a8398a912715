package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.incident.IncidentViews;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.grafana.DerivedAnnotations;
import io.ghostworks.state.StoredIncidents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every incident as an annotation with the tag {@code incident}. */
public final class IncidentAnnotations implements DerivedAnnotations {

  private static final String TAG = "incident";
  private static final long NANOS_PER_MS = 1_000_000;

  private final Function<TenantId, Incidents> incidents;

  /**
   * @param incidents a tenant's
   */
  public IncidentAnnotations(Function<TenantId, Incidents> incidents) {
    this.incidents = incidents;
  }

  @Override
  public String tag() {
    return TAG;
  }

  @Override
  public List<Derived> find(TenantId tenant, long fromMs, long toMs, int limit) {
    Incidents.Query query =
        new Incidents.Query(
            new StoredIncidents.Selection(
                Long.MAX_VALUE,
                StoredIncidents.Selection.State.ANY,
                "",
                "",
                nanos(fromMs),
                nanos(toMs)),
            List.of(),
            Optional.empty(),
            limit);
    return incidents.apply(tenant).find(query).incidents().stream()
        .map(IncidentAnnotations::derived)
        .toList();
  }

  private static long nanos(long ms) {
    return ms > Long.MAX_VALUE / NANOS_PER_MS ? Long.MAX_VALUE : ms * NANOS_PER_MS;
  }

  private static Derived derived(IncidentViews.Incident incident) {
    long startMs = Instant.parse(incident.startedAt()).toEpochMilli();
    String end = incident.endedAt();
    return new Derived(
        -Long.parseLong(incident.id()),
        startMs,
        end == null ? null : (Long) Instant.parse(end).toEpochMilli(),
        incident.summary().isEmpty() ? incident.title() : incident.summary(),
        incident.severity().isEmpty() ? List.of(TAG) : List.of(TAG, incident.severity()));
  }
}
