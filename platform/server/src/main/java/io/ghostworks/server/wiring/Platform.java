package io.ghostworks.server.wiring;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SystemTimers;
import io.ghostworks.scrape.ScrapeException;
import io.ghostworks.scrape.ScrapePools;
import io.ghostworks.scrape.ScrapeSettings;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.scrape.prometheusfile.StorageRetention;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.access.Tokens;
import io.ghostworks.server.alerts.AlertsApi;
import io.ghostworks.server.alerts.NotificationsEndpoint;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.grafana.DashboardsApi;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Listener;
import io.ghostworks.server.http.ListenerLimits;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Readiness;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Workers;
import io.ghostworks.server.loki.LokiApi;
import io.ghostworks.server.loki.LokiPush;
import io.ghostworks.server.otlp.OtlpGrpc;
import io.ghostworks.server.otlp.OtlpHttp;
import io.ghostworks.server.otlp.OtlpIngest;
import io.ghostworks.server.prometheus.Lifecycle;
import io.ghostworks.server.prometheus.Notifications;
import io.ghostworks.server.prometheus.PrometheusErrors;
import io.ghostworks.server.prometheus.QueryLog;
import io.ghostworks.server.prometheus.ServerFacts;
import io.ghostworks.server.self.CgroupLimits;
import io.ghostworks.server.self.RequestTelemetry;
import io.ghostworks.server.self.SelfMetrics;
import io.ghostworks.server.self.SelfObservation;
import io.ghostworks.server.self.SelfTraces;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.settings.SettingsReader;
import io.ghostworks.server.status.CompactionEndpoint;
import io.ghostworks.server.status.IngestTotals;
import io.ghostworks.server.status.ServicesEndpoint;
import io.ghostworks.server.tempo.TempoApi;
import io.ghostworks.server.web.HealthRoutes;
import io.ghostworks.server.web.WebFiles;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import io.ghostworks.storage.directory.DataDirectory;
import io.ghostworks.storage.directory.DataDirectoryException;
import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.OutboundHttp;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running platform: everything constructed, connected and started, and closed in the reverse
 * order.
 */
public final class Platform implements AutoCloseable {

  /** The version of this build. */
  public static final String VERSION = "0.1.0-SNAPSHOT";

  private static final Logger log = LoggerFactory.getLogger(Platform.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration INGEST_TOTALS_PERIOD = Duration.ofSeconds(5);
  private static final Duration ANSWER_GRACE = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
  private final Clock clock = Clock.system();
  private final Readiness readiness = new Readiness();
  private final PlatformMetrics metrics = new PlatformMetrics();
  private final QueryLog queryLog = new QueryLog(clock, metrics);
  private final MemoryLedger ledger = new MemoryLedger();
  private final long startedNanos = clock.epochNanos();
  private final ServeOptions options;
  private final Settings settings;
  private final ConfigurationFiles files;
  private final MemoryPlan plan;
  private final TenantId operator;
  private final Path data;
  private Map<ListenerName, InetSocketAddress> addresses = Map.of();
  private final Routes routes = new Routes();
  private final Notifications notifications = new Notifications(clock);
  private final CountDownLatch quit = new CountDownLatch(1);
  private volatile @Nullable ConfigurationReload reloading;
  private boolean closed;

  private Platform(
      ServeOptions options, Settings settings, ConfigurationFiles files, MemoryPlan plan) {
    this.plan = plan;
    this.options = options;
    this.settings = settings;
    this.files = files;
    this.operator = new TenantId(settings.tenants().operator());
    this.data = options.data().toAbsolutePath().normalize();
  }

  /**
   * Starts the platform and returns when it is ready.
   *
   * @throws StartException if its operator has to mend something first
   * @throws ConfigException if a file says something that cannot be served
   */
  public static Platform start(ServeOptions options) {
    Findings findings = new Findings();
    Settings settings =
        options
            .config()
            .map(file -> SettingsReader.read(file, findings))
            .orElseGet(SettingsReader::defaults);
    findings.throwIfNotServable();
    ConfigurationFiles files =
        ConfigurationFiles.read(options.config(), settings, options.pathPrefix(), findings);
    findings.throwIfNotServable();
    findings.warnings().forEach(warning -> log.warn("{}", warning));
    files.prometheus().ifPresent(file -> AlertmanagerTargetsCheck.check(file, settings));
    MemoryPlan plan = planMemory(settings);
    Platform platform = new Platform(options, settings, files, plan);
    try {
      platform.startAll();
      return platform;
    } catch (IOException e) {
      platform.close();
      throw new StartException(
          "the data directory %s cannot be used: %s".formatted(options.data(), e.getMessage()), e);
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  private static MemoryPlan planMemory(Settings settings) {
    long heapBytes = MemoryPlan.heapBytesMax();
    MemoryPlan.checkFits(
        heapBytes, MemoryPlan.directBytesMax(), new CgroupLimits().memoryLimitBytes());
    MemoryPlan plan = MemoryPlan.of(heapBytes, settings.limits());
    if (plan.requestBytesMax() < settings.limits().requestBytesMax()) {
      log.warn(
          "requests may have {} bytes and not the {} of limits.request_bytes_max: the heap of {}"
              + " bytes has no room for larger ones",
          plan.requestBytesMax(),
          settings.limits().requestBytesMax(),
          heapBytes);
    }
    return plan;
  }

  private void startAll() throws IOException {
    openDirectory();
    Tokens tokens = Tokens.open(data, new SecureRandom());
    AccessPolicy policy =
        new AccessPolicy(
            tokens, operator, settings.listen().origins(), options.reachableFromOutside());
    SystemTimers timers = closing(new SystemTimers("timers"));
    Stores stores =
        closing(
            new Stores(
                new Stores.Parts(
                    new DiskFileSystem(),
                    data,
                    settings,
                    files.prometheus().map(PrometheusFile::retention).orElse(StorageRetention.NONE),
                    clock,
                    timers,
                    ledger,
                    plan,
                    metrics)));
    OutboundHttp http =
        closing(new OutboundHttp(new HostMap(settings.hosts()), CONNECT_TIMEOUT, null));
    State state = closing(SqliteState.open(data));
    MemoryBudget ruleMemory = ledger.open("rules", plan.rulesBytes());
    Collection collection =
        closing(
            Collection.start(
                files,
                settings,
                options,
                new Collection.Parts(
                    stores, new StoredPositions(state), http, clock, timers, metrics)));
    Querying querying =
        closing(
            Querying.open(
                data,
                settings,
                ledger.open("queries", plan.queriesBytes()),
                clock,
                timers,
                metrics));
    SelfTraces selfTraces = new SelfTraces(new SecureRandom()::nextLong, instance());
    IngestTotals totals = new IngestTotals(metrics, clock);
    timers.every(INGEST_TOTALS_PERIOD, INGEST_TOTALS_PERIOD, totals::read);
    startQueryLog();
    Alerting alerting =
        closing(
            Alerting.start(
                files,
                new Alerting.Parts(
                    state,
                    operator,
                    stores,
                    engineOptions(),
                    querying.running(),
                    queryLog,
                    ruleMemory,
                    http,
                    clock,
                    timers,
                    metrics,
                    externalUrl())));
    Optional<Collection.Scraped> scraped = collection.scraped(files.prometheus(), stores.scrapes());
    ScrapePools scraping = closing(scraping(stores, timers, scraped));
    ConfigurationReload reload = reload(alerting, scraping, scraped);
    Listeners listeners =
        startListeners(
            reload, stores, collection, alerting, scraping, querying, policy, selfTraces, totals);
    addresses = listeners.addresses();
    RunFile.write(data, addresses);
    closing(() -> RunFile.delete(data));
    stores.open(collection.graph()::readThrough);
    collection.startExports(stores);
    startScraping(scraping, scraped);
    SelfObservation self =
        closing(
            new SelfObservation(
                operator,
                clock,
                timers,
                new SelfMetrics(metrics, instance()),
                selfTraces,
                instance(),
                new SelfObservation.Sinks(
                    stores.scrapes(),
                    stores.records().logSinkRidingAlong(),
                    stores.records().spanSinkRidingAlong())));
    self.start();
    reloading = reload;
    readiness.setReady();
    if (options.plaintextBeyondLoopback()) {
      log.warn(
          "INSECURE: tokens and telemetry cross the network unencrypted (--insecure-plaintext)");
    }
    log.info("ready: web at {}", externalUrl());
  }

  private Listeners startListeners(
      ConfigurationReload reload,
      Stores stores,
      Collection collection,
      Alerting alerting,
      ScrapePools scraping,
      Querying querying,
      AccessPolicy policy,
      SelfTraces selfTraces,
      IngestTotals totals) {
    Workers workers =
        closing(
            new Workers(
                Runtime.getRuntime().availableProcessors(), settings.queries().concurrencyMax()));
    EventLoopGroup eventLoops = EventLoopGroups.newEventLoopGroup(2, "http", true);
    closing(() -> eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly());
    ComponentId receiver = collection.otlpReceiver();
    OtlpIngest ingest =
        new OtlpIngest(
            collection.graph().traces(receiver),
            collection.graph().metrics(receiver),
            collection.graph().logs(receiver));
    StatusEndpoint status =
        new StatusEndpoint(
            new StatusEndpoint.Facts(
                VERSION,
                startedNanos,
                operator,
                data,
                settings,
                files,
                stores,
                collection,
                totals,
                scraping,
                querying.unfinished(),
                clock));
    addRoutes(reload, stores, collection, alerting, scraping, querying, ingest, status, workers);
    Listener.Shared shared =
        new Listener.Shared(
            policy,
            readiness,
            workers,
            eventLoops,
            ListenerLimits.of(
                plan.requestBytesMax(), settings.limits().queryTimeout().plus(ANSWER_GRACE)),
            ledger.open("requests", plan.requestsBytes()),
            options.tls(),
            new RequestTelemetry(metrics, selfTraces));
    Listeners listeners =
        closing(
            Listeners.start(
                collection.listenerNames(), routes, options, collection.ports(settings), shared));
    status.setListeners(listeners);
    return listeners;
  }

  private void addRoutes(
      ConfigurationReload reload,
      Stores stores,
      Collection collection,
      Alerting alerting,
      ScrapePools scraping,
      Querying querying,
      OtlpIngest ingest,
      StatusEndpoint status,
      Workers workers) {
    Queries queries = querying.queries(workers::query);
    Bodies bodies = new Bodies(plan.requestBytesMax());
    HealthRoutes.add(routes, readiness);
    new OtlpHttp(ingest, bodies).addTo(routes);
    new OtlpGrpc(ingest, bodies).addTo(routes);
    QueryWorkers helpers =
        closing(new QueryWorkers(Runtime.getRuntime().availableProcessors() - 1));
    new PrometheusApis(
            operator,
            engineOptions(),
            settings,
            data,
            externalUrl(),
            facts(reload),
            reload,
            notifications,
            queryLog,
            metrics,
            clock,
            quit::countDown)
        .addTo(routes, stores, queries, helpers, bodies, alerting, scraping);
    new LokiPush(stores.logs(), bodies).addTo(routes);
    new LokiApi(stores.recordSource(), queries).addTo(routes);
    new TempoApi(stores.recordSource(), queries, new TraceForms()).addTo(routes);
    new AlertsApi(operator, alerting.api(), bodies, workers::ingest, VERSION).addTo(routes);
    new DashboardsApi(files.dashboards(), operator).addTo(routes);
    collection.addExposition(routes);
    ServicesEndpoint services = new ServicesEndpoint(stores.recordSource(), clock);
    WebFiles web = new WebFiles(options.pathPrefix());
    querying.addTo(routes.api(ListenerName.WEB, "", new PrometheusErrors()));
    routes
        .api(ListenerName.WEB, "", new PrometheusErrors())
        .get(
            "/api/platform/services",
            Permission.READ,
            Route.Work.QUERY,
            queries.endpoint(services::answer))
        .get("/api/platform/status", Permission.READ, Route.Work.QUERY, status::answer)
        .get(
            "/api/platform/notifications",
            Permission.READ,
            Route.Work.QUERY,
            new NotificationsEndpoint(operator, alerting.notifications())::answer);
    new CompactionEndpoint(stores.series(), operator)
        .addTo(routes.api(ListenerName.WEB, "", new PrometheusErrors()));
    routes
        .api(ListenerName.WEB, "", ErrorForm.TEXT)
        .get("/", Permission.PUBLIC, Route.Work.INSTANT, web::answer)
        .get("/prometheus/graph", Permission.PUBLIC, Route.Work.INSTANT, web::answer)
        .get("/{*rest}", Permission.PUBLIC, Route.Work.INSTANT, web::answer);
  }

  private ServerFacts facts(ConfigurationReload reload) {
    return new PrometheusFacts(
        operator,
        VERSION,
        engineOptions(),
        settings,
        data,
        externalUrl(),
        instance(),
        startedNanos,
        clock,
        reload);
  }

  /** Jobs of a collector's receiver stay: its file is not read anew. */
  private ConfigurationReload reload(
      Alerting alerting, ScrapePools scraping, Optional<Collection.Scraped> scraped) {
    boolean scrapes =
        scraped.isPresent() && files.prometheus().filter(scraped.get().file()::equals).isPresent();
    return new ConfigurationReload(
        files,
        findings ->
            ConfigurationFiles.read(options.config(), settings, options.pathPrefix(), findings),
        given -> {
          given.prometheus().ifPresent(file -> AlertmanagerTargetsCheck.check(file, settings));
          try (QueryLog.Opened next =
              queryLog.open(given.prometheus().flatMap(PrometheusFile::queryLogFile))) {
            if (scrapes && given.prometheus().isPresent()) {
              PrometheusFile file = given.prometheus().get();
              scraping.apply(file.jobs(), file.global().externalLabels());
            }
            alerting.replace(given);
            next.use();
          }
        },
        notifications,
        clock,
        metrics);
  }

  /**
   * Reads prometheus.yml and the rule files anew; a mistake is logged and leaves all as it is.
   * Nothing before the platform is ready.
   */
  public void reload() {
    ConfigurationReload reload = reloading;
    if (reload != null) {
      try {
        reload.reload();
      } catch (Lifecycle.Reload.Failure e) {
        log.debug("the reload failed, which has been logged", e);
      }
    }
  }

  /** Waits until somebody has asked for the end over HTTP. */
  public void awaitQuit() throws InterruptedException {
    quit.await();
  }

  private ScrapePools scraping(
      Stores stores, SystemTimers timers, Optional<Collection.Scraped> scraped) {
    return new ScrapePools(
        new ScrapeSettings(
            settings.hosts(),
            instance(),
            "Ghostworks/" + VERSION,
            ScrapeSettings.DEFAULT_BODY_SIZE_MAX_BYTES),
        operator,
        scraped.map(Collection.Scraped::sink).orElseGet(stores::scrapes),
        clock,
        timers,
        Executors.newVirtualThreadPerTaskExecutor(),
        metrics);
  }

  private void startScraping(ScrapePools scraping, Optional<Collection.Scraped> scraped) {
    if (scraped.isEmpty()) {
      return;
    }
    PrometheusFile file = scraped.get().file();
    try {
      scraping.apply(file.jobs(), file.global().externalLabels());
    } catch (ScrapeException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("the start was interrupted", e);
    }
  }

  private void startQueryLog() {
    try (QueryLog.Opened opened =
        queryLog.open(files.prometheus().flatMap(PrometheusFile::queryLogFile))) {
      opened.use();
      closing(queryLog);
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** As set, with what a subquery without a step takes from {@code prometheus.yml}, as there. */
  private EngineOptions engineOptions() {
    EngineOptions set = settings.promql().engine();
    return files
        .prometheus()
        .map(file -> set.withSubqueryStepMs(file.global().evaluationInterval().toMillis()))
        .orElse(set);
  }

  private void openDirectory() {
    try {
      closing(DataDirectory.open(new DiskFileSystem(), data, ProcessHandle.current().pid()));
    } catch (DataDirectoryException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private URI externalUrl() {
    int port =
        settings
            .listen()
            .ports()
            .getOrDefault(ListenerName.WEB.word(), ListenerName.WEB.defaultPort());
    return options
        .externalUrl()
        .orElseGet(() ->
            URI.create(
                "%s://%s:%d"
                    .formatted(
                        options.tls().isPresent() ? "https" : "http",
                        options.loopbackOnly() ? "localhost" : instance(),
                        port + options.portOffset())));
  }

  private static String instance() {
    try {
      return java.net.InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      return "localhost"; // a machine without a name of its own
    }
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    closeables.push(closeable);
    return closeable;
  }

  /** The routes of all listeners. */
  Routes routes() {
    return routes;
  }

  /** Where a listener listens. */
  public InetSocketAddress address(ListenerName name) {
    InetSocketAddress address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException("the listener '%s' is not bound".formatted(name.word()));
    }
    return address;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!closeables.isEmpty()) {
      AutoCloseable closeable = closeables.pop();
      try {
        closeable.close();
      } catch (Exception e) {
        log.error("closing {} failed", closeable.getClass().getSimpleName(), e);
      }
    }
  }
}
