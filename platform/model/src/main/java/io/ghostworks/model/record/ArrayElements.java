package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;

/**
 * Walks over the elements of a value of type {@link ValueColumn#ARRAY} without copying them: texts,
 * bytes, arrays and maps are slices of the array's own arena. Used by one thread.
 */
public final class ArrayElements {

  private static final int LENGTH_DELIMITED = 2;
  private static final int ELEMENT = 1;

  private final byte[] bytes;
  private final int end;
  private int at;
  private byte type;
  private long payload;

  /**
   * @param slice of a value of type ARRAY, which was checked when it was received
   */
  public ArrayElements(ByteArena arena, long slice) {
    this.bytes = arena.array();
    this.at = ByteArena.offset(slice);
    this.end = at + ByteArena.length(slice);
  }

  /** Goes to the next element; false at the end. */
  public boolean next() {
    while (at < end) {
      int tag = (int) varint();
      int from = at;
      if ((tag & 7) == LENGTH_DELIMITED) {
        int length = (int) varint();
        from = at;
        skip(length);
      } else {
        skipScalar(tag & 7);
      }
      if (tag >>> 3 == ELEMENT) {
        read(from, at);
        return true;
      }
    }
    return false;
  }

  /** Type of the element, of {@link ValueColumn}; NONE for an empty one. */
  public byte type() {
    return type;
  }

  /** The number, the bits of the double, or the slice of the element. */
  public long payload() {
    return payload;
  }

  /** Reads an {@code AnyValue}; of several fields the last one counts. */
  private void read(int from, int to) {
    int after = at;
    at = from;
    type = ValueColumn.NONE;
    payload = 0;
    while (at < to) {
      int tag = (int) varint();
      switch (tag >>> 3) {
        case 1 -> slice(ValueColumn.STRING);
        case 2 -> number(ValueColumn.BOOL, varint() == 0 ? 0 : 1);
        case 3 -> number(ValueColumn.INT, varint());
        case 4 -> number(ValueColumn.DOUBLE, fixed64());
        case 5 -> slice(ValueColumn.ARRAY);
        case 6 -> slice(ValueColumn.KEY_VALUES);
        case 7 -> slice(ValueColumn.BYTES);
        default -> {
          if ((tag & 7) == LENGTH_DELIMITED) {
            skip((int) varint());
          } else {
            skipScalar(tag & 7);
          }
        }
      }
    }
    at = after;
  }

  private void slice(byte ofType) {
    int length = (int) varint();
    type = ofType;
    payload = length == 0 ? ByteArena.EMPTY : ByteArena.slice(at, length);
    skip(length);
  }

  private void number(byte ofType, long value) {
    type = ofType;
    payload = value;
  }

  private void skipScalar(int wireType) {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> skip(Long.BYTES);
      case 5 -> skip(Integer.BYTES);
      default -> throw damaged();
    }
  }

  private void skip(int length) {
    if (length < 0 || length > end - at) {
      throw damaged();
    }
    at += length;
  }

  private long fixed64() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value |= (bytes[at + i] & 0xffL) << (8 * i);
    }
    at += Long.BYTES;
    return value;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged();
  }

  private IllegalArgumentException damaged() {
    return new IllegalArgumentException("a nested value is damaged at byte %d".formatted(at));
  }
}
