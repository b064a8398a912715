package io.ghostworks.server.wiring;

import io.ghostworks.collector.ExportPositions;
import io.ghostworks.collector.Filing;
import io.ghostworks.collector.PipelineGraph;
import io.ghostworks.collector.SignalSinks;
import io.ghostworks.collector.SignalTails;
import io.ghostworks.collector.Surroundings;
import io.ghostworks.collector.config.CollectorConfig;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.Endpoints;
import io.ghostworks.collector.config.ReceiverConfig;
import io.ghostworks.collector.export.PrometheusExporter;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.OutboundHttp;
import io.ghostworks.wire.otlp.logs.LogStreams;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import io.ghostworks.wire.otlp.metrics.MetricTranslator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector's pipelines between the receivers and the stores, and which listeners a collector
 * file asks for.
 */
final class Collection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Collection.class);
  private static final ComponentId OTLP = ComponentId.parse("otlp");
  private static final ComponentId JAEGER = ComponentId.parse("jaeger");
  private static final ComponentId ZIPKIN = ComponentId.parse("zipkin");

  private final CollectorConfig config;
  private final PipelineGraph graph;
  private final ExecutorService executor;
  private final ComponentId otlpReceiver;
  private final Filing filing;

  private Collection(
      CollectorConfig config,
      PipelineGraph graph,
      ExecutorService executor,
      ComponentId otlpReceiver,
      Filing filing) {
    this.filing = filing;
    this.config = config;
    this.graph = graph;
    this.executor = executor;
    this.otlpReceiver = otlpReceiver;
  }

  /**
   * What collection stands on.
   *
   * @param logStreams gives a tenant's log records their streams, as it holds at the moment
   */
  record Parts(
      Stores stores,
      Function<TenantId, LogStreams> logStreams,
      ExportPositions positions,
      OutboundHttp http,
      Clock clock,
      Timers timers,
      PlatformMetrics metrics) {}

  /** Checks what the collector file asks for and makes its pipelines; nothing is sent yet. */
  static Collection start(
      ConfigurationFiles files, Settings settings, ServeOptions options, Parts parts) {
    CollectorConfig config = files.collector();
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    Filing filing =
        new Filing(
            parts.logStreams(),
            new MetricTranslator(naming(files, settings)),
            parts.clock(),
            parts.stores().storedSums());
    PipelineGraph graph =
        new PipelineGraph(
            config,
            sinks(parts, filing),
            Set.copyOf(settings.pipelinesNotStored()),
            parts.positions(),
            surroundings(settings, options, parts, executor));
    List<String> refusals = new ArrayList<>(graph.refusals());
    graph
        .unknownNotStored()
        .forEach(id ->
            refusals.add(
                "collector.not_stored: the collector file has no pipeline '%s'".formatted(id)));
    if (!refusals.isEmpty()) {
      throw new StartException(
          "the collector file asks for what this version does not do:\n  "
              + String.join("\n  ", refusals));
    }
    graph.unstored().forEach(line -> log.warn("not stored: {}", line));
    graph.inMemory().forEach(log::warn);
    sayWhereItListens(config, options);
    return new Collection(config, graph, executor, otlpReceiver(config), filing);
  }

  private static Surroundings surroundings(
      Settings settings, ServeOptions options, Parts parts, ExecutorService executor) {
    Runtime runtime = Runtime.getRuntime();
    return new Surroundings(
        new HostMap(settings.hosts()),
        Collection::resolves,
        ownPorts(options),
        parts.http(),
        parts.clock(),
        parts.timers(),
        executor,
        ThreadLocalRandom.current()::nextDouble,
        parts.metrics(),
        () -> runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory());
  }

  /** OTLP's items are filed as Loki and Prometheus do; nobody waits for scrapes. */
  private static SignalSinks sinks(Parts parts, Filing filing) {
    Stores stores = parts.stores();
    parts
        .metrics()
        .gauge(
            "ghostworks_otlp_delta_streams",
            "Streams of OTLP metrics of delta temporality that are summed up.",
            Labels.EMPTY,
            filing::deltaStreams);
    return SignalSinks.filing(
        stores::spans, stores::logs, stores.samples(), stores.scrapes(), filing);
  }

  /** Names OTLP metrics as other files say; pipelines stay as they are. */
  void replace(ConfigurationFiles files, Settings settings) {
    filing.translateBy(new MetricTranslator(naming(files, settings)));
  }

  private static MetricTranslation naming(ConfigurationFiles files, Settings settings) {
    return files
        .prometheus()
        .map(PrometheusFile::otlp)
        .orElse(MetricTranslation.DEFAULT)
        .withTypeAndUnitLabels(settings.ingest().typeAndUnitLabels());
  }

  private static void sayWhereItListens(CollectorConfig config, ServeOptions options) {
    boolean anywhere =
        config.receivers().values().stream()
            .anyMatch(receiver ->
                endpoints(receiver).values().stream()
                    .anyMatch(endpoint -> endpoint.startsWith("0.0.0.0")));
    if (anywhere && options.loopbackOnly()) {
      log.info(
          "the collector file names 0.0.0.0: bound to 127.0.0.1 instead, as --listen is not given");
    }
  }

  /** The one that feeds pipelines; reading the file has refused further ones. */
  private static ComponentId otlpReceiver(CollectorConfig config) {
    return feeding(config, ReceiverConfig.Otlp.class).orElse(OTLP);
  }

  private static Optional<ComponentId> feeding(
      CollectorConfig config, Class<? extends ReceiverConfig> kind) {
    return config.receivers().entrySet().stream()
        .filter(entry -> kind.isInstance(entry.getValue()))
        .map(Map.Entry::getKey)
        .filter(id ->
            config.pipelines().stream().anyMatch(pipeline -> pipeline.receivers().contains(id)))
        .findFirst();
  }

  /** The addresses that a receiver asks for, by listener. */
  private static Map<ListenerName, String> endpoints(ReceiverConfig receiver) {
    Map<ListenerName, String> endpoints = new EnumMap<>(ListenerName.class);
    switch (receiver) {
      case ReceiverConfig.Otlp otlp -> {
        endpoints.put(ListenerName.OTLP_GRPC, otlp.grpcEndpoint());
        endpoints.put(ListenerName.OTLP_HTTP, otlp.httpEndpoint());
      }
      case ReceiverConfig.Jaeger jaeger -> {
        endpoints.put(ListenerName.JAEGER_GRPC, jaeger.grpcEndpoint());
        endpoints.put(ListenerName.JAEGER_THRIFT_HTTP, jaeger.thriftHttpEndpoint());
        if (jaeger.compact() != null) {
          endpoints.put(ListenerName.JAEGER_THRIFT_COMPACT, jaeger.compact().endpoint());
        }
        if (jaeger.binary() != null) {
          endpoints.put(ListenerName.JAEGER_THRIFT_BINARY, jaeger.binary().endpoint());
        }
      }
      case ReceiverConfig.Zipkin zipkin -> endpoints.put(ListenerName.ZIPKIN, zipkin.endpoint());
      case ReceiverConfig.Prometheus scraping -> {
        // Asks, and is not asked.
      }
      case ReceiverConfig.Other other -> {
        // Refused where it is configured.
      }
    }
    endpoints.values().removeIf(String::isEmpty);
    return endpoints;
  }

  private static boolean resolves(String host) {
    try {
      return InetAddress.getByName(host).getAddress().length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Set<Integer> ownPorts(ServeOptions options) {
    Set<Integer> ports =
        Arrays.stream(ListenerName.values())
            .map(name -> name.defaultPort() + options.portOffset())
            .collect(Collectors.toSet());
    Arrays.stream(ListenerName.values()).map(ListenerName::defaultPort).forEach(ports::add);
    return ports;
  }

  /**
   * Begins to send to other systems what the stores have for them; after their journals are open.
   */
  void startExports(Stores stores) {
    graph.start(
        new SignalTails(
            origin -> stores.records().spanTail(origin),
            origin -> stores.records().logTail(origin)));
  }

  PipelineGraph graph() {
    return graph;
  }

  CollectorConfig config() {
    return config;
  }

  /** The receiver whose pipelines take what comes over OTLP. */
  ComponentId otlpReceiver() {
    return otlpReceiver;
  }

  /** The receiver whose pipelines take what comes by Jaeger's protocols. */
  ComponentId jaegerReceiver() {
    return feeding(config, ReceiverConfig.Jaeger.class).orElse(JAEGER);
  }

  /** The receiver whose pipelines take what comes by Zipkin's protocols. */
  ComponentId zipkinReceiver() {
    return feeding(config, ReceiverConfig.Zipkin.class).orElse(ZIPKIN);
  }

  /**
   * The listeners to bind: that of the Collector's prometheus exporter only where the file has one.
   */
  List<ListenerName> listenerNames() {
    return Arrays.stream(ListenerName.values())
        .filter(name ->
            name != ListenerName.COLLECTOR_PROMETHEUS || !graph.prometheusExporters().isEmpty())
        .toList();
  }

  /**
   * The listeners of datagrams that the collector file asks to hear beyond this machine, by an
   * address that is not loopback's: they are bound where all others are.
   */
  Set<ListenerName> openDatagrams() {
    ReceiverConfig receiver = config.receivers().get(jaegerReceiver());
    return receiver == null
        ? Set.of()
        : endpoints(receiver).entrySet().stream()
            .filter(entry -> entry.getKey().isDatagrams() && !isLoopback(entry.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isLoopback(String endpoint) {
    String host = Endpoints.host(endpoint);
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || host.startsWith("127.");
  }

  /**
   * The settings with the ports that the collector file names, where {@code listen.ports} does not.
   */
  Settings ports(Settings settings) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (ComponentId id : List.of(otlpReceiver, jaegerReceiver(), zipkinReceiver())) {
      ReceiverConfig receiver = config.receivers().get(id);
      if (receiver != null) {
        endpoints(receiver)
            .forEach((name, endpoint) -> ports.put(name.word(), Endpoints.port(endpoint)));
      }
    }
    graph
        .prometheusExporters()
        .forEach(exporter ->
            ports.put(
                ListenerName.COLLECTOR_PROMETHEUS.word(), Endpoints.port(exporter.endpoint())));
    ports.putAll(settings.listen().ports());
    return new Settings(
        settings.files(),
        new Settings.Listen(
            ports,
            settings.listen().origins(),
            settings.listen().adminApi(),
            settings.listen().lifecycleApi()),
        settings.hosts(),
        settings.pipelinesNotStored(),
        settings.storage(),
        settings.retention(),
        settings.tenants(),
        settings.limits(),
        settings.promql(),
        settings.queries(),
        settings.ingest(),
        settings.metricsGenerator(),
        settings.heartbeat(),
        settings.alertMatchers());
  }

  /** {@code /metrics} of the prometheus exporter: the series of the tenant that asks. */
  void addExposition(Routes routes) {
    Optional<PrometheusExporter> exporter = graph.prometheusExporters().stream().findFirst();
    exporter.ifPresent(served ->
        routes
            .api(ListenerName.COLLECTOR_PROMETHEUS, "", ErrorForm.TEXT)
            .local(
                "/metrics",
                Permission.READ,
                Route.Work.QUERY,
                exchange -> {
                  PrometheusExporter.Exposition exposition =
                      served.expose(exchange.tenant(), exchange.header("accept").orElse(null));
                  return CompletableFuture.completedFuture(
                      new Answer(200, exposition.contentType(), exposition.body(), Map.of()));
                }));
  }

  /** What is scraped, and where it goes. */
  record Scraped(PrometheusFile file, TelemetrySink<SeriesBatch> sink) {}

  /**
   * The scrapes that were asked for: of {@code prometheus.yml}, or of one prometheus receiver; both
   * at once are refused, as they would be two sets of jobs.
   *
   * @param file the {@code prometheus.yml}, if one is named
   * @param store takes the scrapes of that file
   */
  Optional<Scraped> scraped(Optional<PrometheusFile> file, TelemetrySink<SeriesBatch> store) {
    Optional<Scraped> scraped = file.map(named -> new Scraped(named, store));
    for (Map.Entry<ComponentId, ReceiverConfig> receiver : config.receivers().entrySet()) {
      boolean used =
          config.pipelines().stream()
              .anyMatch(pipeline -> pipeline.receivers().contains(receiver.getKey()));
      if (receiver.getValue() instanceof ReceiverConfig.Prometheus prometheus && used) {
        if (scraped.isPresent()) {
          throw new StartException(
              "receivers.%s: only one set of scrape_configs is supported: put its jobs into that of prometheus.yml"
                  .formatted(receiver.getKey()));
        }
        scraped = Optional.of(new Scraped(prometheus.file(), graph.scrapes(receiver.getKey())));
      }
    }
    return scraped;
  }

  @Override
  public void close() {
    graph.close();
    executor.shutdownNow();
  }
}
