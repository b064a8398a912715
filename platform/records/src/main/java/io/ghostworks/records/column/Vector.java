package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decoded values of one type: distinct values, and for each entry the number of its value. A column
 * whose values are all different has no numbers: entry i has value i. Payloads are as in {@link
 * io.ghostworks.model.record.ValueColumn}. Only to be read.
 */
public final class Vector {

  private static final ByteArena NO_BYTES = new ByteArena(0);

  private final long[] values;
  private final int @Nullable [] codes;
  private final ByteArena arena;
  private final int size;
  private final boolean constant;

  private Vector(
      long[] values, int @Nullable [] codes, ByteArena arena, int size, boolean constant) {
    this.values = values;
    this.codes = codes;
    this.arena = arena;
    this.size = size;
    this.constant = constant;
  }

  /** The same value for all. */
  public static Vector constant(long value, ByteArena arena, int size) {
    return new Vector(new long[] {value}, null, arena, size, true);
  }

  public static Vector constant(long value, int size) {
    return constant(value, NO_BYTES, size);
  }

  static Vector plain(long[] values, ByteArena arena) {
    return new Vector(values, null, arena, values.length, false);
  }

  static Vector plain(long[] values) {
    return plain(values, NO_BYTES);
  }

  /** Entries by the number of their value; all numbers are below the count of values. */
  static Vector coded(long[] values, int[] codes, ByteArena arena) {
    return new Vector(values, codes, arena, codes.length, false);
  }

  /** The same entries with other values by the same numbers. */
  Vector withValues(long[] others) {
    return new Vector(others, codes, arena, size, constant);
  }

  Vector withValues(long[] others, ByteArena othersArena) {
    return new Vector(others, codes, othersArena, size, constant);
  }

  /** Entries. */
  public int size() {
    return size;
  }

  public boolean isConstant() {
    return constant;
  }

  /** Whether an entry's value is found by its code. */
  public boolean isCoded() {
    return codes != null;
  }

  /** The distinct values of a coded or constant vector; else the values of the entries. */
  public int valueCount() {
    return values.length;
  }

  /** A value by its number. */
  public long value(int number) {
    return values[number];
  }

  /** The number of an entry's value. */
  public int code(int entry) {
    return constant ? 0 : codes == null ? entry : codes[entry];
  }

  /** The payload of an entry. */
  public long get(int entry) {
    return values[code(entry)];
  }

  /** Where slices point. */
  public ByteArena arena() {
    return arena;
  }

  /** The payloads of all entries; a new array, or the one of a plain vector. */
  public long[] toArray() {
    int[] numbers = codes;
    if (!constant && numbers == null) {
      return values;
    }
    long[] all = new long[size];
    if (numbers == null) {
      Arrays.fill(all, values[0]);
    } else {
      for (int i = 0; i < size; i++) {
        all[i] = values[numbers[i]];
      }
    }
    return all;
  }
}
