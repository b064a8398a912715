package io.ghostworks.records.scan;

import io.ghostworks.query.record.Filter;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a scan may read: a batch in memory, or a block of a part.
 *
 * @param <B> the batch
 */
public interface RowSource<B> {

  long minTimeNanos();

  long maxTimeNanos();

  /** The rows that are there to be seen; the others are deleted. */
  default Filter visible() {
    return Filter.ALL;
  }

  /** No two rows of the same origin are equal; null where the rows of this source may be. */
  default @Nullable Object origin() {
    return null;
  }

  /** Opens the rows as columns; null if they can only be loaded whole. */
  default @Nullable ColumnBlock open() {
    return null;
  }

  /**
   * Some rows of this source, which it has opened.
   *
   * @param rows ascending
   */
  default B load(ColumnBlock block, int[] rows, ColumnSet columns) {
    throw new UnsupportedOperationException("rows that are loaded whole");
  }

  /** Tells which rows these are, where they cannot be read. */
  default UncheckedIOException damaged(IOException cause) {
    return new UncheckedIOException(cause);
  }

  /** The rows, with at least these columns. */
  B load(ColumnSet columns);

  /** Bytes that loading these columns takes beyond what is in memory anyway, about. */
  long loadBytes(ColumnSet columns);
}
