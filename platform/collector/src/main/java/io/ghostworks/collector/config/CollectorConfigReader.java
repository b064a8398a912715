package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Collector's file. Mistakes are put as the Collector puts them; components that it has and
 * this version has not are requests that {@code serve} refuses where the service uses them, and
 * warnings where it does not.
 *
 * <p>Source: the behaviour of opentelemetry-collector otelcol/config.go and service/pipelines.
 */
public final class CollectorConfigReader {
  private final Path path;
  private final Findings findings;
  private final ConfigMap root;

  private CollectorConfigReader(Path path, ConfigNode root, Findings findings) {
    this.path = path;
    this.findings = findings;
    this.root = ConfigMap.of(UpstreamKeys.FILE.withoutUnknown(root, findings), findings);
  }

  /**
   * Reads a file.
   *
   * @param environment what a variable holds, or null where it is not set
   * @return only to be used where {@code findings} got no errors
   */
  public static CollectorConfig read(
      Path path, UnaryOperator<@Nullable String> environment, Findings findings) {
    try {
      return read(path, ConfigFile.read(path), environment, findings);
    } catch (ConfigException e) {
      findings.errors(e);
      return CollectorConfig.EMPTY;
    }
  }

  /** Reads a file whose tree is there already. */
  public static CollectorConfig read(
      Path path, ConfigNode tree, UnaryOperator<@Nullable String> environment, Findings findings) {
    ConfigNode expanded = new EnvironmentReferences(environment, findings).expand(tree);
    return new CollectorConfigReader(path, expanded, findings).config();
  }

  private CollectorConfig config() {
    Map<ComponentId, ConfigNode> connectorNodes =
        components("connectors", KnownComponents.CONNECTORS);
    Map<ComponentId, ConfigNode> extensions = components("extensions", KnownComponents.EXTENSIONS);
    Map<ComponentId, ConfigNode> receiverNodes = components("receivers", KnownComponents.RECEIVERS);
    Map<ComponentId, ConfigNode> processorNodes =
        components("processors", KnownComponents.PROCESSORS);
    Map<ComponentId, ConfigNode> exporterNodes = components("exporters", KnownComponents.EXPORTERS);
    Map<ComponentId, ReceiverConfig> receivers =
        read(
            receiverNodes,
            UpstreamKeys::ofReceiver,
            (id, map) -> ReceiverSection.read(id, map, path));
    Map<ComponentId, ProcessorConfig> processors =
        read(processorNodes, UpstreamKeys::ofProcessor, ProcessorSection::read);
    Map<ComponentId, ExporterConfig> exporters =
        read(exporterNodes, UpstreamKeys::ofExporter, ExporterSection::read);
    Map<ComponentId, ConnectorConfig> connectors =
        read(connectorNodes, UpstreamKeys::ofConnector, ConnectorSection::read);
    ConfigMap service = root.mapOrEmpty("service");
    if (receivers.isEmpty()
        && exporters.isEmpty()
        && processors.isEmpty()
        && connectors.isEmpty()
        && extensions.isEmpty()) {
      root.error("empty configuration file", "");
      return CollectorConfig.EMPTY;
    }
    if (receivers.isEmpty()) {
      root.error("receivers", "no receiver configuration specified in config", "");
    }
    if (exporters.isEmpty()) {
      root.error("exporters", "no exporter configuration specified in config", "");
    }
    checkConnectors(connectorNodes, receivers.keySet(), exporters.keySet());
    extensions(service, extensions);
    service.unsupported("telemetry", "the platform's own telemetry is set in ghostworks.yml");
    List<Pipeline> pipelines = pipelines(service);
    Used used = new Used(pipelines);
    references("receiver", pipelines, Pipeline::receivers, receivers.keySet(), connectors.keySet());
    references("processor", pipelines, Pipeline::processors, processors.keySet(), Set.of());
    references("exporter", pipelines, Pipeline::exporters, exporters.keySet(), connectors.keySet());
    unbuilt(
        "receiver",
        receiverNodes,
        used.receivers,
        id -> receivers.get(id) instanceof ReceiverConfig.Other);
    unbuilt(
        "processor",
        processorNodes,
        used.processors,
        id -> processors.get(id) instanceof ProcessorConfig.Other);
    unbuilt(
        "exporter",
        exporterNodes,
        used.exporters,
        id -> exporters.get(id) instanceof ExporterConfig.Other);
    Set<ComponentId> usedConnectors = new HashSet<>(used.receivers);
    usedConnectors.addAll(used.exporters);
    unbuilt(
        "connector",
        connectorNodes,
        usedConnectors,
        id -> connectors.get(id) instanceof ConnectorConfig.Other);
    CollectorConfig config =
        new CollectorConfig(receivers, processors, exporters, connectors, pipelines);
    new PipelineRules(root, config, findings).check();
    return config;
  }

  /** Which components the pipelines use. */
  private static final class Used {
    private final Set<ComponentId> receivers = new HashSet<>();
    private final Set<ComponentId> processors = new HashSet<>();
    private final Set<ComponentId> exporters = new HashSet<>();

    Used(List<Pipeline> pipelines) {
      for (Pipeline pipeline : pipelines) {
        receivers.addAll(pipeline.receivers());
        processors.addAll(pipeline.processors());
        exporters.addAll(pipeline.exporters());
      }
    }
  }

  private Map<ComponentId, ConfigNode> components(String section, Set<String> known) {
    Map<ComponentId, ConfigNode> components = new LinkedHashMap<>();
    ConfigMap map = root.mapOrEmpty(section);
    for (ConfigNode.Entry entry : map.node().entries()) {
      String text = entry.key().text();
      Optional<ComponentId> id = id(entry.key(), text);
      if (id.isPresent() && !known.contains(id.get().type())) {
        findings.error(
            entry.key(),
            "unknown type: \"%s\" for id: \"%s\"".formatted(id.get().type(), id.get()),
            "the Collector's distributions have no such component under " + section);
      } else if (id.isPresent() && components.put(id.get(), entry.value()) != null) {
        findings.error(
            entry.key(), "duplicate name \"%s\" after trimming spaces".formatted(text), "");
      }
    }
    return components;
  }

  private Optional<ComponentId> id(ConfigNode place, String text) {
    try {
      return Optional.of(ComponentId.parse(text));
    } catch (IllegalArgumentException e) {
      findings.error(place, String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  private <T> Map<ComponentId, T> read(
      Map<ComponentId, ConfigNode> nodes,
      Function<String, Optional<Keys>> keys,
      BiFunction<ComponentId, ConfigMap, T> section) {
    Map<ComponentId, T> configs = new LinkedHashMap<>();
    nodes.forEach((id, node) -> {
      ConfigNode known = keys.apply(id.type()).orElse(Keys.FREE).withoutUnknown(node, findings);
      configs.put(id, section.apply(id, ConfigMap.of(known, findings)));
    });
    return configs;
  }

  private void checkConnectors(
      Map<ComponentId, ConfigNode> connectors,
      Set<ComponentId> receivers,
      Set<ComponentId> exporters) {
    connectors.forEach((id, node) -> {
      for (String kind : new String[] {"exporter", "receiver"}) {
        if ((kind.equals("exporter") ? exporters : receivers).contains(id)) {
          findings.error(
              node,
              ("connectors::%s: ambiguous ID: Found both \"%s\" %s and \"%s\" connector. Change one"
                      + " of the components' IDs to eliminate ambiguity (e.g. rename \"%s\" connector"
                      + " to \"%s/connector\")")
                  .formatted(id, id, kind, id, id, id),
              "");
        }
      }
    });
  }

  private void extensions(ConfigMap service, Map<ComponentId, ConfigNode> extensions) {
    Set<ComponentId> used = new HashSet<>();
    for (ConfigNode item : service.list("extensions")) {
      Optional<ComponentId> id = service.text(item).flatMap(text -> id(item, text));
      if (id.isPresent() && !extensions.containsKey(id.get())) {
        findings.error(
            item,
            "service::extensions: references extension \"%s\" which is not configured"
                .formatted(id.get()),
            "");
      }
      id.ifPresent(used::add);
    }
    unbuilt("extension", extensions, used, id -> true);
  }

  private List<Pipeline> pipelines(ConfigMap service) {
    List<Pipeline> pipelines = new ArrayList<>();
    ConfigMap map = service.mapOrEmpty("pipelines");
    if (map.keys().isEmpty()) {
      service.error("pipelines", "service must have at least one pipeline", "");
    }
    for (ConfigNode.Entry entry : map.node().entries()) {
      Optional<ComponentId> id = id(entry.key(), entry.key().text());
      Signal signal = null;
      for (Signal candidate : Signal.values()) {
        if (id.isPresent() && candidate.word().equals(id.get().type())) {
          signal = candidate;
        }
      }
      if (id.isPresent() && signal == null) {
        boolean profiles = id.get().type().equals("profiles");
        findings.error(
            entry.key(),
            profiles
                ? ("pipeline \"%s\": profiling signal support is at alpha level, gated under the"
                        + " \"service.profilesSupport\" feature gate")
                    .formatted(id.get())
                : "unknown pipeline signal: \"%s\"".formatted(id.get().type()),
            "pipelines are traces, metrics or logs");
      } else if (id.isPresent() && signal != null) {
        pipelines.add(pipeline(id.get(), signal, ConfigMap.of(entry.value(), findings)));
      }
    }
    return pipelines;
  }

  private Pipeline pipeline(ComponentId id, Signal signal, ConfigMap map) {
    List<ComponentId> receivers = ids(map, "receivers");
    List<ComponentId> processors = ids(map, "processors");
    List<ComponentId> exporters = ids(map, "exporters");
    String place = "service::pipelines::%s: ".formatted(id);
    if (receivers.isEmpty()) {
      map.error("receivers", place + "must have at least one receiver", "");
    }
    if (exporters.isEmpty()) {
      map.error("exporters", place + "must have at least one exporter", "");
    }
    Set<ComponentId> seen = new HashSet<>();
    for (ComponentId processor : processors) {
      if (!seen.add(processor)) {
        map.error(
            "processors",
            place + "references processor \"%s\" multiple times".formatted(processor),
            "");
      }
    }
    return new Pipeline(id.toString(), signal, receivers, processors, exporters);
  }

  private List<ComponentId> ids(ConfigMap map, String key) {
    List<ComponentId> ids = new ArrayList<>();
    for (ConfigNode item : map.list(key)) {
      map.text(item).flatMap(text -> id(item, text)).ifPresent(ids::add);
    }
    return ids;
  }

  private void references(
      String kind,
      List<Pipeline> pipelines,
      Function<Pipeline, List<ComponentId>> ids,
      Set<ComponentId> configured,
      Set<ComponentId> connectors) {
    for (Pipeline pipeline : pipelines) {
      for (ComponentId id : ids.apply(pipeline)) {
        if (!configured.contains(id) && !connectors.contains(id)) {
          findings.error(
              PipelineRules.place(root, pipeline, kind + "s", id),
              "service::pipelines::%s: references %s \"%s\" which is not configured"
                  .formatted(pipeline.id(), kind, id),
              "");
        }
      }
    }
  }

  private void unbuilt(
      String kind,
      Map<ComponentId, ConfigNode> nodes,
      Set<ComponentId> used,
      Function<ComponentId, Boolean> isUnbuilt) {
    nodes.forEach((id, node) -> {
      if (!isUnbuilt.apply(id)) {
        return;
      }
      if (used.contains(id)) {
        findings.unsupported(
            node, "the %s \"%s\" is not built in this version".formatted(kind, id));
      } else {
        findings.warning(
            node,
            "the %s \"%s\" is not built in this version; no pipeline uses it".formatted(kind, id));
      }
    });
  }
}
