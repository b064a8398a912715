package io.ghostworks.server.wiring;

import io.ghostworks.collector.Filing;
import io.ghostworks.collector.PipelineGraph;
import io.ghostworks.collector.Surroundings;
import io.ghostworks.collector.config.CollectorConfig;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.Endpoints;
import io.ghostworks.collector.config.ReceiverConfig;
import io.ghostworks.collector.export.PrometheusExporter;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.server.access.Permission;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
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
  private static final int JAEGER_GRPC_PORT = 14_250;

  private final CollectorConfig config;
  private final PipelineGraph graph;
  private final ComponentId otlpReceiver;

  private Collection(CollectorConfig config, PipelineGraph graph, ComponentId otlpReceiver) {
    this.config = config;
    this.graph = graph;
    this.otlpReceiver = otlpReceiver;
  }

  static Collection start(
      CollectorConfig config,
      MetricTranslation naming,
      Settings settings,
      ServeOptions options,
      Stores stores,
      OutboundHttp http,
      Clock clock,
      Timers timers,
      PlatformMetrics metrics) {
    Runtime runtime = Runtime.getRuntime();
    PipelineGraph graph =
        new PipelineGraph(
            config,
            filing(stores, naming, clock),
            Set.copyOf(settings.pipelinesNotStored()),
            new Surroundings(
                new HostMap(settings.hosts()),
                Collection::resolves,
                ownPorts(options),
                http,
                clock,
                timers,
                ThreadLocalRandom.current()::nextDouble,
                metrics,
                () -> runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory()));
    List<String> refusals = new ArrayList<>(graph.refusals());
    graph
        .unknownNotStored()
        .forEach(id ->
            refusals.add(
                "collector.not_stored: the collector file has no pipeline '%s'".formatted(id)));
    List<ComponentId> receivers = otlpReceivers(config);
    if (receivers.size() > 1) {
      refusals.add(
          "receivers: only one otlp receiver is supported, got %s: let one receiver feed all pipelines"
              .formatted(receivers));
    }
    if (graph.prometheusExporters().size() > 1) {
      refusals.add(
          "exporters: only one prometheus exporter is supported: let all pipelines export to one");
    }
    if (!refusals.isEmpty()) {
      throw new StartException(
          "the collector file asks for what this version does not do:\n  "
              + String.join("\n  ", refusals));
    }
    graph.unstored().forEach(line -> log.warn("not stored: {}", line));
    graph.start();
    sayWhereItListens(config, options);
    return new Collection(config, graph, receivers.isEmpty() ? OTLP : receivers.getFirst());
  }

  /** OTLP's items are filed as Loki and Prometheus do; nobody waits for scrapes. */
  private static io.ghostworks.collector.Stores filing(
      Stores stores, MetricTranslation naming, Clock clock) {
    io.ghostworks.collector.Stores filed =
        io.ghostworks.collector.Stores.filing(
            stores.spans(),
            stores.logs(),
            stores.samples(),
            new Filing(new LogStreams(streamLabels()), new MetricTranslator(naming), clock));
    return new io.ghostworks.collector.Stores(
        filed.spans(), filed.logs(), filed.metrics(), stores.scrapes());
  }

  /** Loki's default labels; and the kind of a log, so that audit logs are a stream of their own. */
  private static List<String> streamLabels() {
    List<String> labels = new ArrayList<>(LogStreams.LABELS_BY_DEFAULT);
    labels.add("log_type");
    return labels;
  }

  private static void sayWhereItListens(CollectorConfig config, ServeOptions options) {
    boolean anywhere =
        config.receivers().values().stream()
            .anyMatch(receiver ->
                receiver instanceof ReceiverConfig.Otlp otlp
                    && (otlp.grpcEndpoint().startsWith("0.0.0.0")
                        || otlp.httpEndpoint().startsWith("0.0.0.0")));
    if (anywhere && options.loopbackOnly()) {
      log.info(
          "the collector file names 0.0.0.0: bound to 127.0.0.1 instead, as --listen is not given");
    }
  }

  private static List<ComponentId> otlpReceivers(CollectorConfig config) {
    return config.receivers().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof ReceiverConfig.Otlp)
        .map(Map.Entry::getKey)
        .filter(id ->
            config.pipelines().stream().anyMatch(pipeline -> pipeline.receivers().contains(id)))
        .toList();
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
    ports.add(JAEGER_GRPC_PORT + options.portOffset());
    Arrays.stream(ListenerName.values()).map(ListenerName::defaultPort).forEach(ports::add);
    ports.add(JAEGER_GRPC_PORT);
    return ports;
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
   * The settings with the ports that the collector file names, where {@code listen.ports} does not.
   */
  Settings ports(Settings settings) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    if (config.receivers().get(otlpReceiver) instanceof ReceiverConfig.Otlp otlp) {
      if (!otlp.grpcEndpoint().isEmpty()) {
        ports.put(ListenerName.OTLP_GRPC.word(), Endpoints.port(otlp.grpcEndpoint()));
      }
      if (!otlp.httpEndpoint().isEmpty()) {
        ports.put(ListenerName.OTLP_HTTP.word(), Endpoints.port(otlp.httpEndpoint()));
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
        new Settings.Listen(ports, settings.listen().origins()),
        settings.hosts(),
        settings.pipelinesNotStored(),
        settings.storage(),
        settings.retention(),
        settings.tenants(),
        settings.limits());
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
              "receivers.%s: only one set of scrape_configs is supported: put its jobs into that of prometheus.yml, or of the other receiver"
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
  }
}
