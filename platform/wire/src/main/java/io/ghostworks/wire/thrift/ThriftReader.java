package io.ghostworks.wire.thrift;

import io.ghostworks.wire.WireFormatException;

/**
 * Walks Thrift structs in a byte array. Fields are told apart by {@link #key}, their number and
 * type together, so that a known field of another type is skipped as unknown, as Thrift's generated
 * code does.
 *
 * <pre>
 * reader.enter();                          // at a struct
 * while (reader.next()) {
 *   switch (reader.key()) { case NAME -> ...; default -> reader.skip(); }
 * }
 * reader.leave();
 * </pre>
 *
 * <p>Every length and count is checked against the bytes that are left before it is used, and
 * nesting is limited. Allocates nothing but its errors. Not thread-safe.
 *
 * <p>Source: Apache Thrift, doc/specs/thrift-binary-protocol.md and thrift-compact-protocol.md.
 */
public abstract sealed class ThriftReader permits BinaryThriftReader, CompactThriftReader {

  /** Type of a boolean. */
  public static final int BOOL = 2;

  /** Type of one byte. */
  public static final int BYTE = 3;

  /** Type of a double. */
  public static final int DOUBLE = 4;

  /** Type of a 16-bit integer. */
  public static final int I16 = 6;

  /** Type of a 32-bit integer. */
  public static final int I32 = 8;

  /** Type of a 64-bit integer. */
  public static final int I64 = 10;

  /** Type of texts and bytes. */
  public static final int STRING = 11;

  /** Type of a struct. */
  public static final int STRUCT = 12;

  /** Type of a map. */
  public static final int MAP = 13;

  /** Type of a set. */
  public static final int SET = 14;

  /** Type of a list. */
  public static final int LIST = 15;

  /** The nesting that Thrift's own readers allow by default. */
  public static final int DEPTH_MAX = 64;

  final byte[] bytes;
  final int end;
  int at;
  int fieldId;
  int fieldType;
  int elementType;
  private final int origin;
  private final int[] outerIds = new int[DEPTH_MAX + 1];
  private int depth;

  ThriftReader(byte[] bytes, int offset, int length) {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new IllegalArgumentException(
          "bytes %d to %d of %d".formatted(offset, (long) offset + length, bytes.length));
    }
    this.bytes = bytes;
    this.origin = offset;
    this.at = offset;
    this.end = offset + length;
  }

  /** The key of a field: {@code number << 4 | type}. */
  public static int key(int field, int type) {
    return field << 4 | type;
  }

  /** Enters the struct that begins here. */
  public final void enter() {
    deeper();
    outerIds[depth] = fieldId;
    fieldId = 0;
  }

  /** Leaves a struct of which {@link #next} has told the end. */
  public final void leave() {
    fieldId = outerIds[depth];
    depth--;
  }

  /** Goes to the next field of the struct; false at its end. */
  public abstract boolean next();

  /** The key of the current field. */
  public final int key() {
    return fieldId << 4 | fieldType;
  }

  /** Reads the value of a boolean field or element. */
  public abstract boolean bool();

  public abstract int i16();

  public abstract int i32();

  public abstract long i64();

  public abstract double float64();

  /**
   * Reads the length of a text or of bytes, which begin at {@link #position}; the caller moves past
   * them with {@link #skipBytes}.
   */
  public abstract int length();

  /**
   * Reads the head of a list or set; its elements follow, of the type {@link #elementType}. There
   * are never more than bytes are left.
   */
  public abstract int listSize();

  /** Reads the head of a map; the number of its pairs. */
  abstract int mapSize();

  /** The type of the map's keys, after {@link #mapSize}; that of its values is the element type. */
  abstract int keyType();

  /** Reads the head of a message: the name of the method, whose arguments follow as a struct. */
  public abstract String message();

  /** The type of the elements of the list that was begun last. */
  public final int elementType() {
    return elementType;
  }

  /** Skips the value of the current field. */
  public final void skip() {
    skip(fieldType);
  }

  /** Skips a value of a type. */
  public final void skip(int type) {
    switch (type) {
      case BOOL -> bool();
      case BYTE -> skipBytes(checked(1));
      case DOUBLE -> float64();
      case I16 -> i16();
      case I32 -> i32();
      case I64 -> i64();
      case STRING -> skipBytes(length());
      case STRUCT -> {
        enter();
        while (next()) {
          skip(fieldType);
        }
        leave();
      }
      case LIST, SET -> {
        deeper();
        int size = listSize();
        int element = elementType;
        for (int i = 0; i < size; i++) {
          skipElement(element);
        }
        depth--;
      }
      case MAP -> {
        deeper();
        int size = mapSize();
        int key = keyType();
        int value = elementType;
        for (int i = 0; i < size; i++) {
          skipElement(key);
          skipElement(value);
        }
        depth--;
      }
      default -> throw malformed("invalid type %d".formatted(type));
    }
  }

  /** Skips an element of a list; booleans stand there as a byte in either protocol. */
  public final void skipElement(int type) {
    if (type == BOOL) {
      skipBytes(checked(1));
    } else {
      skip(type);
    }
  }

  /** The array that is read. */
  public final byte[] bytes() {
    return bytes;
  }

  /** The index in the array of the byte that is read next. */
  public final int position() {
    return at;
  }

  /** Goes back to a position of the current struct, to read a value again. */
  public final void rewind(int position) {
    at = position;
  }

  /** Moves on by a length that {@link #length()} gave. */
  public final void skipBytes(int length) {
    at += length;
  }

  /** An error at the current place. */
  public final WireFormatException malformed(String message) {
    return new WireFormatException("malformed Thrift: " + message, at - origin);
  }

  /** The length if so many bytes are left. */
  final int checked(long length) {
    if (length < 0 || length > end - at) {
      throw malformed("%d bytes are wanted, %d are left".formatted(length, end - at));
    }
    return (int) length;
  }

  final int byteValue() {
    if (at >= end) {
      throw malformed("truncated");
    }
    return bytes[at++];
  }

  private void deeper() {
    if (++depth > DEPTH_MAX) {
      throw malformed("values are nested more than %d deep".formatted(DEPTH_MAX));
    }
  }
}
