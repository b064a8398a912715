package io.ghostworks.records.scan;

import io.ghostworks.query.record.Filter;
import io.ghostworks.records.batch.ColumnSet;

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

  /** The rows, with at least these columns. */
  B load(ColumnSet columns);

  /** Bytes that loading these columns takes beyond what is in memory anyway, about. */
  long loadBytes(ColumnSet columns);
}
