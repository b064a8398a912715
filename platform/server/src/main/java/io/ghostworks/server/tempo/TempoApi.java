package io.ghostworks.server.tempo;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.TraceQueryLimits;
import java.util.function.Function;

/**
 * Tempo's interface: traces whole, what differs between two, searches, tags, metrics, over HTTP and
 * over gRPC.
 */
public final class TempoApi {

  private final TempoEndpoints endpoints;
  private final Bodies bodies;
  private final String version;

  /**
   * @param version of this platform
   */
  public TempoApi(
      RecordSource records,
      Queries queries,
      Function<TenantId, TraceQueryLimits> limits,
      Bodies bodies,
      String version) {
    this.endpoints = new TempoEndpoints(records, queries, limits);
    this.bodies = bodies;
    this.version = version;
  }

  public void addTo(Routes routes) {
    Routes.Api api =
        routes.api(ListenerName.TEMPO, "/tempo", new TempoErrors()).refuseUnknown("/tempo");
    new StatusApi(version).addTo(api);
    new TraceApi(endpoints).addTo(api);
    new TraceDiffApi(endpoints).addTo(api);
    new SearchApi(endpoints).addTo(api);
    new TagsApi(endpoints).addTo(api);
    new TagValuesApi(endpoints).addTo(api);
    new MetricsApi(endpoints).addTo(api);
    new StreamingApi(endpoints, bodies).addTo(routes);
  }
}
