package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
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

  private final ReadableSchema<B> readable;
  private final RecordScan scan;
  private final QueryContext context;
  private final Runnable unpin;
  private final List<RowSource<B>> waiting;
  private final PriorityQueue<MatchedRows<B>> open =
      new PriorityQueue<>(
          Comparator.<MatchedRows<B>>comparingLong(MatchedRows::key)
              .thenComparingInt(MatchedRows::number));
  private final List<Given<B>> givenAtKey = new ArrayList<>();
  private long lastKey = Long.MIN_VALUE;
  private int nextSource;
  private int rowsLeft;
  private boolean closed;

  private record Given<B>(B batch, int row) {}

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
    this.context = context;
    this.unpin = unpin;
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
    ColumnAssembly<B> assembly = new ColumnAssembly<>(readable, scan.projection());
    while (assembly.rows() < BATCH_ROWS && rowsLeft > 0) {
      openSources();
      MatchedRows<B> first = open.poll();
      if (first == null) {
        break;
      }
      if (isNew(first)) {
        assembly.add(first.batch(), first.row());
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
      B batch = source.load();
      long bytes = source.loadedBytes(batch);
      context.reserve(bytes);
      context.countRows(readable.schema().rows(batch), readable.schema().bytes(batch));
      MatchedRows<B> rows = MatchedRows.of(readable, batch, scan, nextSource++, bytes);
      if (rows.isExhausted()) {
        context.release(bytes);
      } else {
        open.add(rows);
      }
    }
  }

  private boolean isNew(MatchedRows<B> candidate) {
    if (candidate.key() != lastKey) {
      lastKey = candidate.key();
      givenAtKey.clear();
    }
    for (Given<B> given : givenAtKey) {
      if (readable
          .schema()
          .sameRow(given.batch(), given.row(), candidate.batch(), candidate.row())) {
        return false;
      }
    }
    givenAtKey.add(new Given<>(candidate.batch(), candidate.row()));
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      open.forEach(rows -> context.release(rows.reservedBytes()));
      open.clear();
      unpin.run();
    }
  }
}
