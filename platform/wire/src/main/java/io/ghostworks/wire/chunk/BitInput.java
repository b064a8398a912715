package io.ghostworks.wire.chunk;

import io.ghostworks.wire.WireFormatException;

/** Reads what {@link BitOutput} writes. Reading beyond the end is an error. Not thread-safe. */
final class BitInput {
  private final byte[] bytes;
  private final int end;
  private int at;

  /** How many bits of the byte at {@link #at} are still to be read, 1 to 8. */
  private int left = 8;

  BitInput(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  boolean bit() {
    return bits(1) != 0;
  }

  int octet() {
    return (int) bits(8);
  }

  long bits(int count) {
    long value = 0;
    int wanted = count;
    while (wanted > 0) {
      if (at >= end) {
        throw new WireFormatException("a chunk ends within a sample", at);
      }
      int now = Math.min(left, wanted);
      value = value << now | ((bytes[at] & 0xff) >>> (left - now) & ((1 << now) - 1));
      left -= now;
      wanted -= now;
      if (left == 0) {
        at++;
        left = 8;
      }
    }
    return value;
  }

  long uvarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long octet = bits(8);
      value |= (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new WireFormatException("a varint of more than 10 bytes in a chunk", at);
  }

  long varint() {
    long raw = uvarint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** The bytes that are still there, the begun one included. */
  int remaining() {
    return end - at;
  }

  WireFormatException malformed(String message) {
    return new WireFormatException(message, at);
  }
}
