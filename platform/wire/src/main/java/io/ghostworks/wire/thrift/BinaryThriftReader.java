package io.ghostworks.wire.thrift;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Thrift's binary protocol: big-endian numbers of their full width. Messages may have either form
 * of head, with a version or without.
 */
public final class BinaryThriftReader extends ThriftReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int VERSION_MASK = 0xffff0000;
  private static final int VERSION_1 = 0x80010000;

  private int keyType;

  public BinaryThriftReader(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  @Override
  public boolean next() {
    fieldType = byteValue();
    if (fieldType == 0) {
      return false;
    }
    if (fieldType < BOOL || fieldType > LIST) {
      throw malformed("invalid type %d of a field".formatted(fieldType));
    }
    fieldId = i16();
    return true;
  }

  @Override
  public boolean bool() {
    return byteValue() != 0;
  }

  @Override
  public int i16() {
    checked(2);
    int value = bytes[at] << 8 | (bytes[at + 1] & 0xff);
    at += 2;
    return value;
  }

  @Override
  public int i32() {
    checked(4);
    int value = (int) INTS.get(bytes, at);
    at += 4;
    return value;
  }

  @Override
  public long i64() {
    checked(8);
    long value = (long) LONGS.get(bytes, at);
    at += 8;
    return value;
  }

  @Override
  public double float64() {
    return Double.longBitsToDouble(i64());
  }

  @Override
  public int length() {
    return checked(i32());
  }

  @Override
  public int listSize() {
    elementType = byteValue();
    return checked(i32());
  }

  @Override
  int mapSize() {
    keyType = byteValue();
    elementType = byteValue();
    int size = i32();
    checked(2L * size);
    return size;
  }

  @Override
  int keyType() {
    return keyType;
  }

  @Override
  public String message() {
    int head = i32();
    boolean strict = head < 0;
    if (strict && (head & VERSION_MASK) != VERSION_1) {
      throw malformed("the version of a message must be 1, got %08x".formatted(head));
    }
    int length = strict ? length() : checked(head);
    String name = new String(bytes, at, length, StandardCharsets.UTF_8);
    skipBytes(length);
    if (!strict) {
      byteValue(); // Whether it is a call.
    }
    i32(); // The number of the call.
    return name;
  }
}
