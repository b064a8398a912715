package io.ghostworks.wire.thrift;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Thrift's compact protocol: zigzag integers of variable length, field numbers as differences,
 * booleans in the head of their field. Doubles are little-endian, as all implementations write
 * them.
 */
public final class CompactThriftReader extends ThriftReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PROTOCOL = 0x82;
  private static final int VERSION = 1;
  private static final int VERSION_MASK = 0x1f;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int LONG_FORM = 15;

  /** The types by the protocol's own numbers. */
  private static final int[] TYPES = {
    0, BOOL, BOOL, BYTE, I16, I32, I64, DOUBLE, STRING, LIST, SET, MAP, STRUCT
  };

  private static final int OF_FIELD_NONE = -1;

  private int keyType;
  private int boolOfField = OF_FIELD_NONE;

  public CompactThriftReader(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  @Override
  public boolean next() {
    int head = byteValue() & 0xff;
    boolOfField = OF_FIELD_NONE;
    if (head == 0) {
      fieldType = 0;
      return false;
    }
    int delta = head >>> 4;
    int type = head & 0xf;
    fieldType = type(type);
    fieldId = delta == 0 ? i16() : fieldId + delta;
    if (type == TRUE || type == FALSE) {
      boolOfField = type;
    }
    return true;
  }

  private int type(int type) {
    if (type == 0 || type >= TYPES.length) {
      throw malformed("invalid type %d".formatted(type));
    }
    return TYPES[type];
  }

  @Override
  public boolean bool() {
    int value = boolOfField;
    boolOfField = OF_FIELD_NONE;
    return value == OF_FIELD_NONE ? byteValue() == TRUE : value == TRUE;
  }

  @Override
  public int i16() {
    return (short) i64();
  }

  @Override
  public int i32() {
    return (int) i64();
  }

  @Override
  public long i64() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = byteValue();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("varint of more than 10 bytes");
  }

  @Override
  public double float64() {
    checked(8);
    double value = Double.longBitsToDouble((long) LONGS.get(bytes, at));
    at += 8;
    return value;
  }

  @Override
  public int length() {
    return checked(varint());
  }

  @Override
  public int listSize() {
    int head = byteValue() & 0xff;
    int size = head >>> 4;
    int type = head & 0xf;
    elementType = size == 0 ? 0 : type(type);
    return size == LONG_FORM ? checked(varint()) : checked(size);
  }

  @Override
  int mapSize() {
    long size = varint();
    if (size == 0) {
      return 0;
    }
    int types = byteValue() & 0xff;
    keyType = type(types >>> 4);
    elementType = type(types & 0xf);
    checked(size > Integer.MAX_VALUE ? Long.MAX_VALUE : 2 * size);
    return (int) size;
  }

  @Override
  int keyType() {
    return keyType;
  }

  @Override
  public String message() {
    int protocol = byteValue() & 0xff;
    if (protocol != PROTOCOL) {
      throw malformed("a message must begin with %02x, got %02x".formatted(PROTOCOL, protocol));
    }
    int version = byteValue() & VERSION_MASK;
    if (version != VERSION) {
      throw malformed("the version of a message must be 1, got %d".formatted(version));
    }
    varint(); // The number of the call.
    int length = length();
    String name = new String(bytes, at, length, StandardCharsets.UTF_8);
    skipBytes(length);
    return name;
  }
}
