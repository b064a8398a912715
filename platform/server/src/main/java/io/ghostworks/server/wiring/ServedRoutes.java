package io.ghostworks.server.wiring;

import io.ghostworks.collector.PipelineGraph;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.dashboards.LiveDashboards;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.alertmanager.AlertmanagerPages;
import io.ghostworks.server.alertmanager.AlertmanagerRoutes;
import io.ghostworks.server.alertmanager.ConfigurationApi;
import io.ghostworks.server.alertmanager.ConfigurationEditing;
import io.ghostworks.server.alertmanager.ProcessRoutes;
import io.ghostworks.server.alertmanager.TenantAlertmanagers;
import io.ghostworks.server.alertmanager.WhyEndpoint;
import io.ghostworks.server.alerts.IncidentAnnotations;
import io.ghostworks.server.alerts.IncidentsEndpoint;
import io.ghostworks.server.alerts.NotificationsEndpoint;
import io.ghostworks.server.grafana.GrafanaApi;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Workers;
import io.ghostworks.server.jaeger.JaegerApi;
import io.ghostworks.server.lines.ElasticApi;
import io.ghostworks.server.lines.JsonLinesApi;
import io.ghostworks.server.loki.LokiApi;
import io.ghostworks.server.loki.LokiOtlp;
import io.ghostworks.server.loki.LokiPush;
import io.ghostworks.server.otlp.OtlpGrpc;
import io.ghostworks.server.otlp.OtlpHttp;
import io.ghostworks.server.otlp.OtlpIngest;
import io.ghostworks.server.prometheus.PrometheusErrors;
import io.ghostworks.server.retention.KeptTracesApi;
import io.ghostworks.server.retention.SpanDeletesApi;
import io.ghostworks.server.rules.LokiRulesApi;
import io.ghostworks.server.rules.PanelLintApi;
import io.ghostworks.server.rules.RulePreviewApi;
import io.ghostworks.server.rules.RuleStatusApi;
import io.ghostworks.server.rules.RuleTools;
import io.ghostworks.server.rules.RulerApi;
import io.ghostworks.server.rules.RulesOf;
import io.ghostworks.server.self.MetricsText;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.status.ChangesEndpoint;
import io.ghostworks.server.status.CompactionEndpoint;
import io.ghostworks.server.status.DependenciesEndpoint;
import io.ghostworks.server.status.ServiceChanges;
import io.ghostworks.server.status.ServicesEndpoint;
import io.ghostworks.server.tempo.TempoApi;
import io.ghostworks.server.traces.TraceFilesApi;
import io.ghostworks.server.traces.TracesApi;
import io.ghostworks.server.web.HealthRoutes;
import io.ghostworks.server.web.WebFiles;
import io.ghostworks.server.zipkin.ZipkinApi;
import io.ghostworks.traceql.dependency.SeriesDependencies;
import io.ghostworks.traceql.dependency.SpanDependencies;
import java.util.List;
import java.util.Set;

/**
 * What every listener answers.
 *
 * @param workers run what is asked
 * @param helpers of running queries
 */
record ServedRoutes(
    Foundation foundation, Interfaces.Parts parts, Workers workers, QueryWorkers helpers) {

  void addTo(Routes routes, StatusEndpoint status) {
    addIngest(routes);
    addPrometheus(routes);
    addQueries(routes);
    addPlatform(routes, status);
    addRuleTools(routes);
    addWeb(routes);
  }

  private void addIngest(Routes routes) {
    HealthRoutes.add(routes, foundation.readiness());
    ComponentId receiver = parts.collection().otlpReceiver();
    PipelineGraph graph = parts.collection().graph();
    OtlpIngest ingest =
        new OtlpIngest(
            graph.traces(receiver),
            graph.metrics(receiver),
            graph.logs(receiver),
            foundation.metrics());
    new OtlpHttp(ingest, bodies()).addTo(routes);
    new OtlpGrpc(ingest, bodies()).addTo(routes);
    new SpanReceivers(foundation, parts.collection(), bodies()).addTo(routes);
    new LokiPush(
            parts.stores().logs(), foundation.limits()::serviceName, bodies(), foundation.metrics())
        .addTo(routes);
    new LokiOtlp(
            parts.stores().logs(),
            foundation.limits()::logStreams,
            bodies(),
            foundation.clock(),
            foundation.metrics())
        .addTo(routes);
    new ElasticApi(
            parts.stores().logs(),
            foundation.limits()::serviceName,
            bodies(),
            foundation.clock(),
            foundation.metrics())
        .addTo(routes);
    new JsonLinesApi(
            parts.stores().logs(),
            foundation.limits()::serviceName,
            bodies(),
            foundation.clock(),
            foundation.metrics())
        .addTo(routes);
    parts.collection().addExposition(routes);
  }

  private void addPrometheus(Routes routes) {
    new PrometheusApis(
            installation().operator(),
            installation().engineOptions(),
            installation().settings(),
            installation().data(),
            installation().externalUrl(),
            facts(),
            parts.reload(),
            foundation.notifications(),
            foundation.queryLog(),
            foundation.ledger().open("promql/results", installation().memory().resultsBytes()),
            foundation.metrics(),
            foundation.clock(),
            parts.quit())
        .addTo(
            routes,
            parts.stores(),
            queries(),
            helpers,
            bodies(),
            parts.alerting(),
            parts.scraping().pools());
  }

  private PrometheusFacts facts() {
    return new PrometheusFacts(
        installation().operator(),
        Platform.VERSION,
        installation().engineOptions(),
        installation().settings(),
        installation().data(),
        installation().externalUrl(),
        Installation.instance(),
        foundation.startedNanos(),
        foundation.clock(),
        parts.reload());
  }

  private void addQueries(Routes routes) {
    Queries queries = queries();
    Stores stores = parts.stores();
    loki(stores, queries).addTo(routes);
    addRules(routes);
    new JaegerApi(
            stores.recordSource(),
            queries,
            bodies(),
            new TraceArchive(() -> stores.records().kept()))
        .addTo(routes);
    new TempoApi(
            stores.recordSource(),
            queries,
            foundation.limits()::traceQueries,
            bodies(),
            Platform.VERSION)
        .addTo(routes);
    new ZipkinApi(stores.recordSource(), new SpanDependencies(stores.recordSource()), queries)
        .addTo(routes);
    addAlertmanager(routes);
    grafana().addTo(routes);
  }

  private GrafanaApi grafana() {
    LiveDashboards files =
        new LiveDashboards(() -> parts.reload().files().dashboards(), foundation.clock());
    return new GrafanaApi(
        parts.state(),
        tenant -> tenant.equals(installation().operator()) ? files.current().all() : List.of(),
        new IncidentAnnotations(parts.alerting().alertmanagers()::incidents),
        changes(),
        bodies(),
        foundation.clock(),
        Platform.VERSION,
        installation().options().pathPrefix());
  }

  private ChangesEndpoint changes() {
    Stores stores = parts.stores();
    return new ChangesEndpoint(
        new ServiceChanges(stores.series(), stores.recordSource(), installation().engineOptions()),
        queries(),
        foundation.clock());
  }

  private void addAlertmanager(Routes routes) {
    TenantAlertmanagers alertmanagers = parts.alerting().alertmanagers();
    new AlertmanagerRoutes(alertmanagers, bodies(), workers::ingest, Platform.VERSION)
        .addTo(routes);
    new ProcessRoutes(
            foundation.readiness(), parts.reload(), () -> MetricsText.of(foundation.metrics()))
        .addTo(routes);
    new ConfigurationApi(alertmanagers, bodies(), workers::ingest).addTo(routes);
    new AlertmanagerPages(installation().externalUrl()).addTo(routes);
    new ConfigurationEditing(alertmanagers, bodies(), workers::ingest).addTo(routes);
  }

  private void addRules(Routes routes) {
    Alerting alerting = parts.alerting();
    new RulerApi(alerting.storedRules(), bodies(), workers::ingest).addTo(routes);
    new LokiRulesApi(alerting.rules()).addTo(routes);
    new RuleStatusApi(alerting.rules(), alerting.storedRules(), workers::ingest).addTo(routes);
  }

  private LokiApi loki(Stores stores, Queries queries) {
    return new LokiApi(
        new LokiApi.Store(
            stores.recordSource(),
            stores.arrivals(),
            () -> stores.records().deletes(),
            installation().settings().retention().records().logs()),
        new LokiApi.Platform(
            installation().operator(),
            Platform.VERSION,
            foundation.timers(),
            workers::query,
            () -> MetricsText.of(foundation.metrics()),
            tenant -> foundation.limits().logFields(tenant).options(),
            foundation.limits()::serviceName),
        queries,
        foundation.limits()::logQueries);
  }

  private void addPlatform(Routes routes, StatusEndpoint status) {
    ServicesEndpoint services =
        new ServicesEndpoint(parts.stores().recordSource(), foundation.clock());
    DependenciesEndpoint dependencies =
        new DependenciesEndpoint(
            new SpanDependencies(parts.stores().recordSource()),
            new SeriesDependencies(parts.stores().series()),
            foundation.clock());
    Routes.Api api = routes.api(ListenerName.WEB, "", new PrometheusErrors());
    parts.querying().addTo(api);
    new TracesApi(parts.stores().recordSource(), queries()).addTo(api);
    new TraceFilesApi(parts.stores().recordSource(), queries(), bodies(), foundation.clock())
        .addTo(api);
    api.get(
            "/api/platform/services",
            Permission.READ,
            Route.Work.QUERY,
            queries().endpoint(services::answer))
        .get(
            "/api/platform/traces/dependencies",
            Permission.READ,
            Route.Work.QUERY,
            queries().endpoint(dependencies::answer))
        .get(
            "/api/platform/changes",
            Permission.READ,
            Route.Work.QUERY,
            queries().endpoint(changes()::answer))
        .get("/api/platform/status", Permission.READ, Route.Work.QUERY, status::answer);
    TenantAlertmanagers alertmanagers = parts.alerting().alertmanagers();
    new NotificationsEndpoint(alertmanagers::notifications, alertmanagers::queues).addTo(api);
    new IncidentsEndpoint(alertmanagers::incidents, bodies()).addTo(api);
    new WhyEndpoint(parts.alerting().alertmanagers(), foundation.clock()).addTo(api);
    parts.alerting().trials(bodies(), foundation.clock()).addTo(api);
    new CompactionEndpoint(parts.stores().series(), installation().operator()).addTo(api);
    Stores stores = parts.stores();
    new KeptTracesApi(() -> stores.records().kept(), queries()).addTo(api);
    new SpanDeletesApi(
            new SpanDeletesApi.Stores(
                stores.recordSource(),
                () -> stores.records().spanDeletes(),
                () -> stores.records().kept()),
            queries(),
            foundation.clock())
        .addTo(api);
  }

  private void addRuleTools(Routes routes) {
    Alerting alerting = parts.alerting();
    RulesOf rules =
        new RulesOf(
            alerting::ruleFiles,
            alerting.storedRules(),
            alerting::settings,
            tenant -> alerting.rules().views(tenant, Set.of(RuleLanguage.PROMQL)));
    RulePreviewApi preview =
        new RulePreviewApi(
            new RuleFileReader(installation().engineOptions().parser()),
            parts.querying().ruleTrials(alerting),
            alerting::settings,
            foundation.clock(),
            workers::query);
    RuleTools tools =
        new RuleTools(
            parts.stores().series(),
            queries(),
            installation().engineOptions(),
            rules,
            alerting.alertmanagers(),
            preview);
    tools.addTo(routes.api(ListenerName.WEB, "", new PrometheusErrors()));
    new PanelLintApi(parts.stores().series(), queries(), installation().engineOptions(), bodies())
        .addTo(routes.api(ListenerName.WEB, "", new PrometheusErrors()));
    tools.addTo(routes.api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors()));
  }

  private void addWeb(Routes routes) {
    WebFiles web = new WebFiles(installation().options().pathPrefix());
    routes
        .api(ListenerName.WEB, "", ErrorForm.TEXT)
        .get("/", Permission.PUBLIC, Route.Work.INSTANT, web::answer)
        .get("/prometheus/graph", Permission.PUBLIC, Route.Work.INSTANT, web::answer)
        .get("/{*rest}", Permission.PUBLIC, Route.Work.INSTANT, web::answer);
  }

  private Queries queries() {
    return parts.querying().queries(workers::query);
  }

  private Bodies bodies() {
    return new Bodies(installation().memory().requestBytesMax());
  }

  private Installation installation() {
    return foundation.installation();
  }
}
