package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.StringTable;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of consecutive rows: keys as ids of the batch's key table, values typed. The
 * attributes of row i are the entries {@code [start(i), end(i))}, in the order in which they came;
 * a key may come twice only where the sender sent it twice.
 */
public final class AttributeColumns {

  private final StringTable keys;
  private final IntColumn rowEnds = new IntColumn();
  private final IntColumn keyIds = new IntColumn();
  private final ValueColumn values;

  public AttributeColumns(StringTable keys, ByteArena arena) {
    this.keys = keys;
    this.values = new ValueColumn(arena);
  }

  /**
   * Adds an attribute's key to the row that is being filled; its value must follow through {@link
   * #values()}.
   */
  public void addKey(int keyId) {
    keyIds.add(keyId);
  }

  public void add(String key, String value) {
    keyIds.add(keys.intern(key));
    values.addString(value);
  }

  public void add(String key, long value) {
    keyIds.add(keys.intern(key));
    values.addInt(value);
  }

  public void add(String key, double value) {
    keyIds.add(keys.intern(key));
    values.addDouble(value);
  }

  public void add(String key, boolean value) {
    keyIds.add(keys.intern(key));
    values.addBool(value);
  }

  /** Ends the row that is being filled. */
  public void endRow() {
    if (keyIds.size() != values.size()) {
      throw new IllegalStateException(
          "%d keys but %d values".formatted(keyIds.size(), values.size()));
    }
    rowEnds.add(keyIds.size());
  }

  /** Drops what was added since the last {@link #endRow}. */
  public void dropOpenRow() {
    int end = rows() == 0 ? 0 : rowEnds.get(rows() - 1);
    keyIds.truncate(end);
    values.truncate(end);
  }

  /** Drops the row that was ended last. */
  public void dropLastRow() {
    rowEnds.truncate(rows() - 1);
    dropOpenRow();
  }

  /**
   * Adds one text to each row, behind what it has.
   *
   * @param slices of the arena of {@link #values()}, by row; {@link ByteArena#EMPTY} adds nothing
   */
  public void addToRows(int keyId, long[] slices) {
    int added = 0;
    for (int row = 0; row < rows(); row++) {
      added += slices[row] == ByteArena.EMPTY ? 0 : 1;
    }
    int from = keyIds.size();
    int to = from + added;
    for (int i = from; i < to; i++) {
      keyIds.add(0);
      values.addNone();
    }
    for (int row = rows() - 1; row >= 0 && added > 0; row--) {
      int start = start(row);
      rowEnds.set(row, to);
      if (slices[row] != ByteArena.EMPTY) {
        to--;
        keyIds.set(to, keyId);
        values.set(to, ValueColumn.STRING, slices[row]);
        added--;
      }
      while (from > start) {
        from--;
        to--;
        keyIds.set(to, keyIds.get(from));
        values.set(to, values.type(from), values.payload(from));
      }
    }
  }

  /**
   * Makes all rows anew: the editor is called once a row, reads its entries in {@code before} and
   * adds to {@code after} those that it shall have, without ending it.
   */
  public void rewrite(RowEditor editor) {
    AttributeColumns before = new AttributeColumns(keys, values.arena());
    for (int row = 0; row < rows(); row++) {
      for (int entry = start(row); entry < end(row); entry++) {
        before.keyIds.add(keyIds.get(entry));
        before.values.add(values.type(entry), values.payload(entry));
      }
      before.endRow();
    }
    rowEnds.truncate(0);
    keyIds.truncate(0);
    values.truncate(0);
    for (int row = 0; row < before.rows(); row++) {
      editor.edit(before, row, this);
      endRow();
    }
  }

  /** Decides what becomes of a row. */
  @FunctionalInterface
  public interface RowEditor {
    void edit(AttributeColumns before, int row, AttributeColumns after);
  }

  public int rows() {
    return rowEnds.size();
  }

  public int start(int row) {
    return row == 0 ? 0 : rowEnds.get(row - 1);
  }

  public int end(int row) {
    return rowEnds.get(row);
  }

  public int keyId(int entry) {
    return keyIds.get(entry);
  }

  public String key(int entry) {
    return keys.text(keyIds.get(entry));
  }

  /** The values of all entries. */
  public ValueColumn values() {
    return values;
  }

  public StringTable keys() {
    return keys;
  }

  /** The entry of a key in a row, or −1. */
  public int find(int row, int keyId) {
    for (int entry = start(row), end = end(row); entry < end; entry++) {
      if (keyIds.get(entry) == keyId) {
        return entry;
      }
    }
    return -1;
  }

  /** The text of a string attribute of a row, or null. */
  public @Nullable String findString(int row, String key) {
    for (int entry = start(row), end = end(row); entry < end; entry++) {
      if (values.type(entry) == ValueColumn.STRING && keys.text(keyIds.get(entry)).equals(key)) {
        return values.string(entry);
      }
    }
    return null;
  }
}
