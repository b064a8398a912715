package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.function.IntToLongFunction;

/**
 * The columns that both kinds of batches have.
 *
 * <pre>
 * longs      := delta:zigzag[rows]                      // each to the one before, the first to 0
 * raws       := value:u64[rows]
 * ints       := value:varint[rows]                    // 32 bits, unsigned
 * numbers    := as ints, below the size of the table that they point into
 * slices     := length:varint[rows] bytes               // the bytes of all values, end to end
 * values     := type:u8[n] payload[n]                   // INT: zigzag; BOOL: varint; DOUBLE: u64; others: length:varint, bytes follow all payloads
 * attributes := rowEnd delta:varint[rows] keyId:varint[n] values(n)
 * </pre>
 */
final class ValueCodec {

  private ValueCodec() {}

  static void putDeltas(BytesOutput out, int rows, IntToLongFunction value) {
    long before = 0;
    for (int row = 0; row < rows; row++) {
      long next = value.applyAsLong(row);
      out.putZigzag(next - before);
      before = next;
    }
  }

  static void putRaws(BytesOutput out, int rows, IntToLongFunction value) {
    for (int row = 0; row < rows; row++) {
      out.putLong(value.applyAsLong(row));
    }
  }

  static void putInts(BytesOutput out, int rows, IntToLongFunction value) {
    for (int row = 0; row < rows; row++) {
      out.putVarint(Integer.toUnsignedLong((int) value.applyAsLong(row)));
    }
  }

  static void putSlices(BytesOutput out, int rows, ByteArena arena, IntToLongFunction slice) {
    for (int row = 0; row < rows; row++) {
      out.putVarint(ByteArena.length(slice.applyAsLong(row)));
    }
    for (int row = 0; row < rows; row++) {
      long at = slice.applyAsLong(row);
      out.putBytes(arena.array(), ByteArena.offset(at), ByteArena.length(at));
    }
  }

  static void putValues(BytesOutput out, ValueColumn values) {
    int count = values.size();
    for (int i = 0; i < count; i++) {
      out.putByte(values.type(i));
    }
    for (int i = 0; i < count; i++) {
      long payload = values.payload(i);
      switch (values.type(i)) {
        case ValueColumn.NONE -> {}
        case ValueColumn.INT -> out.putZigzag(payload);
        case ValueColumn.BOOL -> out.putVarint(payload == 0 ? 0 : 1);
        case ValueColumn.DOUBLE -> out.putLong(payload);
        default -> out.putVarint(ByteArena.length(payload));
      }
    }
    for (int i = 0; i < count; i++) {
      if (ValueColumn.isSlice(values.type(i))) {
        long payload = values.payload(i);
        out.putBytes(values.arena().array(), ByteArena.offset(payload), ByteArena.length(payload));
      }
    }
  }

  static void putAttributes(BytesOutput out, AttributeColumns attributes) {
    for (int row = 0; row < attributes.rows(); row++) {
      out.putVarint(attributes.end(row) - attributes.start(row));
    }
    int entries = attributes.rows() == 0 ? 0 : attributes.end(attributes.rows() - 1);
    for (int entry = 0; entry < entries; entry++) {
      out.putVarint(attributes.keyId(entry));
    }
    putValues(out, attributes.values());
  }

  static void putStrings(BytesOutput out, StringTable table) {
    out.putVarint(table.size());
    for (int id = 0; id < table.size(); id++) {
      long slice = table.slice(id);
      out.putLengthAndBytes(
          table.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    }
  }

  static long[] deltas(BytesInput in, int rows) throws DamagedDataException {
    long[] values = new long[rows];
    long before = 0;
    for (int row = 0; row < rows; row++) {
      before += in.getZigzag();
      values[row] = before;
    }
    return values;
  }

  static long[] raws(BytesInput in, int rows) throws DamagedDataException {
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = in.getLong();
    }
    return values;
  }

  /** Any 32 bits. */
  static int[] ints(BytesInput in, int rows) throws DamagedDataException {
    int[] values = new int[rows];
    for (int row = 0; row < rows; row++) {
      long value = in.getVarint();
      if (value >>> Integer.SIZE != 0) {
        throw new DamagedDataException(
            "a number must have at most 32 bits, got %s before offset %d"
                .formatted(Long.toUnsignedString(value), in.position()));
      }
      values[row] = (int) value;
    }
    return values;
  }

  /** Values in {@code [0, max]}. */
  static int[] numbers(BytesInput in, int rows, int max) throws DamagedDataException {
    int[] values = new int[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = in.getVarint(max);
    }
    return values;
  }

  static long[] slices(BytesInput in, int rows, ByteArena arena) throws DamagedDataException {
    int[] lengths = new int[rows];
    for (int row = 0; row < rows; row++) {
      lengths[row] = in.getVarint(in.remaining());
    }
    long[] slices = new long[rows];
    for (int row = 0; row < rows; row++) {
      slices[row] = slice(in, lengths[row], arena);
    }
    return slices;
  }

  static void values(BytesInput in, int count, ValueColumn target) throws DamagedDataException {
    byte[] types = in.getBytes(count);
    long[] payloads = new long[count];
    for (int i = 0; i < count; i++) {
      payloads[i] =
          switch (types[i]) {
            case ValueColumn.NONE -> 0;
            case ValueColumn.INT -> in.getZigzag();
            case ValueColumn.BOOL -> in.getVarint(1);
            case ValueColumn.DOUBLE -> in.getLong();
            case ValueColumn.STRING, ValueColumn.BYTES, ValueColumn.ARRAY, ValueColumn.KEY_VALUES ->
                in.getVarint(in.remaining());
            default ->
                throw new DamagedDataException(
                    "a value's type must be from 0 to 7, got %d before offset %d"
                        .formatted(types[i], in.position()));
          };
    }
    for (int i = 0; i < count; i++) {
      target.add(
          types[i],
          ValueColumn.isSlice(types[i])
              ? slice(in, (int) payloads[i], target.arena())
              : payloads[i]);
    }
  }

  static void attributes(BytesInput in, int rows, AttributeColumns target)
      throws DamagedDataException {
    int[] counts = counts(in, rows);
    int[] keys = keys(in, counts, target);
    ValueColumn values = new ValueColumn(target.values().arena());
    values(in, keys.length, values);
    int entry = 0;
    for (int row = 0; row < rows; row++) {
      for (int end = entry + counts[row]; entry < end; entry++) {
        target.addKey(keys[entry]);
        target.values().add(values.type(entry), values.payload(entry));
      }
      target.endRow();
    }
  }

  private static int[] counts(BytesInput in, int rows) throws DamagedDataException {
    int[] counts = new int[rows];
    for (int row = 0; row < rows; row++) {
      counts[row] = in.getVarint(in.remaining());
    }
    return counts;
  }

  private static int[] keys(BytesInput in, int[] counts, AttributeColumns target)
      throws DamagedDataException {
    int entries = 0;
    for (int count : counts) {
      entries = Math.addExact(entries, count);
    }
    if (entries > in.remaining()) {
      throw new DamagedDataException(
          "attributes must have at most %d entries, got %d".formatted(in.remaining(), entries));
    }
    return numbers(in, entries, Math.max(0, target.keys().size() - 1));
  }

  /** The values of a column are left out; those that follow it in the input can be read. */
  static void skipValues(BytesInput in, int count) throws DamagedDataException {
    byte[] types = in.getBytes(count);
    long bytes = 0;
    for (byte type : types) {
      switch (type) {
        case ValueColumn.NONE -> {}
        case ValueColumn.INT -> in.getZigzag();
        case ValueColumn.BOOL -> in.getVarint(1);
        case ValueColumn.DOUBLE -> in.getLong();
        default -> bytes += in.getVarint(in.remaining());
      }
    }
    if (bytes > in.remaining()) {
      throw new DamagedDataException(
          "values of %d bytes must stand before the end, got %d at offset %d"
              .formatted(bytes, in.remaining(), in.position()));
    }
    in.skip((int) bytes);
  }

  /** The keys of attributes with values of no type; nothing behind the keys is read. */
  static void attributeKeys(BytesInput in, int rows, AttributeColumns target)
      throws DamagedDataException {
    int[] counts = counts(in, rows);
    int[] keys = keys(in, counts, target);
    int entry = 0;
    for (int row = 0; row < rows; row++) {
      for (int end = entry + counts[row]; entry < end; entry++) {
        target.addKey(keys[entry]);
        target.values().addNone();
      }
      target.endRow();
    }
  }

  /** Adds a row's entries to the open row of columns over the same keys and arena. */
  static void moveRow(AttributeColumns source, int row, AttributeColumns target) {
    for (int entry = source.start(row); entry < source.end(row); entry++) {
      target.addKey(source.keyId(entry));
      target.values().add(source.values().type(entry), source.values().payload(entry));
    }
  }

  static void strings(BytesInput in, StringTable target) throws DamagedDataException {
    int count = in.getVarint(in.remaining());
    for (int id = 0; id < count; id++) {
      int length = in.getVarint(in.remaining());
      int from = in.arrayOffset();
      in.skip(length);
      if (target.intern(in.array(), from, length) != id) {
        throw new DamagedDataException(
            "a key stands twice before offset %d".formatted(in.position()));
      }
    }
  }

  private static long slice(BytesInput in, int length, ByteArena arena)
      throws DamagedDataException {
    int from = in.arrayOffset();
    in.skip(length);
    return arena.append(in.array(), from, length);
  }
}
