package io.ghostworks.records.scan;

import io.ghostworks.query.record.RecordScan;
import io.ghostworks.records.batch.BatchSchema;
import java.util.Arrays;

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
  private int at;

  private MatchedRows(B batch, int number, long reservedBytes, long[] keys, int[] rows) {
    this.batch = batch;
    this.number = number;
    this.reservedBytes = reservedBytes;
    this.keys = keys;
    this.rows = rows;
  }

  /**
   * @param number of the source, for a stable order
   * @param reservedBytes to be given back when the rows are exhausted
   */
  static <B> MatchedRows<B> of(
      ReadableSchema<B> readable, B batch, RecordScan scan, int number, long reservedBytes) {
    BatchSchema<B> schema = readable.schema();
    BatchFilter filter = readable.bind(scan.filter(), batch);
    int count = 0;
    int total = schema.rows(batch);
    int[] rows = new int[total];
    for (int row = 0; row < total; row++) {
      long time = schema.timeNanos(batch, row);
      if (time >= scan.startNanos() && time < scan.endNanos() && filter.test(row)) {
        rows[count++] = row;
      }
    }
    boolean newestFirst = scan.order() == RecordScan.Order.NEWEST_FIRST;
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      order[i] = rows[i];
    }
    Arrays.sort(
        order,
        (left, right) -> {
          int byTime = Long.compare(schema.timeNanos(batch, left), schema.timeNanos(batch, right));
          return newestFirst ? -byTime : byTime;
        });
    long[] keys = new long[count];
    int[] ordered = new int[count];
    for (int i = 0; i < count; i++) {
      ordered[i] = order[i];
      long time = schema.timeNanos(batch, ordered[i]);
      keys[i] = newestFirst ? ~time : time;
    }
    return new MatchedRows<>(batch, number, reservedBytes, keys, ordered);
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
