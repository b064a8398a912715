package io.ghostworks.storage.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array with a limit, written from front to back. Fixed-width values are
 * little-endian; a varint is the unsigned LEB128 of a 64-bit value (1 to 10 bytes); zigzag maps
 * signed values of small magnitude to small varints.
 *
 * <p>Not thread-safe. Reused by {@link #clear()}; it then allocates only when a larger size than
 * ever before is needed. Putting more than the limit throws {@link BytesLimitException} and leaves
 * what was written before.
 */
public final class BytesOutput {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final int limitBytes;
  private byte[] bytes;
  private int position;

  /**
   * @param initialBytes capacity to begin with
   * @param limitBytes the most that may ever be written
   */
  public BytesOutput(int initialBytes, int limitBytes) {
    this.bytes = new byte[Math.min(initialBytes, limitBytes)];
    this.limitBytes = limitBytes;
  }

  /** Bytes written so far, and the offset of the next one. */
  public int position() {
    return position;
  }

  /** The array written into: bytes {@code [0, position)} are content. Valid until the next put. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of the content. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  /** Forgets all content, keeps the memory. */
  public void clear() {
    position = 0;
  }

  /** Forgets what was written at and after an earlier position. */
  public void truncate(int newPosition) {
    if (newPosition < 0 || newPosition > position) {
      throw new IllegalArgumentException(
          "a position to return to must be in [0, %d], got %d".formatted(position, newPosition));
    }
    position = newPosition;
  }

  public void putByte(int value) {
    reserve(1);
    bytes[position++] = (byte) value;
  }

  public void putShort(int value) {
    reserve(Short.BYTES);
    SHORT.set(bytes, position, (short) value);
    position += Short.BYTES;
  }

  public void putInt(int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, position, value);
    position += Integer.BYTES;
  }

  public void putLong(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, position, value);
    position += Long.BYTES;
  }

  /** The raw bits, so NaN payloads survive. */
  public void putDouble(double value) {
    putLong(Double.doubleToRawLongBits(value));
  }

  public void putVarint(long value) {
    reserve(varintBytes(value));
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  public void putZigzag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  public void putBytes(byte[] source) {
    putBytes(source, 0, source.length);
  }

  public void putBytes(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
  }

  /** Copies the remaining bytes of the buffer and moves its position to its limit. */
  public void putBytes(ByteBuffer source) {
    int length = source.remaining();
    reserve(length);
    source.get(bytes, position, length);
    position += length;
  }

  /** A varint with the length, then the bytes. */
  public void putLengthAndBytes(byte[] source, int offset, int length) {
    putVarint(length);
    putBytes(source, offset, length);
  }

  /** A varint with the length in bytes, then UTF-8. Unpaired surrogates become '?'. */
  public void putString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    putLengthAndBytes(utf8, 0, utf8.length);
  }

  /**
   * Makes room for bytes that the caller writes into {@link #array} itself, and gives the offset of
   * the first; what stands there before is not specified.
   */
  public int room(int count) {
    reserve(count);
    int from = position;
    position += count;
    return from;
  }

  public void putZeros(int count) {
    reserve(count);
    Arrays.fill(bytes, position, position + count, (byte) 0);
    position += count;
  }

  /** Overwrites four bytes that were put before, for lengths known only afterwards. */
  public void setInt(int at, int value) {
    if (at < 0 || at + Integer.BYTES > position) {
      throw new IllegalArgumentException(
          "an int to overwrite must lie in [0, %d], got offset %d".formatted(position, at));
    }
    INT.set(bytes, at, value);
  }

  /** Bytes that {@link #putVarint} writes for a value: 1 to 10. */
  public static int varintBytes(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void reserve(int count) {
    if (count > bytes.length - position) {
      grow(count);
    }
  }

  private void grow(int count) {
    long needed = (long) position + count;
    if (needed > limitBytes) {
      throw new BytesLimitException(limitBytes, needed);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(limitBytes, Math.max(needed, 2L * bytes.length)));
  }

  private static VarHandle view(Class<?> arrayClass) {
    return MethodHandles.byteArrayViewVarHandle(arrayClass, ByteOrder.LITTLE_ENDIAN)
        .withInvokeExactBehavior();
  }
}
