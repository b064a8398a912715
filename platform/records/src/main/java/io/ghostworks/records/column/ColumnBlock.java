package io.ghostworks.records.column;

import io.ghostworks.model.column.StringTable;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.text.TextColumn;
import io.ghostworks.storage.bytes.BytesInput;
import java.util.BitSet;
import java.util.Set;
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

  /** Whether there is a column of a kind; of typed kinds, of any key. */
  boolean has(ColumnKind kind);

  /** One number a row. */
  default Vector longs(ColumnKind kind) {
    return longs(kind, rows());
  }

  /**
   * One number a row, right for some rows only; of the others it may be 0.
   *
   * @param wanted rows, ascending
   */
  Vector longs(ColumnKind kind, int[] wanted);

  /**
   * One text a row, right for some rows only; of the others it may be empty.
   *
   * @param wanted rows, ascending
   */
  Vector texts(ColumnKind kind, int[] wanted);

  /** One text a row. */
  default Vector texts(ColumnKind kind) {
    return texts(kind, rows());
  }

  /** So many numbers: of events or links. */
  Vector longs(ColumnKind kind, int count);

  /** So many texts: of events or links. */
  Vector texts(ColumnKind kind, int count);

  /** First half of a trace id by its ordinal, from 1. */
  long traceHigh(long ordinal);

  long traceLow(long ordinal);

  /** The ordinals of those of some traces of which the part has rows. */
  BitSet traceOrdinals(Set<TraceKey> ids);

  /** The types for which a key has a column. */
  byte[] types(ColumnKind kind, int key);

  /**
   * The values of a key and type.
   *
   * @param count how many there are
   */
  Vector values(ColumnKind kind, int key, byte type, int count);

  /**
   * The values of a key and type, right for some entries only; the others may be 0.
   *
   * @param count how many there are
   * @param wanted entries, ascending
   */
  Vector values(ColumnKind kind, int key, byte type, int count, int[] wanted);

  /**
   * The entries of a key's texts that are one text, ascending.
   *
   * @param count how many texts there are
   */
  int[] equalTexts(ColumnKind kind, int key, int count, byte[] text);

  /** Bodies that are texts, of the rows that have such ones; null if there are none. */
  @Nullable TextColumn bodies();

  /** Bounds of a column's values; null if they are not known. */
  @Nullable Zone zone(ColumnKind kind, int key, byte type);
}
