package io.ghostworks.collector;

import io.ghostworks.collector.attribute.AttributeEditor;
import io.ghostworks.collector.config.CollectorConfig;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.collector.config.Pipeline;
import io.ghostworks.collector.config.ProcessorConfig;
import io.ghostworks.collector.config.ReceiverConfig;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.collector.export.Exporter;
import io.ghostworks.collector.export.PrometheusExporter;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The pipelines of a file, between receivers and stores. A receiver asks for the sink of its id and
 * signal and offers what it decoded; the sink's answer is the store's.
 *
 * <p>An item is stored once, as the processors of the first pipeline leave it that takes it and
 * stores; further pipelines get a copy, for their exporters only. An item that no pipeline takes is
 * stored as it came. Exporters that lead to this process are that store. Exporters to other systems
 * read what was stored and keep their place, where their pipeline's form can be made of it; what
 * cannot be read again waits for them in memory. Thread-safe after {@link #start}.
 */
public final class PipelineGraph implements AutoCloseable {
  private final CollectorConfig config;
  private final SignalSinks sinks;
  private final PipelineOrder order;
  private final PlatformMetrics metrics;
  private final ExportQueue exports;
  private final ExporterSet exporters;
  private final TailedExports tailed;
  private final Map<ComponentId, MemoryLimiter> limiters = new LinkedHashMap<>();
  private final Map<ComponentId, Map<String, Consumer<SpanBatch>>> feeds = new LinkedHashMap<>();
  private final List<String> refusals = new ArrayList<>();
  private final List<String> inMemory = new ArrayList<>();

  /**
   * @param notStored ids of pipelines whose items are not stored here
   * @param positions where exporters stood when the process ended; read here
   */
  public PipelineGraph(
      CollectorConfig config,
      SignalSinks sinks,
      Set<String> notStored,
      ExportPositions positions,
      Surroundings around) {
    this.config = config;
    this.sinks = sinks;
    this.order = new PipelineOrder(config, notStored);
    this.metrics = around.metrics();
    this.exports = new ExportQueue(around.clock());
    this.exporters = new ExporterSet(config.exporters(), around);
    this.tailed = new TailedExports(around, positions);
    this.refusals.addAll(exporters.refusals());
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
    for (Pipeline pipeline : config.pipelines()) {
      refuseExportsOfScrapes(pipeline);
      for (ComponentId receiver : pipeline.receivers()) {
        switch (pipeline.signal()) {
          case TRACES -> {
            addTailed(pipeline, receiver, BatchKind.SPANS);
            addFeeds(pipeline, receiver);
          }
          case LOGS -> addTailed(pipeline, receiver, BatchKind.LOGS);
          case METRICS -> addTailed(pipeline, receiver, BatchKind.METRICS);
        }
      }
    }
  }

  /**
   * Scrapes have no OTLP form here: they are stored, and that is all that can be done with them.
   * What is known of the file alone was refused where it was read; here, what leads elsewhere.
   */
  private void refuseExportsOfScrapes(Pipeline pipeline) {
    boolean scrapes =
        pipeline.receivers().stream()
            .anyMatch(id -> config.receivers().get(id) instanceof ReceiverConfig.Prometheus);
    for (ComponentId id : pipeline.exporters()) {
      if (scrapes && exporters.remote(id).isPresent()) {
        refusals.add(
            ("service.pipelines.%s: what the prometheus receiver scrapes is stored, but not given"
                    + " to the exporter \"%s\"; put that receiver into a pipeline of its own")
                .formatted(pipeline.id(), id));
      }
    }
  }

  /** Lets exporters read what is stored, and says of which that cannot be. */
  private <B> void addTailed(Pipeline pipeline, ComponentId receiver, BatchKind<B> kind) {
    for (ComponentId id : pipeline.exporters()) {
      Optional<ExporterSet.Remote> remote = exporters.remote(id);
      if (remote.isEmpty() || !remote.get().sender().carries(pipeline.signal())) {
        continue;
      }
      switch (order.form(pipeline, receiver)) {
        case PipelineOrder.Form.Made made ->
            tailed.add(id, remote.get(), pipeline, receiver, kind, steps(made.processors(), kind));
        case PipelineOrder.Form.Lost lost ->
            inMemory.add(
                "what exporter %s of pipeline %s sends waits in memory only, as %s"
                    .formatted(id, pipeline.id(), lost.why()));
      }
    }
  }

  /** Lets connectors read what is stored: they get every span that was acknowledged. */
  private void addFeeds(Pipeline pipeline, ComponentId receiver) {
    for (ComponentId id : pipeline.exporters()) {
      if (!config.connectors().containsKey(id)) {
        continue;
      }
      String place = "service.pipelines.%s: the connector \"%s\" ".formatted(pipeline.id(), id);
      switch (order.form(pipeline, receiver)) {
        case PipelineOrder.Form.Made made -> {
          List<Route.Step<SpanBatch>> steps = steps(made.processors(), BatchKind.SPANS);
          boolean twice =
              feeds
                      .computeIfAbsent(id, i -> new LinkedHashMap<>())
                      .put(receiver.toString(), batch -> steps.forEach(step -> step.apply(batch)))
                  != null;
          if (twice) {
            refusals.add(
                place
                    + "gets what the receiver \"%s\" brings by more than one pipeline; let one export to it"
                        .formatted(receiver));
          }
        }
        case PipelineOrder.Form.Lost lost ->
            refusals.add(
                place
                    + "reads stored spans, and cannot get those of the receiver \"%s\": %s"
                        .formatted(receiver, lost.why()));
      }
    }
  }

  /** The connectors that pipelines use, with what they read and where their metrics go. */
  public List<ConnectorFeed> connectors() {
    List<ConnectorFeed> found = new ArrayList<>();
    feeds.forEach((id, origins) -> {
      ConnectorConfig connector = config.connectors().get(id);
      if (connector != null && !(connector instanceof ConnectorConfig.Other)) {
        found.add(new ConnectorFeed(id, connector, origins, metrics(id)));
      }
    });
    return found;
  }

  /** What the file asks for and this process, with its host map, does not do; empty if nothing. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Which exporters lose what waits when the process ends, one line each with the reason. */
  public List<String> inMemory() {
    return inMemory.stream().distinct().toList();
  }

  /** The exporters that want to be scraped; the server binds their ports. */
  public List<PrometheusExporter> prometheusExporters() {
    return exporters.prometheus();
  }

  /** What the file leaves unstored, one line a pipeline. */
  public List<String> unstored() {
    List<String> lines = new ArrayList<>();
    for (Pipeline pipeline : config.pipelines()) {
      for (ComponentId receiver : pipeline.receivers()) {
        if (order.notStored().contains(pipeline.id())
            && order.storing(pipeline.signal(), receiver).isEmpty()) {
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
    return order.notStored().stream()
        .filter(id -> config.pipelines().stream().noneMatch(p -> p.id().equals(id)))
        .sorted()
        .toList();
  }

  /**
   * The position of log records and spans behind which exporters have not sent everything; the
   * largest where none waits. Changes while exporters send.
   */
  public long readThrough() {
    return tailed.readThrough();
  }

  /**
   * Begins to send.
   *
   * @param tails gives again what {@link SignalSinks} stored
   */
  public void start(SignalTails tails) {
    exporters.start();
    exports.start();
    tailed.start(tails);
  }

  /** Exports what waits, on the calling thread, where the graph is not started. For simulations. */
  void driveExports() {
    exports.drive();
  }

  /** Where a receiver offers spans. */
  public TelemetrySink<SpanBatch> traces(ComponentId receiver) {
    return sink(Signal.TRACES, receiver, BatchKind.SPANS, sinks.spans().apply(receiver.toString()));
  }

  /** Where a receiver offers log records of OTLP. */
  public TelemetrySink<LogBatch> logs(ComponentId receiver) {
    return sink(Signal.LOGS, receiver, BatchKind.LOGS, sinks.logs().apply(receiver.toString()));
  }

  /** Where a receiver offers metrics of OTLP. */
  public TelemetrySink<MetricBatch> metrics(ComponentId receiver) {
    return sink(Signal.METRICS, receiver, BatchKind.METRICS, sinks.metrics());
  }

  /** Where a prometheus receiver offers its scrapes. */
  public TelemetrySink<SeriesBatch> scrapes(ComponentId receiver) {
    List<Pipeline> pipelines = order.taking(Signal.METRICS, receiver);
    Optional<Pipeline> storing = order.storing(Signal.METRICS, receiver);
    boolean stores = pipelines.isEmpty() || storing.isPresent();
    List<MemoryLimiter> memory = limiters(storing.map(List::of).orElse(pipelines));
    return (tenant, batch) -> {
      try {
        memory.forEach(MemoryLimiter::admit);
      } catch (OverloadedException e) {
        return CompletableFuture.failedFuture(e);
      }
      return stores
          ? sinks.series().offer(tenant, batch)
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
    List<Pipeline> pipelines = order.taking(signal, receiver);
    if (pipelines.isEmpty()) {
      return store;
    }
    Optional<Pipeline> storing = order.storing(signal, receiver);
    Pipeline first = storing.orElse(pipelines.getFirst());
    List<Route<B>> others = new ArrayList<>();
    for (Pipeline pipeline : pipelines) {
      if (!pipeline.equals(first)) {
        others.add(route(pipeline, receiver, kind));
      }
    }
    others.removeIf(route -> route.exporters().isEmpty());
    return new PipelineSink<>(
        kind,
        route(first, receiver, kind),
        others,
        storing.isPresent() ? store : null,
        exports,
        tailed.waker(signal, receiver));
  }

  private <B> Route<B> route(Pipeline pipeline, ComponentId receiver, BatchKind<B> kind) {
    boolean stored = order.form(pipeline, receiver) instanceof PipelineOrder.Form.Made;
    List<Route.Target> targets = new ArrayList<>();
    for (ComponentId id : pipeline.exporters()) {
      exporters.local(id).ifPresent(exporter -> targets.add(target(id, exporter)));
      exporters
          .remote(id)
          .filter(remote -> !stored)
          .ifPresent(remote -> targets.add(target(id, exporters.queued(id, remote))));
    }
    return new Route<>(pipeline.id(), steps(pipeline.processors(), kind), targets);
  }

  private <B> List<Route.Step<B>> steps(List<ComponentId> processors, BatchKind<B> kind) {
    List<Route.Step<B>> steps = new ArrayList<>();
    for (ComponentId id : processors) {
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
    return steps;
  }

  private Route.Target target(ComponentId id, Exporter exporter) {
    return new Route.Target(
        id.toString(),
        exporter,
        metrics.counter(
            "ghostworks_exporter_dropped_batches_total",
            "Batches that found no room on their way to an exporter; they are stored here.",
            Labels.of("exporter", id.toString())));
  }

  @Override
  public void close() {
    exports.close();
    tailed.close();
    exporters.close();
  }
}
