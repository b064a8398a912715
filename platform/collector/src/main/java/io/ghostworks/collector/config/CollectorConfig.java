package io.ghostworks.collector.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Collector's file asks for, in file order. Only to be used where reading found no errors.
 */
public record CollectorConfig(
    Map<ComponentId, ReceiverConfig> receivers,
    Map<ComponentId, ProcessorConfig> processors,
    Map<ComponentId, ExporterConfig> exporters,
    Map<ComponentId, ConnectorConfig> connectors,
    List<Pipeline> pipelines) {

  /** Nothing is asked for: everything received is stored as it comes. */
  public static final CollectorConfig EMPTY =
      new CollectorConfig(Map.of(), Map.of(), Map.of(), Map.of(), List.of());

  public CollectorConfig {
    receivers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(receivers));
    processors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(processors));
    exporters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(exporters));
    connectors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(connectors));
    pipelines = List.copyOf(pipelines);
  }
}
