package io.ghostworks.model.column;

import java.util.Arrays;

/** A growable column of bytes. Not thread-safe. */
public final class ByteColumn {
  private byte[] values;
  private int size;

  public ByteColumn() {
    this(16);
  }

  public ByteColumn(int initialCapacity) {
    values = new byte[Math.max(4, initialCapacity)];
  }

  public void add(byte value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public byte get(int index) {
    return values[index];
  }

  public void set(int index, byte value) {
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
  public byte[] array() {
    return values;
  }
}
