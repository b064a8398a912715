package io.ghostworks.model.column;

import java.util.Arrays;

/** A growable column of longs. Not thread-safe. */
public final class LongColumn {
  private long[] values;
  private int size;

  public LongColumn() {
    this(16);
  }

  public LongColumn(int initialCapacity) {
    values = new long[Math.max(4, initialCapacity)];
  }

  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public long get(int index) {
    return values[index];
  }

  public void set(int index, long value) {
    values[index] = value;
  }

  public int size() {
    return size;
  }

  /** Drops the values from {@code newSize} on. */
  public void truncate(int newSize) {
    size = newSize;
  }

  /** The backing array, valid until the next add; values beyond {@link #size()} mean nothing. */
  public long[] array() {
    return values;
  }
}
