package io.ghostworks.collector;

import io.ghostworks.collector.attribute.AttributeEditor;
import io.ghostworks.collector.config.CollectorConfig;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.ExporterConfig;
import io.ghostworks.collector.config.Pipeline;
import io.ghostworks.collector.config.ProcessorConfig;
import io.ghostworks.collector.config.ReceiverConfig;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.collector.export.DebugExporter;
import io.ghostworks.collector.export.Exporter;
import io.ghostworks.collector.export.OtlpGrpcTransport;
import io.ghostworks.collector.export.OtlpHttpTransport;
import io.ghostworks.collector.export.PrometheusExporter;
import io.ghostworks.collector.export.QueuedExporter;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The pipelines of a file, between receivers and stores. A receiver asks for the sink of its id and
 * signal and offers what it decoded; the sink's answer is the store's.
 *
 * <p>An item is stored once, as the processors of the first pipeline leave it that takes it and
 * stores; further pipelines get a copy, for their exporters only. An item that no pipeline takes is
 * stored as it came. Exporters that lead to this process are that store. Exporters to other systems
 * get what was acknowledged. Thread-safe after {@link #start}.
 */
public final class PipelineGraph implements AutoCloseable {
  private final CollectorConfig config;
  private final Stores stores;
  private final Set<String> notStored;
  private final PlatformMetrics metrics;
  private final ExportQueue exports;
  private final Map<ComponentId, Exporter> exporters = new LinkedHashMap<>();
  private final Map<ComponentId, MemoryLimiter> limiters = new LinkedHashMap<>();
  private final List<PrometheusExporter> prometheus = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  /**
   * @param notStored ids of pipelines whose items are not stored here
   */
  public PipelineGraph(
      CollectorConfig config, Stores stores, Set<String> notStored, Surroundings around) {
    this.config = config;
    this.stores = stores;
    this.notStored = Set.copyOf(notStored);
    this.metrics = around.metrics();
    this.exports = new ExportQueue(around.clock());
    config.exporters().forEach((id, exporter) -> addExporter(id, exporter, around));
    config
        .processors()
        .forEach((id, processor) -> {
          if (processor instanceof ProcessorConfig.MemoryLimiter limiter) {
            limiters.put(
                id,
                new MemoryLimiter(
                    limiter, around.totalBytes(), around.usedBytes(), around.clock()));
          }
        });
    config.pipelines().forEach(this::refuseExportsOfScrapes);
  }

  /**
   * Scrapes have no OTLP form here: they are stored, and that is all that can be done with them.
   */
  private void refuseExportsOfScrapes(Pipeline pipeline) {
    boolean scrapes =
        pipeline.receivers().stream()
            .anyMatch(id -> config.receivers().get(id) instanceof ReceiverConfig.Prometheus);
    for (ComponentId id : pipeline.exporters()) {
      if (scrapes && exporters.containsKey(id)) {
        refusals.add(
            ("service.pipelines.%s: what the prometheus receiver scrapes is stored, but not given to"
                    + " the exporter %s; put that receiver into a pipeline of its own")
                .formatted(pipeline.id(), id));
      }
    }
  }

  private void addExporter(ComponentId id, ExporterConfig exporter, Surroundings around) {
    switch (exporter) {
      case ExporterConfig.Debug debug ->
          exporters.put(id, new DebugExporter(id.toString(), debug.verbosity()));
      case ExporterConfig.Prometheus served -> {
        PrometheusExporter serving = new PrometheusExporter(served, around.clock());
        exporters.put(id, serving);
        prometheus.add(serving);
      }
      case ExporterConfig.Otlp otlp -> {
        if (!Destination.isHere(otlp.endpoint(), around)) {
          OtlpGrpcTransport transport =
              new OtlpGrpcTransport(otlp, around.hosts().resolve(otlp.endpoint()));
          exporters.put(id, queued(id, otlp.sending(), OtlpEncoding.PROTOBUF, transport, around));
        }
      }
      case ExporterConfig.OtlpHttp http -> {
        Map<Signal, String> elsewhere = new LinkedHashMap<>(http.urls());
        elsewhere.values().removeIf(url -> Destination.isHere(address(url), around));
        if (!elsewhere.isEmpty()) {
          ExporterConfig.OtlpHttp remote =
              new ExporterConfig.OtlpHttp(elsewhere, http.encoding(), http.sending());
          exporters.put(
              id,
              queued(
                  id,
                  http.sending(),
                  http.encoding(),
                  new OtlpHttpTransport(remote, around.http()),
                  around));
        }
      }
      case ExporterConfig.Jaeger jaeger -> {
        if (!Destination.isHere(jaeger.endpoint(), around)) {
          refusals.add(
              ("exporters.%s: %s is another system, and Jaeger's own protocol is not spoken to other"
                      + " systems; use the otlp exporter with port 4317")
                  .formatted(id, jaeger.endpoint()));
        }
      }
      case ExporterConfig.Other other -> {
        // Reading the file has refused it already where a pipeline uses it.
      }
    }
  }

  private static QueuedExporter queued(
      ComponentId id,
      ExporterConfig.Sending sending,
      OtlpEncoding encoding,
      io.ghostworks.collector.export.Transport transport,
      Surroundings around) {
    return new QueuedExporter(
        id.toString(),
        sending,
        encoding,
        transport,
        around.clock(),
        around.timers(),
        around.random(),
        around.metrics());
  }

  private static String address(String url) {
    URI uri = URI.create(url);
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    return uri.getHost() + ":" + port;
  }

  /** What the file asks for and this process, with its host map, does not do; empty if nothing. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** The exporters that want to be scraped; the server binds their ports. */
  public List<PrometheusExporter> prometheusExporters() {
    return List.copyOf(prometheus);
  }

  /** What the file leaves unstored, one line a pipeline. */
  public List<String> unstored() {
    List<String> lines = new ArrayList<>();
    for (Pipeline pipeline : config.pipelines()) {
      for (ComponentId receiver : pipeline.receivers()) {
        if (notStored.contains(pipeline.id()) && storing(pipeline.signal(), receiver).isEmpty()) {
          lines.add(
              "%s of receiver %s (pipeline %s)"
                  .formatted(pipeline.signal().word(), receiver, pipeline.id()));
        }
      }
    }
    return lines;
  }

  /** Ids of {@code collector.not_stored} that the file does not have. */
  public List<String> unknownNotStored() {
    return notStored.stream()
        .filter(id -> config.pipelines().stream().noneMatch(p -> p.id().equals(id)))
        .sorted()
        .toList();
  }

  private List<Pipeline> storing(Signal signal, ComponentId receiver) {
    return taking(signal, receiver).stream().filter(p -> !notStored.contains(p.id())).toList();
  }

  private List<Pipeline> taking(Signal signal, ComponentId receiver) {
    return config.pipelines().stream()
        .filter(p -> p.signal() == signal && p.receivers().contains(receiver))
        .toList();
  }

  /** Begins to send. */
  public void start() {
    exporters.values().forEach(Exporter::start);
    exports.start();
  }

  /** Exports what waits, on the calling thread, where the graph is not started. For simulations. */
  void driveExports() {
    exports.drive();
  }

  /** Where a receiver offers spans. */
  public TelemetrySink<SpanBatch> traces(ComponentId receiver) {
    return sink(Signal.TRACES, receiver, BatchKind.SPANS, stores.spans());
  }

  /** Where a receiver offers log records of OTLP. */
  public TelemetrySink<LogBatch> logs(ComponentId receiver) {
    return sink(Signal.LOGS, receiver, BatchKind.LOGS, stores.logs());
  }

  /** Where a receiver offers metrics of OTLP. */
  public TelemetrySink<MetricBatch> metrics(ComponentId receiver) {
    return sink(Signal.METRICS, receiver, BatchKind.METRICS, stores.metrics());
  }

  /** Where a prometheus receiver offers its scrapes. */
  public TelemetrySink<SeriesBatch> scrapes(ComponentId receiver) {
    List<Pipeline> pipelines = taking(Signal.METRICS, receiver);
    List<Pipeline> storing = storing(Signal.METRICS, receiver);
    boolean stores = pipelines.isEmpty() || !storing.isEmpty();
    List<MemoryLimiter> memory = limiters(storing.isEmpty() ? pipelines : storing.subList(0, 1));
    return (tenant, batch) -> {
      try {
        memory.forEach(MemoryLimiter::admit);
      } catch (OverloadedException e) {
        return CompletableFuture.failedFuture(e);
      }
      return stores
          ? this.stores.series().offer(tenant, batch)
          : CompletableFuture.completedFuture(Acknowledgement.accepted(batch.rows()));
    };
  }

  private List<MemoryLimiter> limiters(List<Pipeline> pipelines) {
    List<MemoryLimiter> found = new ArrayList<>();
    for (Pipeline pipeline : pipelines) {
      for (ComponentId id : pipeline.processors()) {
        MemoryLimiter limiter = limiters.get(id);
        if (limiter != null) {
          found.add(limiter);
        }
      }
    }
    return found;
  }

  private <B> TelemetrySink<B> sink(
      Signal signal, ComponentId receiver, BatchKind<B> kind, TelemetrySink<B> store) {
    List<Route<B>> routes = new ArrayList<>();
    for (Pipeline pipeline : taking(signal, receiver)) {
      routes.add(route(pipeline, kind));
    }
    if (routes.isEmpty()) {
      return store;
    }
    int first = 0;
    while (first < routes.size() && notStored.contains(routes.get(first).pipeline())) {
      first++;
    }
    boolean stored = first < routes.size();
    Route<B> main = routes.get(stored ? first : 0);
    List<Route<B>> others = new ArrayList<>(routes);
    others.remove(main);
    others.removeIf(route -> route.exporters().isEmpty());
    return new PipelineSink<>(kind, main, others, stored ? store : null, exports);
  }

  private <B> Route<B> route(Pipeline pipeline, BatchKind<B> kind) {
    List<Route.Step<B>> steps = new ArrayList<>();
    for (ComponentId id : pipeline.processors()) {
      switch (config.processors().get(id)) {
        case ProcessorConfig.Attributes attributes -> {
          AttributeEditor editor = new AttributeEditor(attributes.actions());
          steps.add(batch -> kind.editItems(batch, editor));
        }
        case ProcessorConfig.Resource resource -> {
          AttributeEditor editor = new AttributeEditor(resource.actions());
          steps.add(batch -> kind.editResources(batch, editor));
        }
        case ProcessorConfig.MemoryLimiter limiter -> {
          MemoryLimiter memory = limiters.get(id);
          if (memory != null) {
            steps.add(batch -> memory.admit());
          }
        }
        case ProcessorConfig.Batch batch -> {
          // Items are stored as they come; grouping them first would hold back the answer.
        }
        case ProcessorConfig.Other other -> {
          // Reading the file has refused it already.
        }
        case null ->
            throw new IllegalStateException("a pipeline names an unknown processor: " + id);
      }
    }
    List<Route.Target> targets =
        pipeline.exporters().stream().filter(exporters::containsKey).map(this::target).toList();
    return new Route<>(pipeline.id(), steps, targets);
  }

  private Route.Target target(ComponentId id) {
    return new Route.Target(
        id.toString(),
        Objects.requireNonNull(exporters.get(id)),
        metrics.counter(
            "ghostworks_exporter_dropped_batches_total",
            "Batches that found no room on their way to an exporter; they are stored here.",
            Labels.of("exporter", id.toString())));
  }

  @Override
  public void close() {
    exports.close();
    exporters.values().forEach(Exporter::close);
  }
}
