package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What pipelines may be made of: the Collector's rules on signals and connectors, and what this
 * process does not do with components that go together in the Collector.
 *
 * <p>Source: the behaviour of opentelemetry-collector service/internal/graph.
 */
final class PipelineRules {
  private final ConfigMap root;
  private final CollectorConfig config;
  private final Findings findings;

  PipelineRules(ConfigMap root, CollectorConfig config, Findings findings) {
    this.root = root;
    this.config = config;
    this.findings = findings;
  }

  /** Notes what breaks a rule. */
  void check() {
    for (Pipeline pipeline : config.pipelines()) {
      checkSignals(pipeline);
      checkScrapes(pipeline);
    }
    config
        .connectors()
        .forEach((id, connector) -> {
          boolean fromTraces = !(connector instanceof ConnectorConfig.Other);
          Set<Signal> ends = fromTraces ? Set.of(Signal.TRACES) : Set.of(Signal.values());
          Set<Signal> begins = fromTraces ? Set.of(Signal.METRICS) : Set.of(Signal.values());
          End ending = new End("exporter", Pipeline::exporters, ends);
          End beginning = new End("receiver", Pipeline::receivers, begins);
          checkBothEnds(id, ending, beginning);
          checkBothEnds(id, beginning, ending);
        });
    only(
        "receivers",
        config.receivers().keySet(),
        id -> config.receivers().get(id) instanceof ReceiverConfig.Otlp && feeds(id),
        "only one otlp receiver is supported: let one receiver feed all pipelines");
    only(
        "receivers",
        config.receivers().keySet(),
        id -> config.receivers().get(id) instanceof ReceiverConfig.Prometheus && feeds(id),
        "only one set of scrape_configs is supported: put its jobs into those of the other"
            + " receiver");
    only(
        "receivers",
        config.receivers().keySet(),
        id -> config.receivers().get(id) instanceof ReceiverConfig.Jaeger && feeds(id),
        "only one jaeger receiver is supported: let one receiver feed all pipelines");
    only(
        "receivers",
        config.receivers().keySet(),
        id -> config.receivers().get(id) instanceof ReceiverConfig.Zipkin && feeds(id),
        "only one zipkin receiver is supported: let one receiver feed all pipelines");
    only(
        "exporters",
        config.exporters().keySet(),
        id -> config.exporters().get(id) instanceof ExporterConfig.Prometheus,
        "only one prometheus exporter is supported: let all pipelines export to one");
  }

  private void checkSignals(Pipeline pipeline) {
    for (ComponentId id : pipeline.receivers()) {
      ReceiverConfig receiver = config.receivers().get(id);
      if (receiver != null && !receiver.signals().contains(pipeline.signal())) {
        notSupported("receiver", id, pipeline, receiver.signals());
      }
    }
    for (ComponentId id : pipeline.exporters()) {
      ExporterConfig exporter = config.exporters().get(id);
      if (exporter != null && !exporter.signals().contains(pipeline.signal())) {
        notSupported("exporter", id, pipeline, exporter.signals());
      }
    }
  }

  private void notSupported(String kind, ComponentId id, Pipeline pipeline, Set<Signal> supported) {
    findings.errorWithoutValue(
        place(root, pipeline, kind + "s", id),
        "failed to create \"%s\" %s for data type \"%s\": telemetry type is not supported"
            .formatted(id, kind, pipeline.signal().word()),
        "it supports " + String.join(", ", supported.stream().map(Signal::word).sorted().toList()));
  }

  private boolean feeds(ComponentId receiver) {
    return config.pipelines().stream().anyMatch(p -> p.receivers().contains(receiver));
  }

  /** Each component after the first that {@code counts} is refused. */
  private void only(
      String section, Collection<ComponentId> ids, Predicate<ComponentId> counts, String reason) {
    ids.stream()
        .filter(counts)
        .skip(1)
        .forEach(id ->
            findings.unsupported(
                root.mapOrEmpty(section).find(id.toString()).orElse(root.node()), reason));
  }

  /** Scrapes are stored as they come: what would change them or pass them on is refused. */
  private void checkScrapes(Pipeline pipeline) {
    boolean scrapes =
        pipeline.receivers().stream()
            .anyMatch(id -> config.receivers().get(id) instanceof ReceiverConfig.Prometheus);
    if (!scrapes) {
      return;
    }
    for (ComponentId id : pipeline.processors()) {
      ProcessorConfig processor = config.processors().get(id);
      if (processor instanceof ProcessorConfig.Attributes
          || processor instanceof ProcessorConfig.Resource) {
        findings.unsupported(
            place(root, pipeline, "processors", id),
            "the processor \"%s\" does not change what the prometheus receiver scrapes; use relabelling"
                .formatted(id));
      }
    }
    for (ComponentId id : pipeline.exporters()) {
      ConfigNode place = place(root, pipeline, "exporters", id);
      switch (config.exporters().get(id)) {
        case ExporterConfig.Debug debug -> findings.unsupported(place, notGiven(id));
        case ExporterConfig.Prometheus served -> findings.unsupported(place, notGiven(id));
        case ExporterConfig.Otlp otlp -> findings.warning(place, onlyHere(id));
        case ExporterConfig.OtlpHttp http -> findings.warning(place, onlyHere(id));
        case ExporterConfig.Jaeger jaeger -> {
          // Has no metrics.
        }
        case ExporterConfig.Other other -> {
          // Refused where it is configured.
        }
        case null -> {
          // Not configured, which is a mistake of its own.
        }
      }
    }
  }

  private static String notGiven(ComponentId exporter) {
    return ("what the prometheus receiver scrapes is stored, but not given to the exporter \"%s\";"
            + " put that receiver into a pipeline of its own")
        .formatted(exporter);
  }

  private static String onlyHere(ComponentId exporter) {
    return "serve refuses this where the endpoint leads to another system: " + notGiven(exporter);
  }

  /** One end of a connector: as what pipelines have it, and of which signals they may be. */
  private record End(
      String word, Function<Pipeline, List<ComponentId>> components, Set<Signal> signals) {
    boolean isIn(Pipeline pipeline, ComponentId connector) {
      return components.apply(pipeline).contains(connector);
    }
  }

  /** A connector ends one pipeline and begins another. */
  private void checkBothEnds(ComponentId connector, End here, End there) {
    boolean other =
        config.pipelines().stream()
            .anyMatch(p -> there.isIn(p, connector) && there.signals().contains(p.signal()));
    for (Signal signal : Signal.values()) {
      List<Pipeline> users = new ArrayList<>(config.pipelines());
      users.removeIf(p -> p.signal() != signal || !here.isIn(p, connector));
      if (!users.isEmpty() && !(other && here.signals().contains(signal))) {
        findings.errorWithoutValue(
            place(root, users.getFirst(), here.word() + "s", connector),
            "connector \"%s\" used as %s in [%s] pipeline but not used in any supported %s pipeline"
                .formatted(
                    connector,
                    here.word(),
                    String.join(" ", users.stream().map(Pipeline::id).toList()),
                    there.word()),
            "");
      }
    }
  }

  /** The node at which a pipeline names a component. */
  static ConfigNode place(ConfigMap root, Pipeline pipeline, String key, ComponentId id) {
    ConfigMap map = root.mapOrEmpty("service").mapOrEmpty("pipelines").mapOrEmpty(pipeline.id());
    for (ConfigNode item : map.list(key)) {
      if (item instanceof ConfigNode.ScalarNode scalar
          && scalar.text().strip().equals(id.toString())) {
        return item;
      }
    }
    return map.node();
  }
}
