package io.ghostworks.records;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.DistinctRows;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.scan.RowOrder;
import java.util.ArrayList;
import java.util.List;

/** Rows of several sources on their way to an answer, in the order in which they were added. */
final class FoundSpans {

  /** What is remembered of a row. */
  static final int ROW_BYTES = 48;

  private final List<SpanBatch> batches = new ArrayList<>();
  private final IntColumn batch = new IntColumn(64);
  private final IntColumn row = new IntColumn(64);
  private final LongColumn trace = new LongColumn(64);
  private final LongColumn start = new LongColumn(64);
  private final LongColumn span = new LongColumn(64);

  /** What the context holds for them; the reader's to count and to release. */
  long heldBytes;

  int size() {
    return row.size();
  }

  int batches() {
    return batches.size();
  }

  /** Adds a batch, of which rows may be added then; its number. */
  int addBatch(SpanBatch spans) {
    batches.add(spans);
    return batches.size() - 1;
  }

  /** Adds the batches of others behind its own. */
  void addBatches(FoundSpans others) {
    batches.addAll(others.batches);
  }

  void add(int number, int ofRow, int traceNumber) {
    SpanBatch spans = batches.get(number);
    batch.add(number);
    row.add(ofRow);
    trace.add(traceNumber);
    start.add(spans.startNanos(ofRow));
    span.add(spans.spanId(ofRow));
  }

  int batch(int i) {
    return batch.get(i);
  }

  int row(int i) {
    return row.get(i);
  }

  int trace(int i) {
    return (int) trace.get(i);
  }

  /** The rows by trace, start and span id, then as they were added. */
  int[] order() {
    int[] order = new int[size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (LongColumn keys : List.of(span, start, trace)) {
      long[] ordered = new long[order.length];
      for (int i = 0; i < order.length; i++) {
        ordered[i] = keys.get(order[i]);
      }
      RowOrder.sort(ordered, order);
    }
    return order;
  }

  boolean mayBeSame(int left, int right) {
    return span.get(left) == span.get(right)
        && start.get(left) == start.get(right)
        && trace.get(left) == trace.get(right);
  }

  /** Whether some of the ordered rows may be repetitions. */
  boolean maySameBeAmong(int[] order) {
    for (int i = 1; i < order.length; i++) {
      if (mayBeSame(order[i - 1], order[i])) {
        return true;
      }
    }
    return false;
  }

  /** The rows in their order, repetitions once. */
  SpanBatch distinct(int[] order, BatchSchema<SpanBatch> schema) {
    RowCopier<SpanBatch> copier = schema.copier();
    DistinctRows<SpanBatch> distinct = new DistinctRows<>(schema);
    for (int i = 0; i < order.length; i++) {
      int at = order[i];
      boolean likeBefore = i > 0 && mayBeSame(order[i - 1], at);
      boolean likeNext = i + 1 < order.length && mayBeSame(at, order[i + 1]);
      if (!likeBefore) {
        distinct.clear();
      }
      SpanBatch spans = batches.get(batch.get(at));
      if ((!likeBefore && !likeNext) || distinct.add(spans, row.get(at))) {
        copier.copy(spans, row.get(at));
      }
    }
    return copier.batch();
  }
}
