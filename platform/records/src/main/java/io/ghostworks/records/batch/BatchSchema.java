package io.ghostworks.records.batch;

import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * What the engine does with batches of one kind without knowing which: log records and spans are
 * two schemas of one store.
 *
 * @param <B> the batch
 */
public interface BatchSchema<B> {

  int rows(B batch);

  /** Nanoseconds since the epoch: the record's time, the span's start. */
  long timeNanos(B batch, int row);

  long traceIdHigh(B batch, int row);

  long traceIdLow(B batch, int row);

  /** Bytes of memory that a batch holds, about. */
  long bytes(B batch);

  /**
   * The number that rows of a part are sorted by before their time, worked out over all batches of
   * a flush: the same for rows of the same stream, or service and span name.
   */
  SortKeys<B> sortKeys();

  /** The bytes that rows of a part are sorted by before their time, compared as signed ones. */
  byte[] sortKey(B batch, int row);

  /** Whether two rows are known to have the same {@link #sortKey}. */
  boolean sameSortKey(B batch, int row, int other);

  /** A copier into a new batch. */
  RowCopier<B> copier();

  /** Puts all rows. */
  void encode(B batch, BytesOutput out);

  /**
   * The rows that {@link #encode} put, whole.
   *
   * @throws DamagedDataException if the bytes are not such rows
   */
  default B decode(BytesInput in) throws DamagedDataException {
    return decode(in, Columns.ALL);
  }

  /**
   * The rows that {@link #encode} put, with the values of these columns; what lies behind them in
   * the bytes is not looked at.
   *
   * @throws DamagedDataException if the bytes are not such rows
   */
  B decode(BytesInput in, Columns columns) throws DamagedDataException;

  /** Gives all rows to a sink as columns. */
  void put(B batch, ColumnSink sink);

  /**
   * Some rows of a block.
   *
   * @param rows ascending
   * @throws DamagedDataException if the block's columns are not such rows
   */
  B get(ColumnBlock block, int[] rows, ColumnSet wanted) throws DamagedDataException;

  /**
   * Whether two rows of the same time may be repetitions, by what is quickly compared: the stream
   * of a log record, the id of a span.
   */
  boolean mayBeSame(B left, int leftRow, B right, int rightRow);

  /** Whether two rows are repetitions of each other and count once. */
  boolean sameRow(B left, int leftRow, B right, int rightRow);

  /** A hash that is equal for rows that are the same. */
  long rowHash(B batch, int row);

  /** Numbers of what rows are sorted by. */
  interface SortKeys<B> {
    /** Takes a batch into account; all batches before the first question. */
    void add(B batch);

    /** The number for a row of the batch with this index, in the order of the adding. */
    int key(int batchIndex, B batch, int row);
  }
}
