package io.ghostworks.server.loki;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.LogQueryLimits;
import java.util.function.Function;

/** What Loki answers to those who read: its API over the records engine and LogQL. */
public final class LokiApi {

  private final LokiEndpoints endpoints;

  /**
   * @param limits of each tenant, as they hold at the moment
   */
  public LokiApi(RecordSource records, Queries queries, Function<TenantId, LogQueryLimits> limits) {
    this.endpoints = new LokiEndpoints(records, queries, limits);
  }

  public void addTo(Routes routes) {
    // The API's paths begin with /loki already, so it has no prefix on the web listener.
    Routes.Api api = routes.api(ListenerName.LOKI, "", new LokiErrors()).refuseUnknown("/loki");
    new QueryApi(endpoints).addTo(api);
    new LabelsApi(endpoints).addTo(api);
    new StatsApi(endpoints).addTo(api);
    new VolumeApi(endpoints).addTo(api);
  }
}
