package io.ghostworks.model.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of many values end to end. A value is addressed by a <em>slice</em>: its offset in the
 * upper and its length in the lower 32 bits of a long, so that a column of values is a {@code
 * long[]}. Not thread-safe.
 */
public final class ByteArena {

  /** The slice of the empty value. */
  public static final long EMPTY = 0L;

  private byte[] bytes;
  private int size;

  public ByteArena(int initialCapacity) {
    bytes = new byte[Math.max(16, initialCapacity)];
  }

  /**
   * An arena of bytes that are there already.
   *
   * @param owned taken over, not copied
   * @param size how many of them count
   */
  public static ByteArena of(byte[] owned, int size) {
    return new ByteArena(owned, size);
  }

  private ByteArena(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /** The slice with this offset and length. */
  public static long slice(int offset, int length) {
    return ((long) offset << 32) | length;
  }

  public static int offset(long slice) {
    return (int) (slice >>> 32);
  }

  public static int length(long slice) {
    return (int) slice;
  }

  /** Appends a copy of the bytes and returns its slice. */
  public long append(byte[] source, int offset, int length) {
    if (length == 0) {
      return EMPTY;
    }
    int at = reserve(length);
    System.arraycopy(source, offset, bytes, at, length);
    return slice(at, length);
  }

  /** Appends the UTF-8 form of a text and returns its slice. */
  public long append(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return append(utf8, 0, utf8.length);
  }

  /** Appends one byte. */
  public void appendByte(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
  }

  /**
   * Makes room for {@code length} bytes, counts them as used and returns their offset; the caller
   * fills them in.
   */
  public int reserve(int length) {
    int at = size;
    int end = Math.addExact(at, length);
    if (end > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(end, bytes.length * 2L)));
    }
    size = end;
    return at;
  }

  /**
   * The backing array, valid until the next append. Callers only read, or write what they reserved.
   */
  public byte[] array() {
    return bytes;
  }

  /** Bytes used. */
  public int size() {
    return size;
  }

  /**
   * Gives back all bytes from {@code size} on: for a writer that takes back what it appended last.
   */
  public void truncate(int newSize) {
    if (newSize < 0 || newSize > size) {
      throw new IllegalArgumentException(
          "an arena of %d bytes cannot be cut to %d".formatted(size, newSize));
    }
    size = newSize;
  }

  /** The text of a slice. */
  public String text(long slice) {
    return new String(bytes, offset(slice), length(slice), StandardCharsets.UTF_8);
  }

  /** A copy of a slice's bytes. */
  public byte[] copy(long slice) {
    return Arrays.copyOfRange(bytes, offset(slice), offset(slice) + length(slice));
  }

  /** Whether two slices of this and another arena hold the same bytes. */
  public boolean equal(long slice, ByteArena other, long otherSlice) {
    int length = length(slice);
    return length == length(otherSlice)
        && Arrays.equals(
            bytes,
            offset(slice),
            offset(slice) + length,
            other.bytes,
            offset(otherSlice),
            offset(otherSlice) + length);
  }
}
