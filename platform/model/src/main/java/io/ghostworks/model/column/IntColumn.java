package io.ghostworks.model.column;

import java.util.Arrays;

/** A growable column of ints. Not thread-safe. */
public final class IntColumn {
  private int[] values;
  private int size;

  public IntColumn() {
    this(16);
  }

  public IntColumn(int initialCapacity) {
    values = new int[Math.max(4, initialCapacity)];
  }

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public int get(int index) {
    return values[index];
  }

  public void set(int index, int value) {
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
  public int[] array() {
    return values;
  }
}
