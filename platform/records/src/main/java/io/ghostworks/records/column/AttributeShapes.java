package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Turns the attributes of rows into columns: one for each key and type, with the values of the rows
 * that have it, and the list of keys and types of each row, its <em>shape</em>.
 *
 * <pre>
 * shapes := count:varint (columns:varint (key:varint type:u8)[columns])[count]     // a column of kind SHAPES, in the order of their first row
 * packed := value*                                                                 // PACKED: row by row, in the order of the row, what has no own column
 * value  := as the column's type: INT zigzag; BOOL u8; DOUBLE u64; others length:varint bytes
 * </pre>
 */
public final class AttributeShapes {

  private static final int PACKED_BYTES_MAX = Blob.BYTES_MAX;
  private static final int TYPES = 8;

  private final AttributeColumns attributes;
  private final AttributeKinds kinds;
  private final int rows;
  private final IntColumn shapeEntries = new IntColumn();
  private final IntColumn shapeEnds = new IntColumn();
  private final long[] shapeOfRow;
  private int[] slots = new int[64];
  private final int[] columnOf;
  private final List<Column> columns = new ArrayList<>();

  private AttributeShapes(AttributeColumns attributes, AttributeKinds kinds) {
    this.attributes = attributes;
    this.kinds = kinds;
    this.rows = attributes.rows();
    this.shapeOfRow = new long[rows];
    this.columnOf = new int[Math.max(1, attributes.keys().size()) * TYPES];
    Arrays.fill(columnOf, -1);
  }

  private static final class Column {
    private final int key;
    private final byte type;
    private final LongColumn payloads = new LongColumn(64);
    private long bytes;
    private boolean own;

    Column(int key, byte type) {
      this.key = key;
      this.type = type;
    }
  }

  /** Gives the attributes of all rows to a sink; nothing if no row has any. */
  public static void put(AttributeColumns attributes, AttributeKinds kinds, ColumnSink sink) {
    int rows = attributes.rows();
    if (rows > 0 && attributes.end(rows - 1) > 0) {
      new AttributeShapes(attributes, kinds).put(sink);
    }
  }

  private void put(ColumnSink sink) {
    for (int row = 0; row < rows; row++) {
      shapeOfRow[row] = shape(row);
      addValues(row);
    }
    BytesOutput shapes = new BytesOutput(256, PACKED_BYTES_MAX);
    shapes.putVarint(shapeEnds.size());
    for (int shape = 0; shape < shapeEnds.size(); shape++) {
      shapes.putVarint(end(shape) - start(shape));
      for (int i = start(shape); i < end(shape); i++) {
        shapes.putVarint(shapeEntries.get(i) / TYPES);
        shapes.putByte(shapeEntries.get(i) % TYPES);
      }
    }
    sink.bytes(kinds.shapes(), shapes);
    sink.longs(kinds.shape(), shapeOfRow, rows);
    columns.stream()
        .sorted(Comparator.<Column>comparingLong(column -> column.bytes).reversed())
        .forEach(column -> column.own = sink.isOwn(kinds.attribute(), column.key, column.type));
    ByteArena arena = attributes.values().arena();
    for (Column column : columns) {
      if (column.own) {
        sink.values(
            kinds.attribute(),
            column.key,
            column.type,
            arena,
            column.payloads.array(),
            column.payloads.size());
      }
    }
    if (columns.stream().anyMatch(column -> !column.own)) {
      putPacked(sink);
    }
  }

  private void putPacked(ColumnSink sink) {
    BytesOutput packed = new BytesOutput(4096, PACKED_BYTES_MAX);
    ValueColumn values = attributes.values();
    for (int entry = 0; entry < attributes.end(rows - 1); entry++) {
      byte type = values.type(entry);
      if (!columns.get(columnOf[attributes.keyId(entry) * TYPES + type]).own) {
        put(packed, type, values.arena(), values.payload(entry));
      }
    }
    sink.bytes(kinds.packed(), packed);
  }

  private static void put(BytesOutput out, byte type, ByteArena arena, long payload) {
    switch (type) {
      case ValueColumn.NONE -> {}
      case ValueColumn.INT -> out.putZigzag(payload);
      case ValueColumn.BOOL -> out.putByte((int) payload);
      case ValueColumn.DOUBLE -> out.putLong(payload);
      default ->
          out.putLengthAndBytes(
              arena.array(), ByteArena.offset(payload), ByteArena.length(payload));
    }
  }

  private void addValues(int row) {
    ValueColumn values = attributes.values();
    for (int entry = attributes.start(row), end = attributes.end(row); entry < end; entry++) {
      byte type = values.type(entry);
      int index = attributes.keyId(entry) * TYPES + type;
      if (columnOf[index] < 0) {
        columnOf[index] = columns.size();
        columns.add(new Column(attributes.keyId(entry), type));
      }
      Column column = columns.get(columnOf[index]);
      long payload = values.payload(entry);
      column.payloads.add(payload);
      column.bytes += ValueColumn.isSlice(type) ? 1 + ByteArena.length(payload) : Long.BYTES;
    }
  }

  /** The number of a row's shape. */
  private int shape(int row) {
    if (row > 0 && is((int) shapeOfRow[row - 1], row)) {
      return (int) shapeOfRow[row - 1];
    }
    int mask = slots.length - 1;
    int slot = hash(row) & mask;
    while (slots[slot] != 0) {
      if (is(slots[slot] - 1, row)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      shapeEntries.add(attributes.keyId(entry) * TYPES + attributes.values().type(entry));
    }
    shapeEnds.add(shapeEntries.size());
    slots[slot] = shapeEnds.size();
    if (2 * shapeEnds.size() > slots.length) {
      grow();
    }
    return shapeEnds.size() - 1;
  }

  private int start(int shape) {
    return shape == 0 ? 0 : shapeEnds.get(shape - 1);
  }

  private int end(int shape) {
    return shapeEnds.get(shape);
  }

  private boolean is(int shape, int row) {
    int at = start(shape);
    int entry = attributes.start(row);
    int count = attributes.end(row) - entry;
    if (end(shape) - at != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (shapeEntries.get(at + i)
          != attributes.keyId(entry + i) * TYPES + attributes.values().type(entry + i)) {
        return false;
      }
    }
    return true;
  }

  private int hash(int row) {
    int hash = 1;
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      hash = hash * 0x2c9277b5 + attributes.keyId(entry) * TYPES + attributes.values().type(entry);
    }
    return hash ^ hash >>> 15;
  }

  private int hashOfShape(int shape) {
    int hash = 1;
    for (int i = start(shape); i < end(shape); i++) {
      hash = hash * 0x2c9277b5 + shapeEntries.get(i);
    }
    return hash ^ hash >>> 15;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int shape = 0; shape < shapeEnds.size(); shape++) {
      int slot = hashOfShape(shape) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = shape + 1;
    }
  }
}
