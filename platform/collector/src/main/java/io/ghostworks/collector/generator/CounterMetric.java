package io.ghostworks.collector.generator;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;

/** A counter, or a gauge that is 1 as long as its series is there. */
final class CounterMetric extends GeneratedMetric {
  private final SeriesFamily family;
  private double value;

  CounterMetric(SeriesFamily family) {
    this.family = family;
  }

  void add(double amount) {
    value += amount;
  }

  void set(double newValue) {
    value = newValue;
  }

  double value() {
    return value;
  }

  @Override
  int series() {
    return 1;
  }

  @Override
  void add(Labels labels, LabelSetTable table) {
    table.add(family.labels(labels, ""));
  }

  @Override
  void restore(Labels labels, RestoredSamples restored) {
    Double stored = restored.value(family.labels(labels, ""));
    if (stored != null) {
      value = family.isGauge() ? value : stored;
      setBegun();
    }
  }

  @Override
  void write(SeriesBatch into, long timeMs, long zeroMs) {
    if (!isBegun() && !family.isGauge()) {
      into.add(firstSet(), zeroMs, 0);
    }
    into.add(firstSet(), timeMs, value);
  }

  @Override
  void writeStale(SeriesBatch into, long timeMs) {
    into.addBits(firstSet(), timeMs, Samples.STALE_BITS);
  }
}
