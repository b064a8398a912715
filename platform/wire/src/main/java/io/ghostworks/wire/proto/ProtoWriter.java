package io.ghostworks.wire.proto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf messages into a growing byte array. A nested message is begun with {@link #begin}
 * and ended with {@link #end}, which puts its length in front. Not thread-safe.
 */
public final class ProtoWriter {
  private byte[] bytes;
  private int size;

  public ProtoWriter(int initialCapacity) {
    bytes = new byte[Math.max(64, initialCapacity)];
  }

  public void varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  public void tag(int field, int wireType) {
    varint(ProtoReader.tag(field, wireType));
  }

  /** Writes an integer field, unless it is 0. */
  public void uint(int field, long value) {
    if (value != 0) {
      uintAlways(field, value);
    }
  }

  /** Writes an integer field, also if it is 0. */
  public void uintAlways(int field, long value) {
    tag(field, ProtoReader.VARINT);
    varint(value);
  }

  /** Writes a {@code sint32} field, unless it is 0. */
  public void sint32(int field, int value) {
    uint(field, ((long) value << 1 ^ value >> 31) & 0xffffffffL);
  }

  /** Writes an eight-byte field, unless it is 0. */
  public void fixed64(int field, long value) {
    if (value != 0) {
      fixed64Always(field, value);
    }
  }

  public void fixed64Always(int field, long value) {
    tag(field, ProtoReader.FIXED64);
    rawFixed64(value);
  }

  /** Writes eight bytes without a tag: for packed fields. */
  public void rawFixed64(long value) {
    ensure(8);
    for (int i = 0; i < 8; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  /** Writes a four-byte field, unless it is 0. */
  public void fixed32(int field, int value) {
    if (value != 0) {
      tag(field, ProtoReader.FIXED32);
      ensure(4);
      for (int i = 0; i < 4; i++) {
        bytes[size++] = (byte) (value >>> (8 * i));
      }
    }
  }

  /** Writes a double field, also if it is 0. */
  public void float64Always(int field, double value) {
    fixed64Always(field, Double.doubleToRawLongBits(value));
  }

  /** Writes a bytes or text field, unless it is empty. */
  public void bytes(int field, byte[] source, int offset, int length) {
    if (length > 0) {
      bytesAlways(field, source, offset, length);
    }
  }

  public void bytesAlways(int field, byte[] source, int offset, int length) {
    tag(field, ProtoReader.BYTES);
    varint(length);
    raw(source, offset, length);
  }

  /** Writes a text field, unless it is empty. */
  public void text(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes(field, utf8, 0, utf8.length);
  }

  /** Writes bytes as they are. */
  public void raw(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Begins a nested message; the result is for {@link #end}. */
  public int begin(int field) {
    tag(field, ProtoReader.BYTES);
    ensure(1);
    size++;
    return size;
  }

  /** Ends the nested message that began at {@code start}. */
  public void end(int start) {
    int length = size - start;
    int more = 0;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      more++;
    }
    if (more > 0) {
      ensure(more);
      System.arraycopy(bytes, start, bytes, start + more, length);
    }
    int at = start - 1;
    int rest = length;
    while ((rest & ~0x7f) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at] = (byte) rest;
    size += more;
  }

  /** Takes back what was written from {@code newSize} on. */
  public void truncate(int newSize) {
    size = newSize;
  }

  public int size() {
    return size;
  }

  /** The backing array; {@link #size()} bytes of it count, until the next write. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, bytes.length * 2L)));
    }
  }
}
