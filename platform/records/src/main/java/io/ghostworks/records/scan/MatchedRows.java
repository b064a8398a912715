package io.ghostworks.records.scan;

import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.records.batch.BatchSchema;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one source that a scan gives, in its order; a cursor over them.
 *
 * @param <B> the batch
 */
final class MatchedRows<B> {

  private final B batch;
  private final int number;
  private final long reservedBytes;
  private final long[] keys;
  private final int[] rows;
  private final FieldReader[] readers;
  private int at;

  private MatchedRows(
      B batch, int number, long reservedBytes, long[] keys, int[] rows, FieldReader[] readers) {
    this.batch = batch;
    this.number = number;
    this.reservedBytes = reservedBytes;
    this.keys = keys;
    this.rows = rows;
    this.readers = readers;
  }

  /**
   * @param visible rows that do not fulfil it are not there
   * @param number of the source, for a stable order
   * @param reservedBytes to be given back when the rows are exhausted
   */
  static <B> MatchedRows<B> of(
      ReadableSchema<B> readable,
      B batch,
      RecordScan scan,
      Filter visible,
      int number,
      long reservedBytes) {
    BatchSchema<B> schema = readable.schema();
    Filter wanted =
        visible.equals(Filter.ALL)
            ? scan.filter()
            : new Filter.And(List.of(scan.filter(), visible));
    BatchFilter filter = readable.bind(wanted, batch);
    int count = 0;
    int total = schema.rows(batch);
    boolean newestFirst = scan.order() == RecordScan.Order.NEWEST_FIRST;
    int[] rows = new int[total];
    long[] keys = new long[total];
    for (int row = 0; row < total; row++) {
      long time = schema.timeNanos(batch, row);
      if (time >= scan.startNanos() && time < scan.endNanos() && filter.test(row)) {
        keys[count] = newestFirst ? ~time : time;
        rows[count++] = row;
      }
    }
    keys = Arrays.copyOf(keys, count);
    rows = Arrays.copyOf(rows, count);
    RowOrder.sort(keys, rows);
    return new MatchedRows<>(
        batch,
        number,
        reservedBytes,
        keys,
        rows,
        ColumnAssembly.readers(readable, scan.projection(), batch));
  }

  /** Readers over the batch, one for each column of the answer. */
  FieldReader[] readers() {
    return readers;
  }

  B batch() {
    return batch;
  }

  long reservedBytes() {
    return reservedBytes;
  }

  boolean isExhausted() {
    return at == rows.length;
  }

  int row() {
    return rows[at];
  }

  /** Ascending in the scan's order. */
  long key() {
    return keys[at];
  }

  int number() {
    return number;
  }

  void advance() {
    at++;
  }
}
