package io.ghostworks.collector.generator;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;

/** A counter, or a gauge that is 1 as long as its series is there. */
final class CounterMetric extends GeneratedMetric {
  private final SeriesFamily family;
  private double value;
  private double exemplarValue;
  private long exemplarHigh;
  private long exemplarLow;
  private long exemplarSpan;

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

  /** Gives an example of what was counted; a trace id of zeros is none. */
  void exemplar(double ofValue, long traceHigh, long traceLow, long span) {
    exemplarValue = ofValue;
    exemplarHigh = traceHigh;
    exemplarLow = traceLow;
    exemplarSpan = span;
  }

  @Override
  void write(PointBatch into, Labels labels) {
    if (!isBegun()) {
      into.addZero(labels);
    }
    if ((exemplarHigh | exemplarLow) != 0) {
      into.addExemplar(exemplarValue, exemplarHigh, exemplarLow, exemplarSpan);
      exemplarHigh = 0;
      exemplarLow = 0;
    }
    into.add(labels, value);
  }

  @Override
  void writeEnd(PointBatch into, Labels labels) {
    into.addEnd(labels);
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
