package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.LongColumn;

/**
 * Typed values (OTLP's {@code AnyValue}) as two columns: a type byte and a long that holds the
 * number, the bits of the double, or the slice of the bytes in the batch's arena. Arrays and
 * key-value lists stay in their OTLP wire form ({@code ArrayValue}, {@code KeyValueList} messages,
 * checked when they were read).
 */
public final class ValueColumn {

  /** No value. */
  public static final byte NONE = 0;

  /** UTF-8 text, as a slice. */
  public static final byte STRING = 1;

  /** 0 or 1. */
  public static final byte BOOL = 2;

  /** A signed 64-bit integer. */
  public static final byte INT = 3;

  /** Raw bits of a double. */
  public static final byte DOUBLE = 4;

  /** Bytes, as a slice. */
  public static final byte BYTES = 5;

  /** The wire form of an OTLP {@code ArrayValue}, as a slice. */
  public static final byte ARRAY = 6;

  /** The wire form of an OTLP {@code KeyValueList}, as a slice. */
  public static final byte KEY_VALUES = 7;

  private final ByteArena arena;
  private final ByteColumn types = new ByteColumn();
  private final LongColumn payloads = new LongColumn();

  public ValueColumn(ByteArena arena) {
    this.arena = arena;
  }

  /** Adds a value whose payload is already in its form; slices are of this column's arena. */
  public void add(byte type, long payload) {
    types.add(type);
    payloads.add(payload);
  }

  public void addNone() {
    add(NONE, 0);
  }

  public void addString(String text) {
    add(STRING, arena.append(text));
  }

  public void addString(byte[] utf8, int offset, int length) {
    add(STRING, arena.append(utf8, offset, length));
  }

  public void addInt(long value) {
    add(INT, value);
  }

  public void addDouble(double value) {
    add(DOUBLE, Double.doubleToRawLongBits(value));
  }

  public void addBool(boolean value) {
    add(BOOL, value ? 1 : 0);
  }

  /** Replaces a value. */
  public void set(int index, byte type, long payload) {
    types.set(index, type);
    payloads.set(index, payload);
  }

  /** Drops the value added last. */
  public void dropLast() {
    truncate(size() - 1);
  }

  public int size() {
    return types.size();
  }

  public byte type(int index) {
    return types.get(index);
  }

  /** The number, bits or slice of a value. */
  public long payload(int index) {
    return payloads.get(index);
  }

  public double doubleValue(int index) {
    return Double.longBitsToDouble(payloads.get(index));
  }

  /** The text of a string value. */
  public String string(int index) {
    return arena.text(payloads.get(index));
  }

  /** Whether the payload of a type is a slice. */
  public static boolean isSlice(byte type) {
    return type == STRING || type >= BYTES;
  }

  public ByteArena arena() {
    return arena;
  }

  void truncate(int newSize) {
    types.truncate(newSize);
    payloads.truncate(newSize);
  }
}
