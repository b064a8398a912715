package io.ghostworks.wire.chunk;

import java.util.Arrays;

/** Bits, the highest of a byte first, in an array that grows. Not thread-safe. */
final class BitOutput {
  private byte[] bytes = new byte[256];
  private int size;

  /** How many bits of the last byte are unused, 0 to 7. */
  private int free;

  void clear() {
    size = 0;
    free = 0;
  }

  void bit(boolean one) {
    bits(one ? 1 : 0, 1);
  }

  void octet(int value) {
    bits(value & 0xff, 8);
  }

  /** Writes the lowest bits of a value. */
  void bits(long value, int count) {
    int left = count;
    while (left > 0) {
      if (free == 0) {
        if (size == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = 0;
        free = 8;
      }
      int now = Math.min(free, left);
      int part = (int) (value >>> (left - now)) & ((1 << now) - 1);
      bytes[size - 1] |= (byte) (part << (free - now));
      free -= now;
      left -= now;
    }
  }

  /** A base-128 integer, as Go's {@code binary.PutUvarint} writes it. */
  void uvarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      octet((int) (rest | 0x80));
      rest >>>= 7;
    }
    octet((int) rest);
  }

  /** The same, zigzag-encoded. */
  void varint(long value) {
    uvarint((value << 1) ^ (value >> 63));
  }

  /** Overwrites a whole byte that was written. */
  void setOctet(int index, int value) {
    bytes[index] = (byte) value;
  }

  int sizeBytes() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
