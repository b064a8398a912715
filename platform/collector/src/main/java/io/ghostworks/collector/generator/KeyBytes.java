package io.ghostworks.collector.generator;

import java.util.Arrays;

/**
 * The bytes that tell label sets apart: values one after the other, each with its length in front.
 * A buffer that is used again. Not thread-safe.
 */
final class KeyBytes {
  private byte[] bytes = new byte[256];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void putLong(long value) {
    ensure(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void put(byte[] source, int offset, int length) {
    ensure(length + 4);
    putInt(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Bytes that are a key's part already. */
  void putRaw(byte[] part) {
    ensure(part.length);
    System.arraycopy(part, 0, bytes, size, part.length);
    size += part.length;
  }

  /** The chars of a text; ASCII takes a byte each. */
  void put(String text) {
    int length = text.length();
    ensure(4 + 3 * length);
    putInt(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else {
        bytes[size++] = (byte) 0xff;
        bytes[size++] = (byte) (c >>> 8);
        bytes[size++] = (byte) c;
      }
    }
  }

  private void putInt(int value) {
    bytes[size++] = (byte) value;
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) (value >>> 16);
    bytes[size++] = (byte) (value >>> 24);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }
}
