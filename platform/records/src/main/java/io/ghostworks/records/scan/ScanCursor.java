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
  private static final int BATCH_BYTES = 4 << 20;

  private final RecordScan scan;
  private final QueryContext context;
  private final Runnable unpin;
  private final List<RowSource<B>> waiting;
  private final OpeningAhead<B> opening;
  private final PriorityQueue<MatchedRows<B>> open = new PriorityQueue<>(ScanCursor::compare);
  private final GivenRows<B> givenAtKey;
  private final boolean repetitions;
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
    this.scan = scan;
    this.context = context;
    this.unpin = unpin;
    this.givenAtKey = new GivenRows<>(readable.schema());
    this.rowsLeft = scan.rowsMax();
    this.waiting = new ArrayList<>(sources);
    waiting.removeIf(source ->
        source.maxTimeNanos() < scan.startNanos() || source.minTimeNanos() >= scan.endNanos());
    this.repetitions = scan.repetitions() || !mayRepeat(waiting);
    waiting.sort(Comparator.comparingLong(this::firstKey));
    this.opening =
        new OpeningAhead<>(waiting, new SourceFilter<>(readable, scan, context), context);
  }

  private static int compare(MatchedRows<?> left, MatchedRows<?> right) {
    int byKey = Long.compare(left.key(), right.key());
    return byKey != 0 ? byKey : Integer.compare(left.number(), right.number());
  }

  /** Whether rows of two sources, or two of one, may be equal. */
  private static boolean mayRepeat(List<? extends RowSource<?>> sources) {
    return sources.stream().anyMatch(source -> source.origin() == null)
        || sources.stream().map(RowSource::origin).distinct().count() > 1;
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
      if (repetitions || givenAtKey.add(first)) {
        MatchedRows.Built<B> built = first.built();
        assembly.add(built.batch(), first.row(), built.readers());
        rowsLeft--;
      }
      first.advance();
      if (first.isExhausted()) {
        first.close();
      } else {
        open.add(first);
      }
    }
    return assembly.rows() == 0 ? null : assembly.batch();
  }

  /** Opens every source that may have a row before the first one that is open. */
  private void openSources() {
    while (nextSource < waiting.size()) {
      MatchedRows<B> first = open.peek();
      if (first != null && first.key() < firstKey(waiting.get(nextSource))) {
        return;
      }
      MatchedRows<B> rows = opening.take(nextSource++);
      if (rows.isExhausted()) {
        rows.close();
      } else {
        open.add(rows);
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      open.forEach(MatchedRows::close);
      open.clear();
      opening.close();
      givenAtKey.clear();
      unpin.run();
    }
  }
}
