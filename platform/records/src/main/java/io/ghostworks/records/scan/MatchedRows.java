package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.records.batch.ColumnSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one source that a scan gives, in its order; a cursor over them. Rows are built when
 * they are asked for, some hundred at a time. Used by one thread.
 *
 * @param <B> the batch
 */
final class MatchedRows<B> implements AutoCloseable {

  /** Of a row that is found and not built. */
  static final int ROW_BYTES = 12;

  private static final int FIRST_ROWS_MIN = 64;
  private static final int ROWS_MAX = 2_048;

  private final Loader<B> loader;
  private final ReadableSchema<B> readable;
  private final RecordScan scan;
  private final QueryContext context;
  private final int number;
  private final @Nullable Object origin;
  private final long[] keys;
  private final int[] rows;
  private int at;
  private int builtTo;
  private @Nullable Built<B> built;
  private long heldBytes;

  /** Builds rows of a source. */
  interface Loader<B> {
    /**
     * @param ascending numbers of rows
     * @return a batch of them in this order, with at least these columns
     */
    B load(int[] ascending, ColumnSet columns);

    /** A batch of all rows, if there is one. */
    default @Nullable B all() {
      return null;
    }
  }

  /** Rows of a source that are built together. */
  static final class Built<B> {
    private final B batch;
    private final int @Nullable [] rows;
    private final Loader<B> loader;
    private final FieldReader[] readers;
    private @Nullable B whole;

    private Built(B batch, int @Nullable [] rows, Loader<B> loader, FieldReader[] readers) {
      this.batch = batch;
      this.rows = rows;
      this.loader = loader;
      this.readers = readers;
    }

    /** With the columns of the answer. */
    B batch() {
      return batch;
    }

    /** Readers over {@link #batch()}, one for each column of the answer. */
    FieldReader[] readers() {
      return readers;
    }

    /** The same rows with all columns. */
    B whole() {
      B all = whole;
      if (all == null) {
        all = rows == null ? batch : loader.load(rows, ColumnSet.ALL);
        whole = all;
      }
      return all;
    }

    private int place(int row) {
      return rows == null ? row : Arrays.binarySearch(rows, row);
    }
  }

  /**
   * @param number of the source, for a stable order
   * @param origin see {@link RowSource#origin}
   * @param keys ascending in the scan's order
   * @param heldBytes that are reserved for it now
   */
  MatchedRows(
      ReadableSchema<B> readable,
      RecordScan scan,
      QueryContext context,
      int number,
      @Nullable Object origin,
      long[] keys,
      int[] rows,
      long heldBytes,
      Loader<B> loader) {
    this.readable = readable;
    this.scan = scan;
    this.context = context;
    this.number = number;
    this.origin = origin;
    this.keys = keys;
    this.rows = rows;
    this.heldBytes = heldBytes;
    this.loader = loader;
  }

  /** The row it stands at, with its neighbours. */
  Built<B> built() {
    Built<B> known = built;
    if (known == null || at >= builtTo) {
      known = build(known == null);
      built = known;
    }
    return known;
  }

  /** The row's number in {@link #built()}. */
  int row() {
    return built().place(rows[at]);
  }

  private Built<B> build(boolean first) {
    B all = loader.all();
    if (all != null) {
      builtTo = rows.length;
      return new Built<>(
          all, null, loader, ColumnAssembly.readers(readable, scan.projection(), all));
    }
    long size = first ? Math.max(FIRST_ROWS_MIN, scan.rowsMax()) : ROWS_MAX;
    builtTo = (int) Math.min(rows.length, at + Math.min(ROWS_MAX, size));
    int[] some = Arrays.copyOfRange(rows, at, builtTo);
    Arrays.sort(some);
    B batch = loader.load(some, NeededColumns.ofAnswer(scan));
    hold(readable.schema().bytes(batch) + (long) ROW_BYTES * rows.length);
    return new Built<>(
        batch, some, loader, ColumnAssembly.readers(readable, scan.projection(), batch));
  }

  /** Holds so much from now on. */
  private void hold(long bytes) {
    if (bytes > heldBytes) {
      context.reserve(bytes - heldBytes);
    } else {
      context.release(heldBytes - bytes);
    }
    heldBytes = bytes;
  }

  boolean isExhausted() {
    return at == rows.length;
  }

  /** Ascending in the scan's order. */
  long key() {
    return keys[at];
  }

  int number() {
    return number;
  }

  @Nullable Object origin() {
    return origin;
  }

  void advance() {
    at++;
  }

  /** Gives back what it holds. */
  @Override
  public void close() {
    context.release(heldBytes);
    heldBytes = 0;
    built = null;
  }
}
