package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.incident.IncidentViews;
import io.ghostworks.alertmanager.incident.Incidents;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.state.StoredIncidents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/annotations} as Grafana answers it, of which its panel of annotations is made:
 * every incident is an annotation with the tag {@code incident}.
 */
public final class AnnotationsEndpoint {

  private static final String TAG = "incident";

  private final Function<TenantId, Incidents> incidents;

  /**
   * @param incidents a tenant's
   */
  public AnnotationsEndpoint(Function<TenantId, Incidents> incidents) {
    this.incidents = incidents;
  }

  /** Adds the route to those of the web listener. */
  public void addTo(Routes.Api api) {
    api.get("/api/annotations", Permission.READ, Route.Work.QUERY, this::list);
  }

  /**
   * An annotation.
   *
   * @param timeEnd null while it is open
   */
  private record Annotation(
      long id,
      long time,
      @Nullable Long timeEnd,
      String text,
      List<String> tags,
      String login,
      long dashboardId,
      long panelId) {}

  private CompletionStage<Answer> list(Exchange exchange) {
    List<String> tags = exchange.parameters("tags");
    boolean asked = tags.stream().allMatch(tag -> tag.isEmpty() || tag.equals(TAG));
    ListParameters parameters = new ListParameters(exchange);
    Incidents.Query query =
        new Incidents.Query(
            new StoredIncidents.Selection(
                Long.MAX_VALUE,
                StoredIncidents.Selection.State.ANY,
                "",
                "",
                parameters.millis("from", 0),
                parameters.millis("to", Long.MAX_VALUE)),
            List.of(),
            Optional.empty(),
            parameters.limit());
    List<IncidentViews.Incident> found =
        asked ? incidents.apply(exchange.tenant()).find(query).incidents() : List.of();
    return CompletableFuture.completedFuture(
        Views.answer(found.stream().map(AnnotationsEndpoint::annotation).toList()));
  }

  private static Annotation annotation(IncidentViews.Incident incident) {
    String end = incident.endedAt();
    return new Annotation(
        Long.parseLong(incident.id()),
        Instant.parse(incident.startedAt()).toEpochMilli(),
        end == null ? null : Instant.parse(end).toEpochMilli(),
        incident.summary().isEmpty() ? incident.title() : incident.summary(),
        incident.severity().isEmpty() ? List.of(TAG) : List.of(TAG, incident.severity()),
        "",
        0,
        0);
  }
}
