package io.ghostworks.wire.proto;

import io.ghostworks.wire.WireFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks protobuf messages in a byte array. Fields are told apart by their whole tag (number and
 * wire type), so that a known field of another wire type is skipped as unknown, as protobuf
 * prescribes.
 *
 * <pre>
 * int outer = reader.enter();              // at a nested message's tag
 * while (reader.next()) {
 *   switch (reader.tag()) { case NAME -> ...; default -> reader.skip(); }
 * }
 * reader.leave(outer);
 * </pre>
 *
 * <p>Every length is checked against the enclosing message before it is used, and nesting is
 * limited. Allocates nothing but its errors. Not thread-safe.
 *
 * <p>Source: protobuf documentation, "Encoding".
 */
public final class ProtoReader {

  /** Wire type of variable-length integers. */
  public static final int VARINT = 0;

  /** Wire type of eight bytes. */
  public static final int FIXED64 = 1;

  /** Wire type of length-delimited bytes. */
  public static final int BYTES = 2;

  /** Wire type of four bytes. */
  public static final int FIXED32 = 5;

  /** The nesting that protobuf's own readers allow by default. */
  public static final int DEPTH_MAX = 100;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int GROUP_START = 3;
  private static final int GROUP_END = 4;

  private final byte[] bytes;
  private final int origin;
  private int at;
  private int limit;
  private int tag;
  private int depth;

  public ProtoReader(byte[] bytes, int offset, int length) {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new IllegalArgumentException(
          "bytes %d to %d of %d".formatted(offset, (long) offset + length, bytes.length));
    }
    this.bytes = bytes;
    this.origin = offset;
    this.at = offset;
    this.limit = offset + length;
  }

  /** The tag of a field: {@code number << 3 | wireType}. */
  public static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  /** Goes to the next field of the message; false at its end. */
  public boolean next() {
    if (at >= limit) {
      return false;
    }
    long raw = varint();
    if (raw >>> 32 != 0 || (raw >>> 3) == 0) {
      throw malformed("invalid tag " + Long.toUnsignedString(raw));
    }
    tag = (int) raw;
    return true;
  }

  /** The tag of the current field. */
  public int tag() {
    return tag;
  }

  /** The number of the current field. */
  public int field() {
    return tag >>> 3;
  }

  /** Reads a base-128 integer of up to 64 bits. */
  public long varint() {
    if (at < limit && bytes[at] >= 0) {
      return bytes[at++];
    }
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= limit) {
        throw malformed("truncated varint");
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("varint of more than 10 bytes");
  }

  /** Reads a zigzag-encoded 32-bit integer ({@code sint32}). */
  public int sint32() {
    int raw = (int) varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** Reads a zigzag-encoded 64-bit integer ({@code sint64}). */
  public long sint64() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** Reads an unsigned 64-bit integer as a float. */
  public double uint64AsDouble() {
    long value = varint();
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  public long fixed64() {
    need(8);
    long value = (long) LONGS.get(bytes, at);
    at += 8;
    return value;
  }

  public int fixed32() {
    need(4);
    int value = (int) INTS.get(bytes, at);
    at += 4;
    return value;
  }

  public double float64() {
    return Double.longBitsToDouble(fixed64());
  }

  /**
   * Reads the length of a length-delimited field; its bytes begin at {@link #position()}, and the
   * caller moves past them with {@link #skipBytes}, or enters them.
   */
  public int length() {
    long length = varint();
    if (length < 0 || length > limit - at) {
      throw malformed(
          "a length of %s goes beyond the enclosing message, which has %d bytes left"
              .formatted(Long.toUnsignedString(length), limit - at));
    }
    return (int) length;
  }

  /** Moves on by a length that {@link #length()} gave. */
  public void skipBytes(int length) {
    at += length;
  }

  /**
   * Enters the nested message at the current length-delimited field; the result is for {@link
   * #leave}.
   */
  public int enter() {
    int length = length();
    if (++depth > DEPTH_MAX) {
      throw malformed("messages are nested more than %d deep".formatted(DEPTH_MAX));
    }
    int outer = limit;
    limit = at + length;
    return outer;
  }

  /** Leaves a nested message, skipping what was not read of it. */
  public void leave(int outerLimit) {
    at = limit;
    limit = outerLimit;
    depth--;
  }

  /** Reads the length of a text and checks that it is UTF-8; the text is left to be read. */
  public int textLength() {
    int length = length();
    if (!Utf8.isValid(bytes, at, length)) {
      throw malformed("field %d is not valid UTF-8".formatted(field()));
    }
    return length;
  }

  /** Skips the current field's value. */
  public void skip() {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> {
        need(8);
        at += 8;
      }
      case BYTES -> skipBytes(length());
      case FIXED32 -> {
        need(4);
        at += 4;
      }
      case GROUP_START -> skipGroup();
      default -> throw malformed("invalid wire type %d of field %d".formatted(tag & 7, field()));
    }
  }

  private void skipGroup() {
    int end = field() << 3 | GROUP_END;
    if (++depth > DEPTH_MAX) {
      throw malformed("messages are nested more than %d deep".formatted(DEPTH_MAX));
    }
    while (true) {
      if (!next()) {
        throw malformed("a group has no end");
      }
      if (tag == end) {
        depth--;
        return;
      }
      skip();
    }
  }

  /** The array that is read. */
  public byte[] bytes() {
    return bytes;
  }

  /** The index in the array of the byte that is read next. */
  public int position() {
    return at;
  }

  /** One past the last byte of the current message. */
  public int limit() {
    return limit;
  }

  /** Goes back to a position of the current message, to read its fields again. */
  public void rewind(int position) {
    at = position;
  }

  /** An error at the current place. */
  public WireFormatException malformed(String message) {
    return new WireFormatException("malformed protobuf: " + message, at - origin);
  }

  private void need(int count) {
    if (limit - at < count) {
      throw malformed("truncated: %d bytes needed, %d left".formatted(count, limit - at));
    }
  }
}
