package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import org.jspecify.annotations.Nullable;

/** One label set of a group, with what its families have counted. */
final class SeriesEntry {
  final byte[] key;
  final int hash;
  final Labels labels;
  final @Nullable GeneratedMetric[] metrics;
  private final SeriesGroup group;
  long updatedMs;
  long reservedBytes;
  int series;

  SeriesEntry(SeriesGroup group, byte[] key, int hash, Labels labels, int families) {
    this.group = group;
    this.key = key;
    this.hash = hash;
    this.labels = labels;
    this.metrics = new @Nullable GeneratedMetric[families];
  }

  void add(int family, double amount) {
    ((CounterMetric) metric(family)).add(amount);
  }

  void set(int family, double value) {
    ((CounterMetric) metric(family)).set(value);
  }

  void observe(int family, double seconds, double weight, long traceHigh, long traceLow) {
    ((HistogramMetric) metric(family)).observe(seconds, weight, traceHigh, traceLow);
  }

  private GeneratedMetric metric(int family) {
    GeneratedMetric metric = metrics[family];
    if (metric == null) {
      metric = group.newMetric(this, family);
      metrics[family] = metric;
    }
    return metric;
  }
}
