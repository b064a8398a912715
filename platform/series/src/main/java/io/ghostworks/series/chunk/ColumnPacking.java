package io.ghostworks.series.chunk;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;

/**
 * Integers as a common base and what is different from it, in the smaller of two forms: bit-packed
 * distances of all values with exceptions for the few that need more bits, as in {@link
 * IntegerPacking}, or a bitmap of the values that are not the base and those alone, packed. The
 * second is for series that rarely change.
 *
 * <pre>
 * column    := head:u8 base:zigzag (plain | sparse)
 * head      := width 0 to 64 of plain, +128 where exceptions follow | 65 + width 0 to 62 of sparse
 * plain     := [exceptions:varint] packed [exception[exceptions]]
 * packed    := ceil(count * width / 8) bytes; value - base, value i in the bits [i * width, (i + 1) * width), least significant first
 * exception := gap:varint high:varint        // gap to the index after the exception before; high = distance >>> width
 * sparse    := other:zigzag bitmap packed    // bitmap: ceil(count / 8) bytes, bit i where value i is not the base; packed: those values - other
 * </pre>
 *
 * Distances are taken modulo 2^64. The count is the caller's to keep; a column of none has no
 * bytes. One object serves one thread.
 */
final class ColumnPacking {
  private static final int EXCEPTIONS = 128;
  private static final int SPARSE = 65;
  private static final int SPARSE_WIDTH_MAX = 62;

  /** The base of a sparse column: of the differences of a series that rarely changes. */
  private static final long UNCHANGED = 0;

  private final int[] lengths = new int[65];
  private long[] others = new long[512];

  /** Appends a column. */
  void encode(long[] values, int offset, int count, BytesOutput out) {
    write(values, offset, count, plan(values, offset, count), out);
  }

  /** Appends a column as it was planned. */
  void write(long[] values, int offset, int count, Plan plan, BytesOutput out) {
    if (count == 0) {
      return;
    }
    if (plan.sparse) {
      writeSparse(values, offset, count, plan, out);
    } else {
      writePlain(values, offset, count, plan, out);
    }
  }

  /**
   * Reads a column of {@code count} values into an array.
   *
   * @throws DamagedDataException if the bytes are no such column
   */
  void decode(BytesInput in, long[] out, int offset, int count) throws DamagedDataException {
    if (count == 0) {
      return;
    }
    int head = in.getByte();
    long base = in.getZigzag();
    int width = head & ~EXCEPTIONS;
    if (width < SPARSE) {
      decodePlain(in, head >= EXCEPTIONS, width, base, out, offset, count);
    } else if (head == width) {
      decodeSparse(in, width - SPARSE, base, out, offset, count);
    } else {
      throw new DamagedDataException("a packed column must not begin with %d".formatted(head));
    }
  }

  private static void decodePlain(
      BytesInput in, boolean patched, int width, long base, long[] out, int offset, int count)
      throws DamagedDataException {
    int exceptions = patched ? in.getVarint(count) : 0;
    int packedBytes = (int) (((long) count * width + 7) >>> 3);
    int from = in.arrayOffset();
    in.skip(packedBytes);
    IntegerPacking.unpack(in.array(), from, width, base, out, offset, count);
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

  private void decodeSparse(BytesInput in, int width, long base, long[] out, int offset, int count)
      throws DamagedDataException {
    long other = in.getZigzag();
    int bitmap = in.arrayOffset();
    int bitmapBytes = (count + 7) >>> 3;
    in.skip(bitmapBytes);
    byte[] bytes = in.array();
    int set = 0;
    for (int i = 0; i < bitmapBytes; i++) {
      set += Integer.bitCount(bytes[bitmap + i] & 0xff);
    }
    if (set > count) {
      throw new DamagedDataException(
          "a column of %d values must not have %d that differ".formatted(count, set));
    }
    reserve(set);
    int from = in.arrayOffset();
    in.skip((int) (((long) set * width + 7) >>> 3));
    IntegerPacking.unpack(bytes, from, width, other, others, 0, set);
    Arrays.fill(out, offset, offset + count, base);
    int next = 0;
    for (int i = 0; i < bitmapBytes; i++) {
      for (int left = bytes[bitmap + i] & 0xff; left != 0; left &= left - 1) {
        int index = i * 8 + Integer.numberOfTrailingZeros(left);
        if (index >= count) {
          throw new DamagedDataException(
              "a bitmap of %d values must not have bit %d".formatted(count, index));
        }
        out[offset + index] = others[next++];
      }
    }
  }

  /**
   * How a column is written.
   *
   * @param bits what it takes, about
   * @param base of all, or of those that are not in the bitmap
   * @param other the base of those in the bitmap
   */
  record Plan(boolean sparse, long bits, long base, long other, int width) {
    private static final Plan EMPTY = new Plan(false, 0, 0, 0, 0);
  }

  /** The smaller form of a column. */
  Plan plan(long[] values, int offset, int count) {
    if (count == 0) {
      return Plan.EMPTY;
    }
    long lowest = Long.MAX_VALUE;
    long second = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    int changed = 0;
    for (int i = offset; i < offset + count; i++) {
      long value = values[i];
      highest = Math.max(highest, value);
      if (value < lowest) {
        second = lowest;
        lowest = value;
      } else if (value < second) {
        second = value;
      }
      changed += value != UNCHANGED ? 1 : 0;
    }
    Plan plain = plain(values, offset, count, lowest);
    if (count > 2 && bits(highest - second) != bits(highest - lowest)) {
      Plan ofSecond = plain(values, offset, count, second);
      plain = ofSecond.bits < plain.bits ? ofSecond : plain;
    }
    long bitmap = 16L + ((count + 7) & ~7);
    return changed == 0 || bitmap >= plain.bits
        ? plain
        : smaller(plain, values, offset, count, changed);
  }

  private static Plan smaller(Plan plain, long[] values, int offset, int count, int changed) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = offset; i < offset + count; i++) {
      if (values[i] != UNCHANGED) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
    }
    int width = bits(most - least);
    long sparse = 16 + ((count + 7) & ~7) + (long) changed * width;
    return width <= SPARSE_WIDTH_MAX && sparse < plain.bits
        ? new Plan(true, sparse, UNCHANGED, least, width)
        : plain;
  }

  private static int bits(long distance) {
    return 64 - Long.numberOfLeadingZeros(distance);
  }

  /** The best width at a base. */
  private Plan plain(long[] values, int offset, int count, long base) {
    Arrays.fill(lengths, 0);
    long together = 0;
    for (int i = offset; i < offset + count; i++) {
      long distance = values[i] - base;
      together |= distance;
      lengths[bits(distance)]++;
    }
    int longest = bits(together);
    long best = Long.MAX_VALUE;
    int bestWidth = longest;
    for (int width = longest; width >= 0; width--) {
      long bits = (long) count * width;
      for (int length = longest; length > width; length--) {
        if (lengths[length] > 0) {
          bits += (long) lengths[length] * (8 + 8 * ((length - width + 6) / 7));
        }
      }
      if (bits <= best) {
        best = bits;
        bestWidth = width;
      }
    }
    return new Plan(false, best, base, base, bestWidth);
  }

  private static void writePlain(long[] values, int offset, int count, Plan plan, BytesOutput out) {
    int width = plan.width;
    int exceptions = 0;
    if (width < 64) {
      for (int i = offset; i < offset + count; i++) {
        exceptions += (values[i] - plan.base) >>> width != 0 ? 1 : 0;
      }
    }
    out.putByte(width | (exceptions > 0 ? EXCEPTIONS : 0));
    out.putZigzag(plan.base);
    if (exceptions > 0) {
      out.putVarint(exceptions);
    }
    IntegerPacking.pack(values, offset, count, plan.base, width, out);
    if (exceptions > 0) {
      int next = 0;
      for (int i = 0; i < count; i++) {
        long high = (values[offset + i] - plan.base) >>> width;
        if (high != 0) {
          out.putVarint(i - next);
          out.putVarint(high);
          next = i + 1;
        }
      }
    }
  }

  private void writeSparse(long[] values, int offset, int count, Plan plan, BytesOutput out) {
    out.putByte(SPARSE + plan.width);
    out.putZigzag(plan.base);
    out.putZigzag(plan.other);
    reserve(count);
    int set = 0;
    for (int i = 0; i < count; i += 8) {
      int bits = 0;
      for (int k = i; k < Math.min(count, i + 8); k++) {
        if (values[offset + k] != plan.base) {
          bits |= 1 << (k - i);
          others[set++] = values[offset + k];
        }
      }
      out.putByte(bits);
    }
    IntegerPacking.pack(others, 0, set, plan.other, plan.width, out);
  }

  private void reserve(int count) {
    if (others.length < count) {
      others = new long[count];
    }
  }
}
