package io.ghostworks.records.column;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers of a fixed width end to end: the first in the lowest bits of the first byte, and so on;
 * the last byte is filled with zeros.
 */
final class BitPacking {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Wider numbers may lie in nine bytes. */
  private static final int ONE_READ_BITS_MAX = 57;

  private BitPacking() {}

  /** The bits that a number needs, as an unsigned one. */
  static int width(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }

  static int bytes(int count, int width) {
    return (int) (((long) count * width + 7) >>> 3);
  }

  /** Puts {@code values[i] - base}, each of which has at most {@code width} bits. */
  static void put(BytesOutput out, long[] values, int from, int count, long base, int width) {
    if (width == 0) {
      return;
    }
    long word = 0;
    int filled = 0;
    for (int i = from; i < from + count; i++) {
      long value = values[i] - base;
      word |= value << filled;
      filled += width;
      if (filled >= Long.SIZE) {
        out.putLong(word);
        filled -= Long.SIZE;
        word = filled == 0 ? 0 : value >>> (width - filled);
      }
    }
    for (; filled > 0; filled -= Byte.SIZE) {
      out.putByte((int) word & 0xff);
      word >>>= Byte.SIZE;
    }
  }

  /** Reads what {@link #put} wrote and adds the base. */
  static void get(BytesInput in, long[] target, int from, int count, long base, int width)
      throws DamagedDataException {
    int start = in.arrayOffset();
    in.skip(bytes(count, width));
    if (width == 0) {
      java.util.Arrays.fill(target, from, from + count, base);
      return;
    }
    byte[] bytes = in.array();
    long mask = width == Long.SIZE ? -1L : (1L << width) - 1;
    long bit = (long) start << 3;
    int last = bytes.length - Long.BYTES;
    int end = from + count;
    int i = from;
    if (width <= ONE_READ_BITS_MAX && last >= start) {
      long whole = Math.min(count, (((long) (last - start) << 3) + 7) / width + 1);
      for (; i < from + (int) whole; i++, bit += width) {
        target[i] = base + ((long) LONG.get(bytes, (int) (bit >>> 3)) >>> (bit & 7) & mask);
      }
    }
    for (; i < end; i++, bit += width) {
      int at = (int) (bit >>> 3);
      int shift = (int) bit & 7;
      long value;
      if (at < last) {
        // What the first eight bytes lack stands in the ninth; shifted twice, since 64 is no shift.
        long ninth = bytes[at + Long.BYTES] & 0xffL;
        value = (long) LONG.get(bytes, at) >>> shift | ninth << (Long.SIZE - 1 - shift) << 1;
      } else {
        value = slow(bytes, at, shift, width);
      }
      target[i] = base + (value & mask);
    }
  }

  private static long slow(byte[] bytes, int at, int shift, int width) {
    long value = (bytes[at] & 0xffL) >>> shift;
    int have = Byte.SIZE - shift;
    for (int i = at + 1; have < width; i++, have += Byte.SIZE) {
      value |= (bytes[i] & 0xffL) << have;
    }
    return value;
  }
}
