package io.ghostworks.series.chunk;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * Float values with their exact bits. Most metrics are short decimals, which become integers: a
 * value counts as decimal where {@code integer / 10^scale} gives its very bits. What is not decimal
 * among decimals (staleness markers, NaN, -0) is kept aside; where too much is not, differences of
 * the raw bits are packed.
 *
 * <pre>
 * column   := constant | decimal | raw
 * constant := 0:u8 bits:u64
 * decimal  := 1:u8 scale:u8 asides:varint aside[asides] first:zigzag differences   // of the integers
 * aside    := gap:varint bits:u64                        // gap to the index after the aside before; its integer is that of the value before it
 * raw      := 2:u8 first:u64 differences                 // of the bits taken as integers, modulo 2^64
 * differences := the count - 1 differences as a column of {@link IntegerPacking}
 * </pre>
 *
 * One object serves one thread.
 */
public final class ValueColumnCodec {
  private static final int CONSTANT = 0;
  private static final int DECIMAL = 1;
  private static final int RAW = 2;
  private static final int SCALE_MAX = 15;
  private static final long INTEGER_MAX = 1L << 53;
  private static final double[] POWERS = new double[SCALE_MAX + 1];

  static {
    double power = 1;
    for (int i = 0; i <= SCALE_MAX; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private final IntegerPacking packing = new IntegerPacking();
  private long[] integers = new long[512];
  private int[] asides = new int[64];

  /** Appends the values, given by their bits; at least one. */
  public void encode(long[] bits, int offset, int count, BytesOutput out) {
    if (integers.length < count) {
      integers = new long[count];
    }
    int start = out.position();
    if (encodeDecimal(bits, offset, count, out)) {
      if (out.position() - start <= 2 * count) {
        return;
      }
      int decimalBytes = out.position() - start;
      encodeRaw(bits, offset, count, out);
      if (out.position() - start - decimalBytes >= decimalBytes) {
        out.truncate(start + decimalBytes);
        return;
      }
      out.truncate(start);
    }
    if (isConstant(bits, offset, count)) {
      out.putByte(CONSTANT);
      out.putLong(bits[offset]);
    } else {
      encodeRaw(bits, offset, count, out);
    }
  }

  /** Reads {@code count} values as bits. */
  public void decode(BytesInput in, long[] out, int count) throws DamagedDataException {
    int mode = in.getByte();
    switch (mode) {
      case CONSTANT -> java.util.Arrays.fill(out, 0, count, in.getLong());
      case DECIMAL -> decodeDecimal(in, out, count);
      case RAW -> {
        out[0] = in.getLong();
        IntegerPacking.decode(in, out, 1, count - 1);
        for (int i = 1; i < count; i++) {
          out[i] += out[i - 1];
        }
      }
      default ->
          throw new DamagedDataException(
              "the encoding of a column of values must be 0, 1 or 2, got %d".formatted(mode));
    }
  }

  private void decodeDecimal(BytesInput in, long[] out, int count) throws DamagedDataException {
    int scale = in.getByte();
    int asideCount = in.getVarint(count);
    if (scale > SCALE_MAX) {
      throw new DamagedDataException(
          "a decimal scale must be at most %d, got %d".formatted(SCALE_MAX, scale));
    }
    int asidesAt = in.arrayOffset();
    for (int i = 0; i < asideCount; i++) {
      in.getVarint(count);
      in.skip(Long.BYTES);
    }
    BytesInput asideInput = new BytesInput(in.array(), asidesAt, in.arrayOffset() - asidesAt);
    long integer = in.getZigzag();
    IntegerPacking.decode(in, out, 1, count - 1);
    double power = POWERS[scale];
    out[0] = Double.doubleToRawLongBits(integer / power);
    for (int i = 1; i < count; i++) {
      integer += out[i];
      out[i] = Double.doubleToRawLongBits(integer / power);
    }
    int index = 0;
    for (int i = 0; i < asideCount; i++) {
      index += asideInput.getVarint(count);
      if (index >= count) {
        throw new DamagedDataException(
            "a value kept aside must be one of %d, got index %d".formatted(count, index));
      }
      out[index++] = asideInput.getLong();
    }
  }

  private boolean encodeDecimal(long[] bits, int offset, int count, BytesOutput out) {
    int asidesMax = Math.min(asides.length, 1 + count / 8);
    int scale = scale(bits, offset, count, asidesMax);
    if (scale < 0) {
      return false;
    }
    int asideCount = 0;
    long last = 0;
    for (int i = 0; i < count; i++) {
      double value = Double.longBitsToDouble(bits[offset + i]);
      long integer = (long) Math.rint(value * POWERS[scale]);
      if (isExact(bits[offset + i], integer, scale)) {
        last = integer;
      } else {
        if (asideCount == asidesMax) {
          return false;
        }
        asides[asideCount++] = i;
      }
      integers[i] = last;
    }
    if (asideCount == count) {
      return false;
    }
    out.putByte(DECIMAL);
    out.putByte(scale);
    out.putVarint(asideCount);
    int next = 0;
    for (int i = 0; i < asideCount; i++) {
      out.putVarint(asides[i] - next);
      out.putLong(bits[offset + asides[i]]);
      next = asides[i] + 1;
    }
    out.putZigzag(integers[0]);
    for (int i = count - 1; i > 0; i--) {
      integers[i] -= integers[i - 1];
    }
    packing.encode(integers, 1, count - 1, out);
    return true;
  }

  /** The smallest scale that makes all values but a few integers, or -1. */
  private static int scale(long[] bits, int offset, int count, int asidesMax) {
    int scale = 0;
    int misses = 0;
    for (int i = offset; i < offset + count; i++) {
      double value = Double.longBitsToDouble(bits[i]);
      int candidate = scale;
      while (candidate <= SCALE_MAX
          && !isExact(bits[i], (long) Math.rint(value * POWERS[candidate]), candidate)) {
        candidate++;
      }
      if (candidate <= SCALE_MAX) {
        scale = candidate;
      } else if (++misses > asidesMax) {
        return -1;
      }
    }
    return scale;
  }

  private static boolean isExact(long bits, long integer, int scale) {
    return integer < INTEGER_MAX
        && integer > -INTEGER_MAX
        && Double.doubleToRawLongBits(integer / POWERS[scale]) == bits;
  }

  private void encodeRaw(long[] bits, int offset, int count, BytesOutput out) {
    out.putByte(RAW);
    out.putLong(bits[offset]);
    for (int i = 1; i < count; i++) {
      integers[i] = bits[offset + i] - bits[offset + i - 1];
    }
    packing.encode(integers, 1, count - 1, out);
  }

  private static boolean isConstant(long[] bits, int offset, int count) {
    for (int i = 1; i < count; i++) {
      if (bits[offset + i] != bits[offset]) {
        return false;
      }
    }
    return true;
  }
}
