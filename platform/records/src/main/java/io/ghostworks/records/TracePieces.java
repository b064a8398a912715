package io.ghostworks.records;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.TraceCursor;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.scan.NeededColumns;
import io.ghostworks.records.scan.RowOrder;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.records.scan.SharedWork;
import io.ghostworks.records.scan.TraceRows;
import io.ghostworks.records.scan.VisibleRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a trace in pieces of about {@link #PIECE_BYTES}. Starts and ids of all spans are
 * read first and cut into ranges; then each piece loads the rows of its range, so that every block
 * is opened once a piece and only of a large trace more than once.
 */
final class TracePieces implements TraceCursor {

  private static final long PIECE_BYTES = 4L << 20;
  private static final int KEY_BYTES = 20;
  private static final ColumnSet KEYS = NeededColumns.ofSpans(List.of());

  private final SignalStore<SpanBatch> store;
  private final Snapshot<SpanBatch> snapshot;
  private final TraceKey id;
  private final ColumnSet columns;
  private final QueryContext context;
  private final List<Source> sources = new ArrayList<>();
  private long[] firstStarts = {};
  private long[] firstIds = {};
  private int pieces;
  private int next;
  private long heldBytes;
  private boolean closed;

  /**
   * @param snapshot closed with this
   * @param columns that spans have at least; those of which a repetition may be there have all
   */
  TracePieces(
      SignalStore<SpanBatch> store,
      Snapshot<SpanBatch> snapshot,
      TraceKey id,
      ColumnSet columns,
      QueryContext context) {
    this.store = store;
    this.snapshot = snapshot;
    this.id = id;
    this.columns = columns;
    this.context = context;
  }

  /** The rows that a source has of the trace, deleted ones too: numbers, starts and ids. */
  private record Source(RowSource<SpanBatch> rows, int[] numbers, long[] starts, long[] ids) {}

  /** Reads where the pieces begin; to be called first. */
  TracePieces open() {
    long bytes = 0;
    int size = 0;
    for (RowSource<SpanBatch> rows : snapshot.sourcesOfTraces(Set.of(id))) {
      context.check();
      Source source = source(rows);
      if (source.numbers.length > 0) {
        context.reserve((long) KEY_BYTES * source.numbers.length);
        sources.add(source);
        size += source.numbers.length;
        bytes += share(source);
      }
    }
    pieces = (int) Math.min(size, Math.max(1, (bytes + PIECE_BYTES - 1) / PIECE_BYTES));
    cut(size);
    return this;
  }

  private Source source(RowSource<SpanBatch> rows) {
    ColumnBlock block = rows.open();
    int[] numbers = block == null ? new int[0] : TraceRows.rows(block, Set.of(id));
    if (block != null && numbers.length == 0) {
      return new Source(rows, numbers, new long[0], new long[0]);
    }
    long bytes = rows.loadBytes(KEYS);
    context.reserve(bytes);
    try {
      SpanBatch keys = block == null ? rows.load(KEYS) : rows.load(block, numbers, KEYS);
      int[] ofKeys = block == null ? ofTrace(keys) : all(keys.rows());
      long[] starts = new long[ofKeys.length];
      long[] ids = new long[ofKeys.length];
      for (int i = 0; i < ofKeys.length; i++) {
        starts[i] = keys.startNanos(ofKeys[i]);
        ids[i] = keys.spanId(ofKeys[i]);
      }
      return new Source(rows, block == null ? ofKeys : numbers, starts, ids);
    } finally {
      context.release(bytes);
    }
  }

  private static int[] all(int size) {
    int[] all = new int[size];
    for (int i = 0; i < size; i++) {
      all[i] = i;
    }
    return all;
  }

  private int[] ofTrace(SpanBatch spans) {
    IntColumn found = new IntColumn(16);
    for (int row = 0; row < spans.rows(); row++) {
      if (isOfTrace(spans, row)) {
        found.add(row);
      }
    }
    int[] rows = new int[found.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = found.get(i);
    }
    return rows;
  }

  private boolean isOfTrace(SpanBatch spans, int row) {
    return spans.traceIdLow(row) == id.low() && spans.traceIdHigh(row) == id.high();
  }

  /** About how many bytes the trace's rows of a source take as a batch. */
  private long share(Source source) {
    if (source.rows.origin() == null) {
      SpanBatch batch = source.rows.load(ColumnSet.ALL);
      return store.schema().bytes(batch) * source.numbers.length / Math.max(1, batch.rows());
    }
    ColumnBlock block = source.rows.open();
    long bytes = source.rows.loadBytes(columns);
    return block == null ? bytes : bytes * source.numbers.length / Math.max(1, block.rows());
  }

  /** Finds the keys that pieces of equal size begin with. */
  private void cut(int size) {
    long[] starts = new long[size];
    long[] ids = new long[size];
    int at = 0;
    for (Source source : sources) {
      System.arraycopy(source.starts, 0, starts, at, source.starts.length);
      System.arraycopy(source.ids, 0, ids, at, source.ids.length);
      at += source.starts.length;
    }
    int[] order = all(size);
    RowOrder.sort(ids.clone(), order);
    long[] byStart = new long[size];
    for (int i = 0; i < size; i++) {
      byStart[i] = starts[order[i]];
    }
    RowOrder.sort(byStart, order);
    firstStarts = new long[pieces];
    firstIds = new long[pieces];
    for (int piece = 0; piece < pieces; piece++) {
      int first = order[(int) ((long) size * piece / pieces)];
      firstStarts[piece] = starts[first];
      firstIds[piece] = ids[first];
    }
  }

  @Override
  public @Nullable SpanBatch next() {
    while (next < pieces) {
      release();
      int piece = next++;
      SpanBatch spans = read(piece, columns);
      if (spans.rows() > 0) {
        return spans;
      }
    }
    return null;
  }

  private SpanBatch read(int piece, ColumnSet wanted) {
    SpanBatch[] loaded = new SpanBatch[sources.size()];
    AtomicLong held = new AtomicLong();
    try {
      SharedWork.run(
          context,
          0,
          loaded.length,
          number -> loaded[number] = load(sources.get(number), piece, wanted, held));
      FoundSpans found = found(piece, loaded);
      long bytes = (long) FoundSpans.ROW_BYTES * found.size();
      context.reserve(bytes);
      held.addAndGet(bytes);
      int[] order = found.order();
      if (wanted.equals(ColumnSet.ALL) || !found.maySameBeAmong(order)) {
        SpanBatch answer = found.distinct(order, store.schema());
        long answerBytes = store.schema().bytes(answer);
        context.reserve(answerBytes);
        heldBytes = answerBytes;
        return answer;
      }
    } finally {
      context.release(held.get());
    }
    return read(piece, ColumnSet.ALL); // Only whole rows tell whether they are the same.
  }

  private FoundSpans found(int piece, SpanBatch[] loaded) {
    FoundSpans found = new FoundSpans();
    for (SpanBatch batch : loaded) {
      int number = found.addBatch(batch);
      for (int row = 0; row < batch.rows(); row++) {
        if (isOfTrace(batch, row) && isIn(piece, batch.startNanos(row), batch.spanId(row))) {
          found.add(number, row, 0);
        }
      }
    }
    return found;
  }

  /**
   * Loads what a source has of a piece, at least, and reserves it unless it is in memory anyway.
   */
  private SpanBatch load(Source source, int piece, ColumnSet wanted, AtomicLong held) {
    context.check();
    IntColumn numbers = new IntColumn(16);
    for (int i = 0; i < source.numbers.length; i++) {
      if (isIn(piece, source.starts[i], source.ids[i])) {
        numbers.add(source.numbers[i]);
      }
    }
    if (numbers.size() == 0) {
      return new SpanBatch();
    }
    int[] rows = new int[numbers.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = numbers.get(i);
    }
    ColumnBlock block = source.rows.open();
    ColumnSet needed = VisibleRows.columns(source.rows, wanted);
    SpanBatch batch =
        block == null ? source.rows.load(needed) : source.rows.load(block, rows, needed);
    context.countRows(batch.rows(), store.schema().bytes(batch));
    SpanBatch visible = VisibleRows.of(store.readable(), batch, source.rows.visible());
    long bytes = source.rows.origin() == null ? 0 : store.schema().bytes(batch);
    context.reserve(bytes);
    held.addAndGet(bytes);
    return visible;
  }

  private boolean isIn(int piece, long start, long spanId) {
    return !isBefore(piece, start, spanId)
        && (piece + 1 == pieces || isBefore(piece + 1, start, spanId));
  }

  private boolean isBefore(int piece, long start, long spanId) {
    return start < firstStarts[piece] || (start == firstStarts[piece] && spanId < firstIds[piece]);
  }

  private void release() {
    context.release(heldBytes);
    heldBytes = 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release();
      sources.forEach(source -> context.release((long) KEY_BYTES * source.numbers.length));
      snapshot.close();
    }
  }
}
