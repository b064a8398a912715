package io.ghostworks.series.chunk;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Integers as a common base and bit-packed distances from it, with exceptions for the few that need
 * more bits (patched frame of reference: Zukowski et al., "Super-Scalar RAM-CPU Cache Compression",
 * ICDE 2006).
 *
 * <pre>
 * column    := base:zigzag width:u8 exceptions:varint packed exception[exceptions]
 * packed    := ceil(count * width / 8) bytes; value i in the bits [i * width, (i + 1) * width), least significant first
 * exception := gap:varint high:varint        // gap to the index after the exception before; high = distance >>> width
 * </pre>
 *
 * Distances are taken modulo 2^64, so an exception may also lie below the base: a counter's reset
 * does not widen its whole chunk. The count is the caller's to keep. One object serves one thread.
 */
public final class IntegerPacking {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();

  private final int[] lengths = new int[65];

  /** Appends a column. */
  public void encode(long[] values, int offset, int count, BytesOutput out) {
    if (count == 0) {
      return;
    }
    long lowest = Long.MAX_VALUE;
    long second = Long.MAX_VALUE;
    for (int i = offset; i < offset + count; i++) {
      if (values[i] < lowest) {
        second = lowest;
        lowest = values[i];
      } else if (values[i] < second) {
        second = values[i];
      }
    }
    long costOfLowest = cost(values, offset, count, lowest);
    long base = lowest;
    int width = (int) (costOfLowest & 0x7f);
    if (count > 2 && second != lowest) {
      long costOfSecond = cost(values, offset, count, second);
      if (costOfSecond >>> 7 < costOfLowest >>> 7) {
        base = second;
        width = (int) (costOfSecond & 0x7f);
      }
    }
    write(values, offset, count, base, width, out);
  }

  /**
   * Reads a column of {@code count} values into an array.
   *
   * @throws DamagedDataException if the bytes are no such column
   */
  public static void decode(BytesInput in, long[] out, int offset, int count)
      throws DamagedDataException {
    if (count == 0) {
      return;
    }
    long base = in.getZigzag();
    int width = in.getByte();
    if (width > 64) {
      throw new DamagedDataException(
          "a packed column must have a width of at most 64 bits, got %d".formatted(width));
    }
    int exceptions = in.getVarint(count);
    int packedBytes = (int) (((long) count * width + 7) >>> 3);
    int from = in.arrayOffset();
    in.skip(packedBytes);
    unpack(in.array(), from, width, base, out, offset, count);
    int index = 0;
    for (int i = 0; i < exceptions; i++) {
      index += in.getVarint(count);
      if (index >= count || width == 64) {
        throw new DamagedDataException(
            "an exception must lie in a column of %d values, got index %d".formatted(count, index));
      }
      out[offset + index] += in.getVarint() << width;
      index++;
    }
  }

  /** The least cost in bits, shifted left by 7, with the width that has it. */
  private long cost(long[] values, int offset, int count, long base) {
    Arrays.fill(lengths, 0);
    for (int i = offset; i < offset + count; i++) {
      lengths[64 - Long.numberOfLeadingZeros(values[i] - base)]++;
    }
    long best = Long.MAX_VALUE;
    for (int width = 64; width >= 0; width--) {
      long bits = (long) count * width;
      for (int length = 64; length > width; length--) {
        if (lengths[length] > 0) {
          bits += (long) lengths[length] * (8 + 8 * ((length - width + 6) / 7));
        }
      }
      best = Math.min(best, (bits << 7) | width);
    }
    return best;
  }

  private static void write(
      long[] values, int offset, int count, long base, int width, BytesOutput out) {
    int exceptions = 0;
    if (width < 64) {
      for (int i = offset; i < offset + count; i++) {
        exceptions += (values[i] - base) >>> width != 0 ? 1 : 0;
      }
    }
    out.putZigzag(base);
    out.putByte(width);
    out.putVarint(exceptions);
    pack(values, offset, count, base, width, out);
    if (exceptions > 0) {
      int next = 0;
      for (int i = 0; i < count; i++) {
        long high = (values[offset + i] - base) >>> width;
        if (high != 0) {
          out.putVarint(i - next);
          out.putVarint(high);
          next = i + 1;
        }
      }
    }
  }

  static void pack(long[] values, int offset, int count, long base, int width, BytesOutput out) {
    if (width == 0) {
      return;
    }
    long mask = width == 64 ? -1L : (1L << width) - 1;
    long pending = 0;
    int pendingBits = 0;
    for (int i = offset; i < offset + count; i++) {
      long distance = (values[i] - base) & mask;
      pending |= distance << pendingBits;
      int total = pendingBits + width;
      if (total >= 64) {
        out.putLong(pending);
        int used = 64 - pendingBits;
        pending = used == 64 ? 0 : distance >>> used;
        pendingBits = total - 64;
      } else {
        pendingBits = total;
      }
    }
    for (int bits = pendingBits; bits > 0; bits -= 8) {
      out.putByte((int) pending);
      pending >>>= 8;
    }
  }

  static void unpack(
      byte[] bytes, int from, int width, long base, long[] out, int offset, int count) {
    if (width == 0) {
      Arrays.fill(out, offset, offset + count, base);
      return;
    }
    long mask = width == 64 ? -1L : (1L << width) - 1;
    int wholeLongsUntil = bytes.length - Long.BYTES;
    long bit = 0;
    for (int i = 0; i < count; i++) {
      int at = from + (int) (bit >>> 3);
      int shift = (int) bit & 7;
      long raw;
      if (at <= wholeLongsUntil) {
        raw = (long) LONG.get(bytes, at) >>> shift;
        if (shift + width > 64) {
          raw |= (long) bytes[at + 8] << (64 - shift);
        }
      } else {
        raw = tail(bytes, at) >>> shift;
      }
      out[offset + i] = base + (raw & mask);
      bit += width;
    }
  }

  private static long tail(byte[] bytes, int at) {
    long raw = 0;
    for (int i = bytes.length - 1; i >= at; i--) {
      raw = (raw << 8) | (bytes[i] & 0xff);
    }
    return raw;
  }
}
