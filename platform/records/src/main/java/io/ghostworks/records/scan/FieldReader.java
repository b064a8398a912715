package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;

/**
 * One column of one batch, read row by row: {@link #read} goes to a row and tells the type of its
 * value (of {@link io.ghostworks.model.record.ValueColumn}), then the value is there. Used by one
 * thread.
 */
interface FieldReader {

  /** The type of the row's value; NONE if it has none. */
  byte read(int row);

  /**
   * Goes to the row's next value and tells its type; NONE if there is none. A field that has one
   * value a row has no next one.
   */
  default byte next() {
    return io.ghostworks.model.record.ValueColumn.NONE;
  }

  /**
   * The number, the bits of the double, or the slice in {@link #arena()} of the value read last.
   */
  long payload();

  /** Where slices point. */
  ByteArena arena();
}
