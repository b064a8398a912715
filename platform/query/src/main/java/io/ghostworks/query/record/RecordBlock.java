package io.ghostworks.query.record;

import io.ghostworks.model.record.ValueColumn;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a scan that are read together, as columns. Only to be read, by one thread, and valid
 * until the reader to which it was given returns.
 */
public interface RecordBlock {

  /** How many rows there are, at least 1; arrays may be longer. */
  int rows();

  /** A column of the scan's projection. */
  Column column(int index);

  /**
   * More columns of some of the rows: those that were asked for as details.
   *
   * @param rows ascending
   * @return a block of these rows, in their order; a details' block has no details
   */
  RecordBlock details(int[] rows);

  /** One column. */
  sealed interface Column {}

  /** Numbers; every row has one. */
  @SuppressWarnings("ArrayRecordComponent") // a view, never compared
  record Numbers(long[] values) implements Column {}

  /**
   * Typed values.
   *
   * @param codes of each row the number of its value, -1 where it has none; null where row i has
   *     value i, which may be {@link ValueColumn#NONE}
   */
  @SuppressWarnings("ArrayRecordComponent") // a view, never compared
  record Values(ValueColumn values, int @Nullable [] codes) implements Column {}
}
