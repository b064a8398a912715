package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.batch.DistinctRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of many sources in the order of time. A source is loaded when the next row could come
 * from it, and given back when its rows are exhausted; of rows that are the same, the first is
 * given.
 *
 * @param <B> the batch
 */
public final class ScanCursor<B> implements RecordCursor {

  private static final int BATCH_ROWS = 1_024;
  private static final int BATCH_BYTES = 4 << 20;

  private final ReadableSchema<B> readable;
  private final RecordScan scan;
  private final ColumnSet columns;
  private final QueryContext context;
  private final Runnable unpin;
  private final List<RowSource<B>> waiting;
  private final PriorityQueue<MatchedRows<B>> open =
      new PriorityQueue<>(
          Comparator.<MatchedRows<B>>comparingLong(MatchedRows::key)
              .thenComparingInt(MatchedRows::number));
  private final DistinctRows<B> givenAtKey;
  private long lastKey = Long.MIN_VALUE;
  private int nextSource;
  private int rowsLeft;
  private boolean closed;

  /**
   * @param unpin runs once, when the cursor is closed
   */
  public ScanCursor(
      ReadableSchema<B> readable,
      List<RowSource<B>> sources,
      RecordScan scan,
      QueryContext context,
      Runnable unpin) {
    this.readable = readable;
    this.scan = scan;
    this.columns = scan.repetitions() ? NeededColumns.of(scan) : ColumnSet.ALL;
    this.context = context;
    this.unpin = unpin;
    this.givenAtKey = new DistinctRows<>(readable.schema());
    this.rowsLeft = scan.rowsMax();
    this.waiting = new ArrayList<>(sources);
    waiting.removeIf(source ->
        source.maxTimeNanos() < scan.startNanos() || source.minTimeNanos() >= scan.endNanos());
    waiting.sort(Comparator.comparingLong(this::firstKey));
  }

  /** The least key that a row of a source can have. */
  private long firstKey(RowSource<B> source) {
    return scan.order() == RecordScan.Order.NEWEST_FIRST
        ? ~source.maxTimeNanos()
        : source.minTimeNanos();
  }

  @Override
  public @Nullable ColumnBatch next() {
    ColumnAssembly<B> assembly = new ColumnAssembly<>(scan.projection());
    context.check();
    while (assembly.rows() < BATCH_ROWS && assembly.bytes() < BATCH_BYTES && rowsLeft > 0) {
      openSources();
      MatchedRows<B> first = open.poll();
      if (first == null) {
        break;
      }
      if (isNew(first)) {
        assembly.add(first.batch(), first.row(), first.readers());
        rowsLeft--;
      }
      first.advance();
      if (first.isExhausted()) {
        context.release(first.reservedBytes());
      } else {
        open.add(first);
      }
    }
    return assembly.rows() == 0 ? null : assembly.batch();
  }

  /** Loads every source that may have a row before the first one that is open. */
  private void openSources() {
    while (nextSource < waiting.size()) {
      MatchedRows<B> first = open.peek();
      RowSource<B> source = waiting.get(nextSource);
      if (first != null && first.key() < firstKey(source)) {
        return;
      }
      context.check();
      long bytes = source.loadBytes(columns(source));
      context.reserve(bytes);
      MatchedRows<B> rows = load(source, bytes);
      if (rows.isExhausted()) {
        context.release(rows.reservedBytes());
      } else {
        open.add(rows);
      }
    }
  }

  /** Which rows are deleted may depend on columns that the scan does not name. */
  private ColumnSet columns(RowSource<B> source) {
    return source.visible().equals(Filter.ALL) ? columns : ColumnSet.ALL;
  }

  private MatchedRows<B> load(RowSource<B> source, long reservedBytes) {
    try {
      B batch = source.load(columns(source));
      long bytes = readable.schema().bytes(batch);
      context.countRows(readable.schema().rows(batch), bytes);
      long held = Math.min(bytes, reservedBytes); // what was decompressed is gone again
      MatchedRows<B> rows =
          MatchedRows.of(readable, batch, scan, source.visible(), nextSource++, held);
      context.release(reservedBytes - held);
      return rows;
    } catch (RuntimeException e) {
      context.release(reservedBytes);
      throw e;
    }
  }

  private boolean isNew(MatchedRows<B> candidate) {
    if (scan.repetitions()) {
      return true;
    }
    if (candidate.key() != lastKey) {
      lastKey = candidate.key();
      givenAtKey.clear();
    }
    return givenAtKey.add(candidate.batch(), candidate.row());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      open.forEach(rows -> context.release(rows.reservedBytes()));
      open.clear();
      givenAtKey.clear();
      unpin.run();
    }
  }
}
