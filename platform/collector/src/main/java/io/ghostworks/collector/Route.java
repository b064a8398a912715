package io.ghostworks.collector;

import io.ghostworks.collector.export.Exporter;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.List;

/**
 * A pipeline made ready to run.
 *
 * @param exporters those that do more than store
 */
record Route<B>(String pipeline, List<Step<B>> steps, List<Target> exporters) {
  Route {
    steps = List.copyOf(steps);
    exporters = List.copyOf(exporters);
  }

  /**
   * An exporter of the pipeline.
   *
   * @param dropped counts the batches that it never got
   */
  record Target(String id, Exporter exporter, PlatformMetrics.Counter dropped) {}

  /** A processor's work on a batch; may refuse it. */
  @FunctionalInterface
  interface Step<B> {
    void apply(B batch);
  }

  void process(B batch) {
    steps.forEach(step -> step.apply(batch));
  }
}
