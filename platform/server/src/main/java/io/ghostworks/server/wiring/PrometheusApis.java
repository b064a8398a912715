package io.ghostworks.server.wiring;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.cache.ResultCache;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.scrape.ScrapePools;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.prometheus.AdminApi;
import io.ghostworks.server.prometheus.ExplainApi;
import io.ghostworks.server.prometheus.ExpressionApi;
import io.ghostworks.server.prometheus.FederateApi;
import io.ghostworks.server.prometheus.Lifecycle;
import io.ghostworks.server.prometheus.Notifications;
import io.ghostworks.server.prometheus.NotificationsApi;
import io.ghostworks.server.prometheus.OpenApiDocument;
import io.ghostworks.server.prometheus.PageRedirects;
import io.ghostworks.server.prometheus.ProcessApi;
import io.ghostworks.server.prometheus.QueryApi;
import io.ghostworks.server.prometheus.QueryLog;
import io.ghostworks.server.prometheus.RecordApi;
import io.ghostworks.server.prometheus.RemoteRead;
import io.ghostworks.server.prometheus.RemoteWrite;
import io.ghostworks.server.prometheus.RulesApi;
import io.ghostworks.server.prometheus.SearchApi;
import io.ghostworks.server.prometheus.SelfMetricsApi;
import io.ghostworks.server.prometheus.SeriesApi;
import io.ghostworks.server.prometheus.SeriesExport;
import io.ghostworks.server.prometheus.SeriesImportApi;
import io.ghostworks.server.prometheus.ServerFacts;
import io.ghostworks.server.prometheus.StatusApi;
import io.ghostworks.server.prometheus.TargetJson;
import io.ghostworks.server.prometheus.TargetsApi;
import io.ghostworks.server.prometheus.TsdbApi;
import io.ghostworks.server.self.MetricsText;
import io.ghostworks.server.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/**
 * All that Prometheus answers, on its own listener and below {@code /prometheus}.
 *
 * @param facts about the process
 * @param resultMemory what kept results of range queries may take
 * @param quit begins its end
 */
record PrometheusApis(
    TenantId operator,
    EngineOptions promql,
    Settings settings,
    Path data,
    URI externalUrl,
    ServerFacts facts,
    ConfigurationReload reload,
    Notifications notifications,
    QueryLog queryLog,
    MemoryBudget resultMemory,
    PlatformMetrics metrics,
    Clock clock,
    Runnable quit) {

  void addTo(
      Routes routes,
      Stores stores,
      Queries queries,
      QueryWorkers helpers,
      Bodies bodies,
      Alerting alerting,
      ScrapePools scraping) {
    new RemoteWrite(
            stores.samples(),
            stores.series().labelSetNumbers(),
            bodies,
            settings.ingest().typeAndUnitLabels(),
            metrics)
        .addTo(routes);
    new RemoteRead(
            stores.series(),
            queries,
            bodies,
            this::externalLabels,
            settings.limits().querySamplesMax())
        .addTo(routes);
    new AdminApi(
            stores.series(),
            data.resolve("snapshots"),
            settings.listen().adminApi(),
            clock,
            new SecureRandom()::nextLong,
            promql.parser())
        .addTo(routes);
    new RecordApi(stores.series(), queries, promql).addTo(routes);
    new SeriesExport(stores.series(), queries, promql.parser()).addTo(routes);
    new SeriesImportApi(stores.series(), bodies, clock).addTo(routes);
    new TsdbApi(stores.series(), operator).addTo(routes);
    ResultCache results = new ResultCache(stores.series(), resultMemory, metrics);
    new QueryApi(
            stores.series(),
            queries,
            promql,
            helpers,
            settings.promql().perStepStats(),
            queryLog,
            results)
        .addTo(routes);
    new ExplainApi(stores.series(), queries, promql, results).addTo(routes);
    new SeriesApi(
            stores.series(),
            queries,
            promql.parser(),
            tenant -> tenant.equals(operator) ? scraping.targets().metadata() : Map.of())
        .addTo(routes);
    new SearchApi(stores.series(), queries, promql.parser()).addTo(routes);
    new ExpressionApi(promql.parser()).addTo(routes);
    new RulesApi(alerting.rules(), promql.parser()).addTo(routes);
    new TargetsApi(operator, scraping, new TargetJson(externalUrl.getHost())).addTo(routes);
    new StatusApi(facts).addTo(routes);
    new SelfMetricsApi(operator, metrics).addTo(routes);
    OpenApiDocument.bundled().addTo(routes);
    new NotificationsApi(notifications).addTo(routes);
    new FederateApi(stores.series(), queries, promql, this::externalLabels).addTo(routes);
    new ProcessApi(
            facts,
            new Lifecycle(settings.listen().lifecycleApi(), reload, quit),
            () -> MetricsText.of(metrics))
        .addTo(routes);
    new PageRedirects(externalUrl).addTo(routes);
  }

  /** Those of the operator's prometheus.yml, on what the operator's tenant gives away. */
  private Labels externalLabels(TenantId tenant) {
    return tenant.equals(operator) ? reload.externalLabels() : Labels.EMPTY;
  }
}
