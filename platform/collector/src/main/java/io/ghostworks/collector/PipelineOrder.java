package io.ghostworks.collector;

import io.ghostworks.collector.config.CollectorConfig;
import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.Pipeline;
import io.ghostworks.collector.config.ProcessorConfig;
import io.ghostworks.collector.config.Signal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which pipelines take a receiver's items, which of them stores, and what that means for others.
 */
record PipelineOrder(CollectorConfig config, Set<String> notStored) {
  PipelineOrder {
    notStored = Set.copyOf(notStored);
  }

  /** In file order. */
  List<Pipeline> taking(Signal signal, ComponentId receiver) {
    return config.pipelines().stream()
        .filter(p -> p.signal() == signal && p.receivers().contains(receiver))
        .toList();
  }

  /** The pipeline in whose form a receiver's items are stored. */
  Optional<Pipeline> storing(Signal signal, ComponentId receiver) {
    return taking(signal, receiver).stream().filter(p -> !notStored.contains(p.id())).findFirst();
  }

  /** Whether the form of a receiver's items in a pipeline can be made of what is stored. */
  sealed interface Form {
    /** By these processors. */
    record Made(List<ComponentId> processors) implements Form {}

    /** It cannot. */
    record Lost(String why) implements Form {}
  }

  Form form(Pipeline pipeline, ComponentId receiver) {
    if (pipeline.signal() == Signal.METRICS) {
      return new Form.Lost("metrics are stored as samples, of which OTLP cannot be made again");
    }
    Optional<Pipeline> storing = storing(pipeline.signal(), receiver);
    if (storing.isEmpty()) {
      return new Form.Lost("its items are not stored");
    }
    List<ComponentId> done = changing(storing.get());
    List<ComponentId> wanted = changing(pipeline);
    boolean goesOn = wanted.size() >= done.size() && wanted.subList(0, done.size()).equals(done);
    return goesOn
        ? new Form.Made(wanted.subList(done.size(), wanted.size()))
        : new Form.Lost(
            "items are stored as the processors of the pipeline %s leave them"
                .formatted(storing.get().id()));
  }

  /** The processors that change items. */
  private List<ComponentId> changing(Pipeline pipeline) {
    return pipeline.processors().stream()
        .filter(id ->
            config.processors().get(id) instanceof ProcessorConfig.Attributes
                || config.processors().get(id) instanceof ProcessorConfig.Resource)
        .toList();
  }
}
