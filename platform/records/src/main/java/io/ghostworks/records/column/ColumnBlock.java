package io.ghostworks.records.column;

import io.ghostworks.model.column.StringTable;
import io.ghostworks.records.text.TextColumn;
import io.ghostworks.storage.bytes.BytesInput;
import org.jspecify.annotations.Nullable;

/**
 * A block of rows as columns, each read and decoded when it is asked for and kept until the block
 * is dropped. Used by one thread. Every question throws {@link java.io.UncheckedIOException} if the
 * block cannot be read or is damaged; the message has file, block and offset.
 */
public interface ColumnBlock {

  int rows();

  /** Keys of attributes of the block's rows, resources and scopes; only to be read. */
  StringTable keys();

  /** Bytes of a form of their own; null if there are none. */
  @Nullable BytesInput bytes(ColumnKind kind);

  Vector longs(ColumnKind kind);

  Vector texts(ColumnKind kind);

  /** First half of a trace id by its ordinal, from 1. */
  long traceHigh(long ordinal);

  long traceLow(long ordinal);

  /** The ordinal of a trace; 0 if the part has no rows of it. */
  long traceOrdinal(long high, long low);

  /** The types for which a key has a column. */
  byte[] types(ColumnKind kind, int key);

  /**
   * The values of a key and type.
   *
   * @param count how many there are
   */
  Vector values(ColumnKind kind, int key, byte type, int count);

  /** Bodies that are texts, of the rows that have such ones; null if there are none. */
  @Nullable TextColumn bodies();

  /** Bounds of a column's values; null if they are not known. */
  @Nullable Zone zone(ColumnKind kind, int key, byte type);
}
