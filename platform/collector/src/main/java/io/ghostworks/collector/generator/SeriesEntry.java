package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import org.jspecify.annotations.Nullable;

/** One label set of a group, with what its families have counted. */
final class SeriesEntry {
  final byte[] key;
  final int hash;
  final Labels labels;
  final Sender sender;
  final @Nullable GeneratedMetric[] metrics;
  private final SeriesGroup group;
  long updatedMs;
  long reservedBytes;
  int series;

  SeriesEntry(SeriesGroup group, byte[] key, int hash, Labels labels, Sender sender, int families) {
    this.group = group;
    this.key = key;
    this.hash = hash;
    this.labels = labels;
    this.sender = sender;
    this.metrics = new @Nullable GeneratedMetric[families];
  }

  boolean isOf(SeriesGroup other) {
    return group == other;
  }

  void add(int family, double amount) {
    ((CounterMetric) metric(family)).add(amount);
  }

  void set(int family, double value) {
    ((CounterMetric) metric(family)).set(value);
  }

  void observe(int family, double value, double weight, long traceHigh, long traceLow, long span) {
    ((HistogramMetric) metric(family)).observe(value, weight, traceHigh, traceLow, span);
  }

  /** Gives a counter an example. */
  void exemplar(int family, double value, long traceHigh, long traceLow, long span) {
    ((CounterMetric) metric(family)).exemplar(value, traceHigh, traceLow, span);
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
