package io.ghostworks.records;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.records.scan.SharedWork;
import io.ghostworks.records.scan.TraceRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads whole traces of one snapshot: of each part only the blocks that its index names, of a block
 * only the rows of the traces and the columns that are wanted. Used by one thread.
 */
final class TraceReader {

  /** So many traces are read together: each block that has rows of them is opened once for all. */
  private static final int TRACES_MAX = 8_192;

  private final SignalStore<SpanBatch> store;
  private final Snapshot<SpanBatch> snapshot;
  private final QueryContext context;

  TraceReader(SignalStore<SpanBatch> store, Snapshot<SpanBatch> snapshot, QueryContext context) {
    this.store = store;
    this.snapshot = snapshot;
    this.context = context;
  }

  /**
   * Gives the traces, some at a time, in the order of their ids; each batch is reserved while the
   * receiver looks at it.
   *
   * @param columns the least that the spans have; those of which a repetition may stand elsewhere
   *     have all
   */
  void read(TraceIds ids, ColumnSet columns, Consumer<SpanBatch> each) {
    for (int from = 0; from < ids.size(); from += TRACES_MAX) {
      TraceIds some =
          ids.size() <= TRACES_MAX ? ids : ids.range(from, Math.min(ids.size(), from + TRACES_MAX));
      FoundSpans rows = load(some, columns);
      try {
        give(some, rows, columns, each);
      } finally {
        context.release(rows.heldBytes);
      }
    }
  }

  private void give(TraceIds ids, FoundSpans rows, ColumnSet columns, Consumer<SpanBatch> each) {
    if (rows.size() == 0) {
      return;
    }
    int[] order = rows.order();
    if (!columns.equals(ColumnSet.ALL)) {
      List<TraceKey> doubtful = doubtful(ids, rows, order);
      if (!doubtful.isEmpty()) {
        giveExactly(ids, rows, TraceIds.of(doubtful), each);
        return;
      }
    }
    SpanBatch answer = rows.distinct(order, store.schema());
    long bytes = store.schema().bytes(answer);
    context.reserve(bytes);
    try {
      each.accept(answer);
    } finally {
      context.release(bytes);
    }
  }

  /** The traces of which some rows may be repetitions, which only whole rows can tell. */
  private static List<TraceKey> doubtful(TraceIds ids, FoundSpans rows, int[] order) {
    List<TraceKey> doubtful = new ArrayList<>();
    int last = -1;
    for (int i = 1; i < order.length; i++) {
      int trace = rows.trace(order[i]);
      if (trace != last && rows.mayBeSame(order[i - 1], order[i])) {
        doubtful.add(ids.all().get(trace));
        last = trace;
      }
    }
    return doubtful;
  }

  /** Gives the doubtful traces with all of their columns, the others as they were read. */
  private void giveExactly(
      TraceIds ids, FoundSpans rows, TraceIds doubtful, Consumer<SpanBatch> each) {
    FoundSpans whole = load(doubtful, ColumnSet.ALL);
    try {
      FoundSpans all = new FoundSpans();
      all.addBatches(rows);
      all.addBatches(whole);
      for (int i = 0; i < rows.size(); i++) {
        int trace = rows.trace(i);
        TraceKey id = ids.all().get(trace);
        if (doubtful.find(id.high(), id.low()) < 0) {
          all.add(rows.batch(i), rows.row(i), trace);
        }
      }
      for (int i = 0; i < whole.size(); i++) {
        TraceKey id = doubtful.all().get(whole.trace(i));
        all.add(rows.batches() + whole.batch(i), whole.row(i), ids.find(id.high(), id.low()));
      }
      give(ids, all, ColumnSet.ALL, each);
    } finally {
      context.release(whole.heldBytes);
    }
  }

  private FoundSpans load(TraceIds ids, ColumnSet columns) {
    Set<TraceKey> wanted = Set.copyOf(ids.all());
    List<RowSource<SpanBatch>> sources = snapshot.sourcesOfTraces(wanted);
    SpanBatch[] found = new SpanBatch[sources.size()];
    AtomicLong held = new AtomicLong();
    FoundSpans rows = new FoundSpans();
    try {
      SharedWork.run(
          context,
          0,
          found.length,
          number -> found[number] = load(sources.get(number), wanted, columns, held));
      for (SpanBatch batch : found) {
        add(batch, ids, rows);
      }
      long bytes = (long) FoundSpans.ROW_BYTES * rows.size();
      context.reserve(bytes);
      rows.heldBytes = held.addAndGet(bytes);
      return rows;
    } catch (RuntimeException e) {
      context.release(held.get());
      throw e;
    }
  }

  /** Loads the rows of a source and reserves them, unless they are in memory anyway. */
  private SpanBatch load(
      RowSource<SpanBatch> source, Set<TraceKey> wanted, ColumnSet columns, AtomicLong held) {
    context.check();
    boolean hides = !source.visible().equals(Filter.ALL);
    SpanBatch batch =
        TraceRows.load(store.readable(), source, wanted, hides ? ColumnSet.ALL : columns, context);
    long bytes = source.origin() == null ? 0 : store.schema().bytes(batch);
    context.reserve(bytes);
    held.addAndGet(bytes);
    return batch;
  }

  private void add(SpanBatch found, TraceIds ids, FoundSpans rows) {
    int number = rows.addBatch(found);
    for (int row = 0; row < found.rows(); row++) {
      int trace = ids.find(found.traceIdHigh(row), found.traceIdLow(row));
      if (trace >= 0) {
        rows.add(number, row, trace);
      }
    }
  }
}
