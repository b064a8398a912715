package io.ghostworks.collector.config;

import java.util.List;

/**
 * A pipeline of the file.
 *
 * @param id {@code traces}, {@code metrics/internal}, ...
 */
public record Pipeline(
    String id,
    Signal signal,
    List<ComponentId> receivers,
    List<ComponentId> processors,
    List<ComponentId> exporters) {
  public Pipeline {
    receivers = List.copyOf(receivers);
    processors = List.copyOf(processors);
    exporters = List.copyOf(exporters);
  }
}
