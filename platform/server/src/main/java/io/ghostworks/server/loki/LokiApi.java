package io.ghostworks.server.loki;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.LogQueryLimits;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What Loki answers to those who read: its API over the records engine and LogQL. */
public final class LokiApi {

  private final LokiEndpoints endpoints;
  private final TailSupport tails;

  /**
   * @param limits of each tenant, as they hold at the moment
   * @param arrivals what tails follow
   * @param workers on which tails read
   */
  public LokiApi(
      RecordSource records,
      Queries queries,
      Function<TenantId, LogQueryLimits> limits,
      RecordArrivals arrivals,
      Timers timers,
      Executor workers) {
    this.endpoints = new LokiEndpoints(records, queries, limits);
    this.tails = new TailSupport(records, arrivals, queries, timers, workers);
  }

  public void addTo(Routes routes) {
    // The API's paths begin with /loki already, so it has no prefix on the web listener.
    Routes.Api api = routes.api(ListenerName.LOKI, "", new LokiErrors()).refuseUnknown("/loki");
    new QueryApi(endpoints).addTo(api);
    new LabelsApi(endpoints).addTo(api);
    new StatsApi(endpoints).addTo(api);
    new VolumeApi(endpoints).addTo(api);
    new TailApi(endpoints, tails).addTo(api);
  }
}
