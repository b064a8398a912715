package io.ghostworks.collector.generator;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.semconv.AdjustedCount;
import io.ghostworks.runtime.metrics.PlatformMetrics;

/**
 * For how many spans the spans of a batch stand: by the trace state, else by an attribute of the
 * span or its resource that holds the probability, else 1.
 */
final class Weigher {
  private final boolean traceState;
  private final int keyId;
  private long unknown;

  Weigher(GeneratorSettings.Weighing weighing, SpanBatch batch) {
    this.traceState = weighing.traceState();
    this.keyId =
        weighing.multiplierKey().isEmpty() ? -1 : batch.keys().find(weighing.multiplierKey());
  }

  /** Whether a span's trace state tells its probability. */
  static boolean isTold(SpanBatch batch, int row) {
    return AdjustedCount.ofTraceState(batch.arena(), batch.traceState(row)) > 0;
  }

  double weight(SpanBatch batch, int row) {
    if (traceState) {
      double count = AdjustedCount.ofTraceState(batch.arena(), batch.traceState(row));
      if (count > 0) {
        return count;
      }
    }
    if (keyId >= 0) {
      double count = ofAttribute(batch.attributes(), row);
      if (count == AdjustedCount.UNKNOWN) {
        count = ofAttribute(batch.resources().attributes(), batch.resource(row));
      }
      if (count > 0) {
        return count;
      }
    }
    unknown++;
    return 1;
  }

  private double ofAttribute(AttributeColumns attributes, int row) {
    int entry = attributes.find(row, keyId);
    boolean told = entry >= 0 && attributes.values().type(entry) == ValueColumn.DOUBLE;
    double probability = told ? attributes.values().doubleValue(entry) : 0;
    return probability > 0 ? 1 / probability : AdjustedCount.UNKNOWN;
  }

  /** Counts the spans that told no probability. */
  void report(PlatformMetrics.Counter counter) {
    counter.add(unknown);
    unknown = 0;
  }
}
