package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;

/**
 * Up to where spans are counted, written as samples in the same batch as the counts: either both
 * are stored or neither is, so that nothing is counted twice or left out after a crash.
 *
 * @param read the position of the last batch that is counted; −1 for none
 * @param waitingFrom the position from which on spans waited for their other side
 */
record GeneratorPosition(long read, long waitingFrom) {

  /** The name of the series. */
  static final String METRIC = "ghostworks_metrics_generator_position";

  static final Labels READ_LABELS = Labels.of(Labels.METRIC_NAME, METRIC, "kind", "read");
  static final Labels WAITING_LABELS = Labels.of(Labels.METRIC_NAME, METRIC, "kind", "waiting");

  /** Nothing was counted yet. */
  static final GeneratorPosition NONE = new GeneratorPosition(-1, -1);

  static GeneratorPosition of(RestoredSamples samples) {
    Double read = samples.value(READ_LABELS);
    Double waiting = samples.value(WAITING_LABELS);
    return read == null || waiting == null
        ? NONE
        : new GeneratorPosition(read.longValue(), waiting.longValue());
  }
}
