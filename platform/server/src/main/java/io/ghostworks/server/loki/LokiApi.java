package io.ghostworks.server.loki;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.records.RecordDeletes;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.prometheus.PrometheusErrors;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.LogQueryLimits;
import io.ghostworks.wire.logs.LogFieldOptions;
import io.ghostworks.wire.loki.ServiceName;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** What Loki answers to those who read: its API over the records engine and LogQL. */
public final class LokiApi {

  private final Store store;
  private final Platform platform;
  private final Queries queries;
  private final LokiEndpoints endpoints;

  /**
   * @param limits of each tenant, as they hold at the moment
   */
  public LokiApi(
      Store store, Platform platform, Queries queries, Function<TenantId, LogQueryLimits> limits) {
    this.store = store;
    this.platform = platform;
    this.queries = queries;
    this.endpoints = new LokiEndpoints(store.records(), queries, limits);
  }

  /**
   * The log records.
   *
   * @param arrivals what tails follow
   * @param deletes of them, once the store is open
   * @param retention how long they are kept
   */
  public record Store(
      RecordSource records,
      RecordArrivals arrivals,
      Supplier<RecordDeletes> deletes,
      Duration retention) {}

  /**
   * What the process has.
   *
   * @param operator whose its own metrics are
   * @param workers on which tails read
   * @param metrics its own, in the text format
   * @param levels where each tenant's levels are looked for
   * @param serviceNames from which labels each tenant's services are named
   */
  public record Platform(
      TenantId operator,
      String version,
      Timers timers,
      Executor workers,
      Supplier<byte[]> metrics,
      Function<TenantId, LogFieldOptions> levels,
      Function<TenantId, ServiceName> serviceNames) {}

  public void addTo(Routes routes) {
    // The API's paths begin with /loki already, so it has no prefix on the web listener.
    Routes.Api api = routes.api(ListenerName.LOKI, "", new LokiErrors()).refuseUnknown("/loki");
    new QueryApi(endpoints).addTo(api);
    new LabelsApi(endpoints).addTo(api);
    new StatsApi(endpoints).addTo(api);
    new VolumeApi(endpoints).addTo(api);
    new DetectedApi(endpoints).addTo(api);
    new PatternsApi(endpoints).addTo(api);
    new TailApi(endpoints, tails()).addTo(api);
    Routes.Api own = routes.api(ListenerName.WEB, "", new PrometheusErrors());
    new ContextApi(endpoints).addTo(own);
    new SearchApi(endpoints).addTo(own);
    new DownloadApi(endpoints, queries).addTo(api);
    new DeleteApi(store.deletes(), queries.clock()).addTo(api);
    FormatQueryApi.addTo(api);
    new LokiStatusApi(
            endpoints,
            new LokiStatusApi.Facts(
                platform.operator(),
                platform.version(),
                store.retention(),
                platform.metrics(),
                platform.levels(),
                platform.serviceNames()))
        .addTo(routes, api);
  }

  private TailSupport tails() {
    return new TailSupport(
        store.records(), store.arrivals(), queries, platform.timers(), platform.workers());
  }
}
