package io.ghostworks.traceql.analysis;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.traceql.trace.TraceTree;
import java.util.List;
import java.util.Optional;

/**
 * What one trace tells. Rows are those of the spans it was made from.
 *
 * @param startNanos of the span that began first
 * @param endNanos of the span that ended last
 * @param services what was done where, most of its own work first
 * @param operations the same by operation
 */
public record TraceAnalysis(
    long startNanos,
    long endNanos,
    CriticalPath criticalPath,
    List<OperationTime> services,
    List<OperationTime> operations,
    Optional<FirstCause> firstCause,
    Arrival arrival) {

  public TraceAnalysis {
    services = List.copyOf(services);
    operations = List.copyOf(operations);
  }

  /**
   * @param tree of all the spans, of which there is at least one
   */
  public static TraceAnalysis of(SpanBatch spans, TraceTree tree, long nowNanos) {
    SpanForest forest = SpanForest.of(spans, tree);
    CriticalPath path = CriticalPath.of(forest);
    OperationTimes times =
        new OperationTimes(forest, new SpanTexts(spans), path, SelfTimes.of(forest));
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (int row = 0; row < forest.rows(); row++) {
      start = Math.min(start, forest.startNanos(row));
      end = Math.max(end, forest.endNanos(row));
    }
    return new TraceAnalysis(
        start,
        end,
        path,
        times.byService(),
        times.byOperation(),
        FirstCause.of(forest),
        Arrival.of(forest, nowNanos));
  }
}
