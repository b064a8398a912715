package io.ghostworks.wire.otlp;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.proto.ProtoReader;

/**
 * Reads {@code KeyValue} and {@code AnyValue} messages into columns. Lists and maps are checked and
 * kept as they are. The last of several values counts, as protobuf prescribes for a oneof.
 */
final class AttributeReader {
  private static final int KEY = 1 << 3 | ProtoReader.BYTES;
  private static final int VALUE = 2 << 3 | ProtoReader.BYTES;
  private static final int STRING = 1 << 3 | ProtoReader.BYTES;
  private static final int BOOL = 2 << 3 | ProtoReader.VARINT;
  private static final int INT = 3 << 3 | ProtoReader.VARINT;
  private static final int DOUBLE = 4 << 3 | ProtoReader.FIXED64;
  private static final int ARRAY = 5 << 3 | ProtoReader.BYTES;
  private static final int KEY_VALUES = 6 << 3 | ProtoReader.BYTES;
  private static final int BYTES = 7 << 3 | ProtoReader.BYTES;
  private static final int LIST_ITEM = 1 << 3 | ProtoReader.BYTES;

  private final ProtoReader reader;
  private final StringTable keys;
  private final ByteArena arena;
  private final EntryBudget budget;
  private boolean lenient;
  private byte type;
  private long payload;

  AttributeReader(ProtoReader reader, StringTable keys, ByteArena arena, EntryBudget budget) {
    this.reader = reader;
    this.keys = keys;
    this.arena = arena;
    this.budget = budget;
  }

  /** Reads the {@code KeyValue} at the current field into the open row. */
  void keyValue(AttributeColumns into) {
    budget.take(1);
    int outer = reader.enter();
    int keyOffset = 0;
    int keyLength = 0;
    type = ValueColumn.NONE;
    payload = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case KEY -> {
          keyLength = reader.textLength();
          keyOffset = reader.position();
          reader.skipBytes(keyLength);
        }
        case VALUE -> value();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    into.addKey(keys.intern(reader.bytes(), keyOffset, keyLength));
    into.values().add(type, payload);
  }

  /**
   * Reads the {@code AnyValue} at the current field as a new value of a column. A text is kept byte
   * for byte, also where it is not UTF-8: applications log what they have.
   */
  void body(ValueColumn into) {
    type = ValueColumn.NONE;
    payload = 0;
    lenient = true;
    value();
    lenient = false;
    into.add(type, payload);
  }

  private void value() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case STRING -> set(ValueColumn.STRING, lenient ? copy(reader.length()) : text());
        case BOOL -> set(ValueColumn.BOOL, reader.varint() != 0 ? 1 : 0);
        case INT -> set(ValueColumn.INT, reader.varint());
        case DOUBLE -> set(ValueColumn.DOUBLE, reader.fixed64());
        case ARRAY -> set(ValueColumn.ARRAY, nested(ValueColumn.ARRAY));
        case KEY_VALUES -> set(ValueColumn.KEY_VALUES, nested(ValueColumn.KEY_VALUES));
        case BYTES -> set(ValueColumn.BYTES, copy(reader.length()));
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void set(byte newType, long newPayload) {
    type = newType;
    payload = newPayload;
  }

  /** Copies the text at the current field into the arena. */
  long text() {
    return copy(reader.textLength());
  }

  private long copy(int length) {
    long slice = arena.append(reader.bytes(), reader.position(), length);
    reader.skipBytes(length);
    return slice;
  }

  /** Checks and copies a list or map; a second one of the same kind continues the first. */
  private long nested(byte kind) {
    int outer = reader.enter();
    int start = reader.position();
    int length = reader.limit() - start;
    checkItems(kind);
    reader.leave(outer);
    if (type != kind || ByteArena.length(payload) == 0) {
      return arena.append(reader.bytes(), start, length);
    }
    byte[] before = arena.copy(payload);
    int at = arena.reserve(before.length + length);
    System.arraycopy(before, 0, arena.array(), at, before.length);
    System.arraycopy(reader.bytes(), start, arena.array(), at + before.length, length);
    return ByteArena.slice(at, before.length + length);
  }

  private void checkItems(byte kind) {
    while (reader.next()) {
      if (reader.tag() != LIST_ITEM) {
        reader.skip();
        continue;
      }
      budget.take(1);
      if (kind == ValueColumn.ARRAY) {
        checkValue();
      } else {
        int outer = reader.enter();
        while (reader.next()) {
          switch (reader.tag()) {
            case KEY -> reader.skipBytes(reader.textLength());
            case VALUE -> checkValue();
            default -> reader.skip();
          }
        }
        reader.leave(outer);
      }
    }
  }

  private void checkValue() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case STRING -> reader.skipBytes(reader.textLength());
        case ARRAY, KEY_VALUES -> {
          byte kind = reader.tag() == ARRAY ? ValueColumn.ARRAY : ValueColumn.KEY_VALUES;
          int list = reader.enter();
          checkItems(kind);
          reader.leave(list);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }
}
