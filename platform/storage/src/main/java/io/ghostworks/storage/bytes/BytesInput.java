package io.ghostworks.storage.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads what {@link BytesOutput} wrote, from a range of a byte array. Every read is checked against
 * the end of the range and every length against the bytes that are left before anything is
 * allocated, so hostile input costs at most its own size; what does not fit throws {@link
 * DamagedDataException} with the offset.
 *
 * <p>Not thread-safe. Reused by {@link #reset}; it does not copy the array and allocates only for
 * strings and arrays that are asked for.
 */
public final class BytesInput {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private byte[] bytes;
  private int start;
  private int position;
  private int end;

  public BytesInput(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public BytesInput(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.bytes = bytes;
    this.start = offset;
    this.position = offset;
    this.end = offset + length;
  }

  /** Reads another range from now on. */
  public void reset(byte[] newBytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, newBytes.length);
    bytes = newBytes;
    start = offset;
    position = offset;
    end = offset + length;
  }

  /** Back to the first byte of the range. */
  public void rewind() {
    position = start;
  }

  /** Bytes left. */
  public int remaining() {
    return end - position;
  }

  /** Offset of the next byte, counted from the start of the range. */
  public int position() {
    return position - start;
  }

  /** The array that is read from; {@link #arrayOffset()} is the index of the next byte in it. */
  public byte[] array() {
    return bytes;
  }

  /** Index in {@link #array()} of the next byte. */
  public int arrayOffset() {
    return position;
  }

  /** The next byte, unsigned. */
  public int getByte() throws DamagedDataException {
    need(1);
    return bytes[position++] & 0xFF;
  }

  /** The next two bytes, unsigned. */
  public int getShort() throws DamagedDataException {
    need(Short.BYTES);
    int value = (short) SHORT.get(bytes, position) & 0xFFFF;
    position += Short.BYTES;
    return value;
  }

  public int getInt() throws DamagedDataException {
    need(Integer.BYTES);
    int value = (int) INT.get(bytes, position);
    position += Integer.BYTES;
    return value;
  }

  public long getLong() throws DamagedDataException {
    need(Long.BYTES);
    long value = (long) LONG.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  public double getDouble() throws DamagedDataException {
    return Double.longBitsToDouble(getLong());
  }

  public long getVarint() throws DamagedDataException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = getByte();
      if (shift == 63 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedDataException(
        "a varint must fit 64 bits, got more before offset %d".formatted(position()));
  }

  /** A varint that must lie in {@code [0, max]}. */
  public int getVarint(int max) throws DamagedDataException {
    long value = getVarint();
    if (value < 0 || value > max) {
      throw new DamagedDataException(
          "a count must be in [0, %d], got %d before offset %d".formatted(max, value, position()));
    }
    return (int) value;
  }

  public long getZigzag() throws DamagedDataException {
    long value = getVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Copies the next bytes into a given array. */
  public void getBytes(byte[] target, int offset, int length) throws DamagedDataException {
    need(length);
    System.arraycopy(bytes, position, target, offset, length);
    position += length;
  }

  /** A copy of the next bytes. */
  public byte[] getBytes(int length) throws DamagedDataException {
    need(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** A varint with the length, then that many bytes. */
  public byte[] getLengthAndBytes() throws DamagedDataException {
    return getBytes(getVarint(remaining()));
  }

  /** A varint with the length in bytes, then UTF-8. */
  public String getString() throws DamagedDataException {
    int length = getVarint(remaining());
    need(length);
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  public void skip(int length) throws DamagedDataException {
    need(length);
    position += length;
  }

  private void need(int count) throws DamagedDataException {
    if (count < 0 || count > end - position) {
      throw new DamagedDataException(
          "%d bytes must be left at offset %d, got %d".formatted(count, position(), remaining()));
    }
  }

  private static VarHandle view(Class<?> arrayClass) {
    return MethodHandles.byteArrayViewVarHandle(arrayClass, ByteOrder.LITTLE_ENDIAN)
        .withInvokeExactBehavior();
  }
}
