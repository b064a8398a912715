package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.storage.bytes.BytesOutput;

/** Takes the columns of one block, each once. */
public interface ColumnSink {

  /** The keys that numbers of keys mean; before all columns. */
  void keys(StringTable keys);

  /** Bytes of a form of their own. */
  void bytes(ColumnKind kind, BytesOutput bytes);

  void longs(ColumnKind kind, long[] values, int count);

  void texts(ColumnKind kind, ByteArena arena, long[] slices, int count);

  /**
   * The trace of each row; both halves 0 where it has none.
   *
   * @param startNanos of each row
   * @param endNanos of each row, not before its start
   */
  void traces(long[] high, long[] low, long[] startNanos, long[] endNanos, int count);

  /**
   * Whether the values of a key and type get a column; else they are packed. To be asked in the
   * order of their bytes, most first.
   */
  boolean isOwn(ColumnKind kind, int key, byte type);

  /** Values of a type of {@link io.ghostworks.model.record.ValueColumn}. */
  void values(ColumnKind kind, int key, byte type, ByteArena arena, long[] payloads, int count);
}
