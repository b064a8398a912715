package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Columns of integers. The reader knows their count n; the form with the fewest bytes is taken.
 *
 * <pre>
 * longs   := 0 value:zigzag                                        // all the same
 *          | 1 pack(n)                                             // as they are
 *          | 2 first:zigzag pack(n - 1)                            // differences, each to the one before
 *          | 3 count:varint delta:zigzag[count] pack(n)            // numbers into at most 256 ascending values
 *          | 4 bit[n] longs(m)                                     // the m that are not 0, where bits are set; lowest bit first
 * pack(n) := mini[ceil(n / 128)]
 * mini    := min:zigzag width:u8 bits                              // each less min, in so many bits
 * </pre>
 *
 * Frame of reference and delta with small blocks are those of Lemire and Boytsov, "Decoding
 * billions of integers per second through vectorization" (2015), without exceptions.
 */
public final class LongsCodec {

  private static final int CONSTANT = 0;
  private static final int PLAIN = 1;
  private static final int DELTA = 2;
  private static final int CODED = 3;
  private static final int SPARSE = 4;
  private static final int MINI = 128;
  private static final int VALUES_MAX = 256;
  private static final int SLOTS = 1024;

  private LongsCodec() {}

  /** Puts the first {@code count} values, which are at least one. */
  public static void put(BytesOutput out, long[] values, int count) {
    put(out, values, count, true);
  }

  private static void put(BytesOutput out, long[] values, int count, boolean whole) {
    int zeros = 0;
    boolean constant = true;
    for (int i = 0; i < count; i++) {
      zeros += values[i] == 0 ? 1 : 0;
      constant &= values[i] == values[0];
    }
    if (constant) {
      out.putByte(CONSTANT);
      out.putZigzag(values[0]);
      return;
    }
    long plain = packedBytes(values, count);
    if (whole && zeros > count / 8 && plain > count / 4) {
      putSparse(out, values, count, zeros);
      return;
    }
    long[] deltas = deltas(values, count);
    long delta = packedBytes(deltas, count - 1);
    long best = Math.min(plain, delta);
    if (whole && best > count / 2) {
      long[] distinct = distinct(values, count);
      if (distinct != null && codedBytes(distinct.length, count) < best) {
        putCoded(out, values, count, distinct);
        return;
      }
    }
    if (delta < plain) {
      out.putByte(DELTA);
      out.putZigzag(values[0]);
      putPacked(out, deltas, count - 1);
    } else {
      out.putByte(PLAIN);
      putPacked(out, values, count);
    }
  }

  private static void putSparse(BytesOutput out, long[] values, int count, int zeros) {
    out.putByte(SPARSE);
    long[] present = new long[count - zeros];
    int at = 0;
    for (int from = 0; from < count; from += Byte.SIZE) {
      int bits = 0;
      for (int i = from; i < Math.min(count, from + Byte.SIZE); i++) {
        if (values[i] != 0) {
          bits |= 1 << (i - from);
          present[at++] = values[i];
        }
      }
      out.putByte(bits);
    }
    put(out, present, present.length, false);
  }

  private static void putCoded(BytesOutput out, long[] values, int count, long[] distinct) {
    out.putByte(CODED);
    out.putVarint(distinct.length);
    long before = 0;
    for (long value : distinct) {
      out.putZigzag(value - before);
      before = value;
    }
    long[] codes = new long[count];
    for (int i = 0; i < count; i++) {
      codes[i] = Arrays.binarySearch(distinct, values[i]);
    }
    putPacked(out, codes, count);
  }

  private static long[] deltas(long[] values, int count) {
    long[] deltas = new long[count - 1];
    for (int i = 1; i < count; i++) {
      deltas[i - 1] = values[i] - values[i - 1];
    }
    return deltas;
  }

  private static long codedBytes(int values, int count) {
    return 8L * values + BitPacking.bytes(count, BitPacking.width(values - 1)) + count / MINI * 2L;
  }

  /** The distinct values, ascending; null if there are too many. */
  private static long @Nullable [] distinct(long[] values, int count) {
    long[] slots = new long[SLOTS];
    boolean[] used = new boolean[SLOTS];
    long[] found = new long[VALUES_MAX];
    int size = 0;
    for (int i = 0; i < count; i++) {
      long value = values[i];
      int slot = (int) ((value * 0x9E3779B97F4A7C15L) >>> 54);
      while (used[slot] && slots[slot] != value) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      if (!used[slot]) {
        if (size == VALUES_MAX) {
          return null;
        }
        used[slot] = true;
        slots[slot] = value;
        found[size++] = value;
      }
    }
    long[] sorted = Arrays.copyOf(found, size);
    Arrays.sort(sorted);
    return sorted;
  }

  private static long packedBytes(long[] values, int count) {
    long bytes = 0;
    for (int from = 0; from < count; from += MINI) {
      int to = Math.min(count, from + MINI);
      long min = values[from];
      long max = min;
      for (int i = from + 1; i < to; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
      bytes += BitPacking.bytes(to - from, BitPacking.width(max - min)) + 2;
    }
    return bytes;
  }

  static void putPacked(BytesOutput out, long[] values, int count) {
    for (int from = 0; from < count; from += MINI) {
      int to = Math.min(count, from + MINI);
      long min = values[from];
      long max = min;
      for (int i = from + 1; i < to; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
      int width = BitPacking.width(max - min);
      out.putZigzag(min);
      out.putByte(width);
      BitPacking.put(out, values, from, to - from, min, width);
    }
  }

  /**
   * Reads {@code count} values.
   *
   * @throws DamagedDataException if the bytes are no such column
   */
  public static Vector get(BytesInput in, int count) throws DamagedDataException {
    return get(in.getByte() & 0xff, in, count);
  }

  /**
   * Reads {@code count} values of which only some are looked at: others may be 0. Packed numbers
   * are unpacked only where those lie, so that a few of many cost little.
   *
   * @param wanted entries, ascending
   * @throws DamagedDataException if the bytes are no such column
   */
  public static Vector get(BytesInput in, int count, int[] wanted) throws DamagedDataException {
    int form = in.getByte() & 0xff;
    return switch (form) {
      case PLAIN -> Vector.plain(unpacked(in, count, wanted));
      case SPARSE -> Vector.plain(sparse(in, count, wanted));
      default -> get(form, in, count);
    };
  }

  private static Vector get(int form, BytesInput in, int count) throws DamagedDataException {
    return switch (form) {
      case CONSTANT -> Vector.constant(in.getZigzag(), count);
      case PLAIN -> Vector.plain(packed(in, count));
      case DELTA -> Vector.plain(summed(in, count));
      case CODED -> coded(in, count);
      case SPARSE -> Vector.plain(sparse(in, count));
      default ->
          throw new DamagedDataException(
              "a column of integers must have a form from 0 to 4, got %d before offset %d"
                  .formatted(form, in.position()));
    };
  }

  private static long[] summed(BytesInput in, int count) throws DamagedDataException {
    long[] values = new long[count];
    values[0] = in.getZigzag();
    unpack(in, values, 1, count - 1);
    for (int i = 1; i < count; i++) {
      values[i] += values[i - 1];
    }
    return values;
  }

  private static Vector coded(BytesInput in, int count) throws DamagedDataException {
    long[] distinct = new long[in.getVarint(VALUES_MAX)];
    long before = 0;
    for (int i = 0; i < distinct.length; i++) {
      before += in.getZigzag();
      distinct[i] = before;
    }
    return Vector.coded(distinct, codes(in, count, distinct.length, null), new ByteArena(0));
  }

  /**
   * Packed numbers below a limit.
   *
   * @param wanted the entries that are looked at, ascending, others may be 0; null for all
   */
  static int[] codes(BytesInput in, int count, int limit, int @Nullable [] wanted)
      throws DamagedDataException {
    long[] packed = wanted == null ? packed(in, count) : unpacked(in, count, wanted);
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      if (packed[i] < 0 || packed[i] >= limit) {
        throw new DamagedDataException(
            "a number of a value must be below %d, got %d before offset %d"
                .formatted(limit, packed[i], in.position()));
      }
      codes[i] = (int) packed[i];
    }
    return codes;
  }

  private static long[] sparse(BytesInput in, int count) throws DamagedDataException {
    byte[] bits = in.getBytes((count + 7) >>> 3);
    int present = present(in, bits, count);
    Vector values = get(in, present);
    long[] all = new long[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      if ((bits[i >>> 3] & (1 << (i & 7))) != 0) {
        all[i] = values.get(at++);
      }
    }
    return all;
  }

  private static long[] sparse(BytesInput in, int count, int[] wanted) throws DamagedDataException {
    byte[] bits = in.getBytes((count + 7) >>> 3);
    int present = present(in, bits, count);
    int[] rows = new int[wanted.length];
    int[] entries = new int[wanted.length];
    int found = 0;
    int group = 0;
    int before = 0; // values before the group of eight rows
    for (int row : wanted) {
      for (; group < row >>> 3; group++) {
        before += Integer.bitCount(bits[group] & 0xff);
      }
      int bit = 1 << (row & 7);
      if ((bits[group] & bit) != 0) {
        rows[found] = row;
        entries[found++] = before + Integer.bitCount(bits[group] & (bit - 1));
      }
    }
    Vector values = get(in, present, Arrays.copyOf(entries, found));
    long[] some = new long[count];
    for (int i = 0; i < found; i++) {
      some[rows[i]] = values.get(entries[i]);
    }
    return some;
  }

  /** How many values a sparse column has. */
  private static int present(BytesInput in, byte[] bits, int count) throws DamagedDataException {
    int present = 0;
    for (byte each : bits) {
      present += Integer.bitCount(each & 0xff);
    }
    if (present == 0 || present > count) {
      throw new DamagedDataException(
          "a sparse column must have 1 to %d values, got %d before offset %d"
              .formatted(count, present, in.position()));
    }
    if ((count & 7) != 0 && (bits[bits.length - 1] & 0xff) >>> (count & 7) != 0) {
      throw new DamagedDataException(
          "a sparse column has bits beyond its end before offset %d".formatted(in.position()));
    }
    return present;
  }

  private static long[] packed(BytesInput in, int count) throws DamagedDataException {
    long[] values = new long[count];
    unpack(in, values, 0, count);
    return values;
  }

  /** Numbers of which the blocks without a wanted one stay 0. */
  private static long[] unpacked(BytesInput in, int count, int[] wanted)
      throws DamagedDataException {
    long[] values = new long[count];
    int next = 0;
    for (int at = 0; at < count; at += MINI) {
      int size = Math.min(MINI, count - at);
      long min = in.getZigzag();
      int width = width(in);
      if (next < wanted.length && wanted[next] < at + size) {
        BitPacking.get(in, values, at, size, min, width);
      } else {
        in.skip(BitPacking.bytes(size, width));
      }
      while (next < wanted.length && wanted[next] < at + size) {
        next++;
      }
    }
    return values;
  }

  private static void unpack(BytesInput in, long[] target, int from, int count)
      throws DamagedDataException {
    for (int at = 0; at < count; at += MINI) {
      long min = in.getZigzag();
      int width = width(in);
      BitPacking.get(in, target, from + at, Math.min(MINI, count - at), min, width);
    }
  }

  private static int width(BytesInput in) throws DamagedDataException {
    int width = in.getByte() & 0xff;
    if (width > Long.SIZE) {
      throw new DamagedDataException(
          "packed numbers must have at most 64 bits, got %d before offset %d"
              .formatted(width, in.position()));
    }
    return width;
  }
}
