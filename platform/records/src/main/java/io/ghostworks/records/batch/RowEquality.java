package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;

/** Whether values and attributes of two batches are equal. */
final class RowEquality {

  private RowEquality() {}

  static boolean value(ValueColumn left, int leftIndex, ValueColumn right, int rightIndex) {
    byte type = left.type(leftIndex);
    if (type != right.type(rightIndex)) {
      return false;
    }
    return ValueColumn.isSlice(type)
        ? left.arena().equal(left.payload(leftIndex), right.arena(), right.payload(rightIndex))
        : left.payload(leftIndex) == right.payload(rightIndex);
  }

  /** Equal keys and values in the same order. */
  static boolean attributes(
      AttributeColumns left, int leftRow, AttributeColumns right, int rightRow) {
    int count = left.end(leftRow) - left.start(leftRow);
    if (count != right.end(rightRow) - right.start(rightRow)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int leftEntry = left.start(leftRow) + i;
      int rightEntry = right.start(rightRow) + i;
      boolean sameKey =
          left.keys()
              .arena()
              .equal(
                  left.keys().slice(left.keyId(leftEntry)),
                  right.keys().arena(),
                  right.keys().slice(right.keyId(rightEntry)));
      if (!sameKey || !value(left.values(), leftEntry, right.values(), rightEntry)) {
        return false;
      }
    }
    return true;
  }

  /** Equal for equal texts. */
  static long hash(ByteArena arena, long slice) {
    long hash = ByteArena.length(slice);
    byte[] bytes = arena.array();
    int from = ByteArena.offset(slice);
    for (int i = 0; i < ByteArena.length(slice); i++) {
      hash = hash * 31 + bytes[from + i];
    }
    return hash;
  }

  /** Equal for what {@link #attributes} calls equal. */
  static long hash(AttributeColumns attributes, int row) {
    long hash = 1;
    ValueColumn values = attributes.values();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      byte type = values.type(entry);
      long value =
          ValueColumn.isSlice(type)
              ? hash(values.arena(), values.payload(entry))
              : values.payload(entry);
      long key = hash(attributes.keys().arena(), attributes.keys().slice(attributes.keyId(entry)));
      hash = ((hash * 31 + key) * 31 + type) * 31 + value;
    }
    return hash;
  }
}
