package io.ghostworks.server.self;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.SeriesBatch;

/** Writes samples of this process into a batch, all with the same time, job and instance. */
final class MetricWriter {

  private final SeriesBatch batch;
  private final Labels identity;
  private final long timestampMs;

  MetricWriter(String job, String instance, long timestampMs) {
    this.batch = new SeriesBatch(job + "/" + instance);
    this.identity = Labels.of("job", job, "instance", instance);
    this.timestampMs = timestampMs;
  }

  /** Says what the following samples of a family are. */
  void family(String name, MetricType type, String unit, String help) {
    batch.addMetadata(name, new MetricMetadata(type, help, unit));
  }

  void sample(String name, Labels labels, double value) {
    Labels.Builder all = identity.toBuilder().set(Labels.METRIC_NAME, name);
    labels.forEach(all::set);
    batch.add(batch.sets().add(all.build()), timestampMs, value);
  }

  void sample(String name, double value, String... labels) {
    sample(name, Labels.of(labels), value);
  }

  SeriesBatch batch() {
    return batch;
  }
}
