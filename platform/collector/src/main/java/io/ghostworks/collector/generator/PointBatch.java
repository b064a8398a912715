package io.ghostworks.collector.generator;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.MetricTable;
import java.util.HashMap;
import java.util.Map;

/** Generated metrics as OTLP points, all of one time and cumulative. Not thread-safe. */
final class PointBatch {
  private static final int NO_RECORDED_VALUE = 1;

  private final MetricBatch batch = new MetricBatch();
  private final Map<Labels, Integer> resources = new HashMap<>();
  private final String scope;
  private final long timeNanos;
  private final long zeroNanos;
  private int metric;

  /**
   * @param zeroMs the time of the zeros in front of what begins, and its start
   */
  PointBatch(String scope, long timeMs, long zeroMs) {
    this.scope = scope;
    this.timeNanos = timeMs * 1_000_000;
    this.zeroNanos = zeroMs * 1_000_000;
  }

  MetricBatch batch() {
    return batch;
  }

  /** The points that follow are of this family and resource. */
  void enter(SeriesFamily family, Labels resource) {
    ByteArena arena = batch.arena();
    int resourceNumber =
        resources.computeIfAbsent(
            resource,
            attributes -> {
              attributes.forEach(batch.resources().attributes()::add);
              return batch.resources().end(ByteArena.EMPTY, 0);
            });
    if (batch.scopes().size() == 0) {
      batch.scopes().end(arena.append(scope), ByteArena.EMPTY, ByteArena.EMPTY, 0);
    }
    MetricTable.Kind kind =
        family.bounds() == null
            ? MetricTable.Kind.SUM
            : family.histograms().nativeOnes()
                ? MetricTable.Kind.EXPONENTIAL_HISTOGRAM
                : MetricTable.Kind.HISTOGRAM;
    metric =
        batch
            .metrics()
            .end(
                resourceNumber,
                0,
                arena.append(family.name()),
                arena.append(family.help()),
                arena.append(family.unit()),
                kind,
                MetricTable.CUMULATIVE,
                kind == MetricTable.Kind.SUM);
  }

  void add(Labels attributes, double value) {
    end(attributes, timeNanos, MetricBatch.DOUBLE_VALUE, Double.doubleToRawLongBits(value));
  }

  /** The value from which a sum begins. */
  void addZero(Labels attributes) {
    end(attributes, zeroNanos, MetricBatch.DOUBLE_VALUE, 0);
  }

  /**
   * @param distribution a row of the batch's distributions
   */
  void addDistribution(Labels attributes, int distribution, boolean zero) {
    long time = zero ? zeroNanos : timeNanos;
    end(attributes, time, MetricBatch.DISTRIBUTION, distribution);
  }

  /** An exemplar of the next point. */
  void addExemplar(double value, long traceHigh, long traceLow, long span) {
    batch
        .exemplars()
        .end(
            timeNanos,
            MetricBatch.DOUBLE_VALUE,
            Double.doubleToRawLongBits(value),
            traceHigh,
            traceLow,
            span);
  }

  /** Says that the series of a sum has ended. */
  void addEnd(Labels attributes) {
    attributes.forEach(batch.attributes()::add);
    batch.endPoint(metric, 0, timeNanos, NO_RECORDED_VALUE, MetricBatch.NO_VALUE, 0);
  }

  /** Says that the series of a histogram have ended, whose buckets a distribution tells. */
  void addEnd(Labels attributes, int distribution) {
    attributes.forEach(batch.attributes()::add);
    batch.endPoint(metric, 0, timeNanos, NO_RECORDED_VALUE, MetricBatch.DISTRIBUTION, distribution);
  }

  private void end(Labels attributes, long time, byte kind, long value) {
    attributes.forEach(batch.attributes()::add);
    batch.endPoint(metric, 0, time, 0, kind, value);
  }
}
