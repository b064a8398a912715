package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a source that a scan gives. Safe for use by several threads, each with a source
 * of its own.
 *
 * @param <B> the batch
 */
final class SourceFilter<B> {

  private final ReadableSchema<B> readable;
  private final RecordScan scan;
  private final QueryContext context;
  private final ColumnSet filterColumns;
  private final ColumnSet wholeColumns;

  SourceFilter(ReadableSchema<B> readable, RecordScan scan, QueryContext context) {
    this.readable = readable;
    this.scan = scan;
    this.context = context;
    this.filterColumns = NeededColumns.ofFilter(scan.filter());
    this.wholeColumns = scan.repetitions() ? NeededColumns.of(scan) : ColumnSet.ALL;
  }

  /** The rows of a source; what they hold is reserved until they are closed. */
  MatchedRows<B> open(RowSource<B> source, int number) {
    context.check();
    boolean allVisible = source.visible().equals(Filter.ALL);
    Filter filter =
        allVisible ? scan.filter() : new Filter.And(List.of(scan.filter(), source.visible()));
    ColumnBlock block = source.open();
    ColumnSet columns =
        block == null
            ? allVisible ? wholeColumns : ColumnSet.ALL
            : allVisible ? filterColumns : NeededColumns.ofFilter(filter);
    long bytes = source.loadBytes(columns);
    context.reserve(bytes);
    try {
      return block == null
          ? whole(source, filter, number, columns)
          : columnar(source, block, filter, number);
    } finally {
      context.release(bytes);
    }
  }

  private MatchedRows<B> columnar(
      RowSource<B> source, ColumnBlock block, Filter filter, int number) {
    RowSet among = inRange(source, block);
    RowSet found;
    try {
      found =
          new ColumnFilter<>(readable, block, (rows, columns) -> source.load(block, rows, columns))
              .matches(filter, among);
    } catch (DamagedDataException e) {
      throw source.damaged(e);
    }
    Vector times =
        found.isEmpty() ? Vector.constant(0, block.rows()) : block.longs(ColumnKind.TIME);
    int[] rows = new int[found.count()];
    long[] keys = new long[rows.length];
    int at = 0;
    for (int row = found.next(0); row >= 0; row = found.next(row + 1)) {
      rows[at] = row;
      keys[at++] = key(times.get(row));
    }
    RowOrder.sort(keys, rows);
    context.countRows(block.rows(), source.loadBytes(filterColumns));
    return held(
        source,
        number,
        keys,
        rows,
        0,
        (wanted, columns) -> source.load(opened(source), wanted, columns));
  }

  private static ColumnBlock opened(RowSource<?> source) {
    ColumnBlock block = source.open();
    if (block == null) {
      throw new IllegalStateException("a source that was columns is none now");
    }
    return block;
  }

  private MatchedRows<B> whole(RowSource<B> source, Filter filter, int number, ColumnSet columns) {
    BatchSchema<B> schema = readable.schema();
    boolean inMemory = source.loadBytes(columns) == 0;
    B batch = source.load(columns);
    int total = schema.rows(batch);
    context.countRows(total, schema.bytes(batch));
    BatchFilter bound = readable.bind(filter, batch);
    int[] rows = new int[total];
    long[] keys = new long[total];
    int count = 0;
    for (int row = 0; row < total; row++) {
      long time = schema.timeNanos(batch, row);
      if (time >= scan.startNanos() && time < scan.endNanos() && bound.test(row)) {
        keys[count] = key(time);
        rows[count++] = row;
      }
    }
    rows = Arrays.copyOf(rows, count);
    keys = Arrays.copyOf(keys, count);
    RowOrder.sort(keys, rows);
    long own = inMemory || count == 0 ? 0 : schema.bytes(batch);
    return held(source, number, keys, rows, own, new Loaded<>(batch));
  }

  private MatchedRows<B> held(
      RowSource<B> source,
      int number,
      long[] keys,
      int[] rows,
      long batchBytes,
      MatchedRows.Loader<B> loader) {
    long bytes = batchBytes + (long) MatchedRows.ROW_BYTES * rows.length;
    context.reserve(bytes);
    return new MatchedRows<>(
        readable, scan, context, number, source.origin(), keys, rows, bytes, loader);
  }

  private record Loaded<B>(B batch) implements MatchedRows.Loader<B> {
    @Override
    public B load(int[] ascending, ColumnSet columns) {
      return batch;
    }

    @Override
    public @Nullable B all() {
      return batch;
    }
  }

  private long key(long time) {
    return scan.order() == RecordScan.Order.NEWEST_FIRST ? ~time : time;
  }

  private RowSet inRange(RowSource<B> source, ColumnBlock block) {
    if (source.minTimeNanos() >= scan.startNanos() && source.maxTimeNanos() < scan.endNanos()) {
      return RowSet.all(block.rows());
    }
    Vector times = block.longs(ColumnKind.TIME);
    RowSet rows = RowSet.none(times.size());
    for (int row = 0; row < times.size(); row++) {
      if (times.get(row) >= scan.startNanos() && times.get(row) < scan.endNanos()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
