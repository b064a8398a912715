package io.ghostworks.series.chunk;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Float values with their exact bits, in the form that takes least. A value counts as decimal where
 * {@code integer / 10^scale} gives its very bits; a few values that are not (staleness markers,
 * NaN, -0) are kept aside.
 *
 * <pre>
 * column    := head:u8 [asides] form
 * head      := form + 16 * scale, +8 where there are asides
 * asides    := count:varint (gap:varint bits:u64)[count]   // gap to the index after the aside before; its integer is that of the value before it, or of the first decimal
 * form 0    := bits:u64                             // all values are the same
 * form 1    := integer:zigzag                       // all values are the same decimal
 * form 2    := first:zigzag differences             // of the integers
 * form 3    := integers as a column                 // for what goes up and down
 * form 4    := first:zigzag differences             // of the integers minus those of the bucket before, see {@link BucketColumn}
 * form 5    := first:zigzag differences residuals   // nearly decimal: bits = bits(integer / 10^scale) + residual
 * form 6    := first:u64 differences                // of the bits taken as integers, modulo 2^64
 * differences, residuals := the count - 1 differences, count residuals as columns of {@link ColumnPacking}
 * </pre>
 *
 * Only forms 1 to 4 have asides. One object serves one thread.
 */
final class FloatColumnCodec {
  private static final int CONSTANT_BITS = 0;
  private static final int CONSTANT = 1;
  private static final int DIFFERENCES = 2;
  private static final int LEVELS = 3;
  private static final int SIBLING = 4;
  private static final int RESIDUALS = 5;
  private static final int RAW = 6;
  private static final int FORM = 7;
  private static final int ASIDES = 8;

  /** Durations in seconds are whole nanoseconds, and their sums nearly. */
  private static final int RESIDUAL_SCALE = 9;

  private static final long RESIDUAL_MAX = 1 << 12;
  private static final long INTEGER_MAX = 1L << 53;

  private final ColumnPacking packing = new ColumnPacking();
  private final DecimalColumn decimals = new DecimalColumn();
  private long[] work = new long[512];
  private long[] residuals = new long[512];

  /**
   * Appends the values, given by their bits; at least one.
   *
   * @param before of the bucket before at the same times, or null
   * @param bucket gets the integers where the values are integers, or null
   */
  void encode(
      long[] bits,
      int offset,
      int count,
      @Nullable BucketColumn before,
      @Nullable BucketColumn bucket,
      BytesOutput out) {
    reserve(count);
    if (bucket != null) {
      bucket.clear();
    }
    if (!decimals.read(bits, offset, count)) {
      encodeBits(bits, offset, count, out);
      return;
    }
    if (bucket != null && decimals.scale() == 0) {
      bucket.set(decimals.integers(), count);
    }
    encodeDecimal(bits, offset, count, before, out);
  }

  /**
   * Reads values as bits.
   *
   * @param before of the bucket before, where {@link #needsBucketBefore} said so
   * @param bucket gets the integers, which must be such, or null
   * @throws DamagedDataException if the bytes are no such column
   */
  void decode(
      BytesInput in,
      long[] out,
      int count,
      @Nullable BucketColumn before,
      @Nullable BucketColumn bucket)
      throws DamagedDataException {
    reserve(count);
    int head = in.getByte();
    int scale = head >>> 4;
    int asides = in.arrayOffset();
    int asideCount = (head & ASIDES) == 0 ? 0 : skipAsides(in, count);
    BytesInput kept =
        asideCount == 0 ? in : new BytesInput(in.array(), asides, in.arrayOffset() - asides);
    switch (head & FORM) {
      case CONSTANT_BITS -> Arrays.fill(out, 0, count, in.getLong());
      case CONSTANT -> Arrays.fill(out, 0, count, in.getZigzag());
      case DIFFERENCES -> differences(in, out, count);
      case LEVELS -> packing.decode(in, out, 0, count);
      case SIBLING -> sibling(in, out, count, before);
      case RESIDUALS -> {
        differences(in, out, count);
        toBits(out, count, scale);
        packing.decode(in, residuals, 0, count);
        for (int i = 0; i < count; i++) {
          out[i] += residuals[i];
        }
      }
      case RAW -> {
        out[0] = in.getLong();
        packing.decode(in, out, 1, count - 1);
        for (int i = 1; i < count; i++) {
          out[i] += out[i - 1];
        }
      }
      default ->
          throw new DamagedDataException(
              "the form of a column of values must be 0 to 6, got %d".formatted(head & FORM));
    }
    int form = head & FORM;
    if (form >= CONSTANT && form <= SIBLING) {
      if (bucket != null) {
        keepCounts(out, count, scale, bucket);
      }
      toBits(out, count, scale);
      if (asideCount > 0) {
        putAsides(kept, out, count);
      }
    } else if (asideCount > 0 || bucket != null) {
      throw new DamagedDataException(
          "a column of form %d has neither asides nor counts of a bucket".formatted(form));
    }
  }

  private static void keepCounts(long[] integers, int count, int scale, BucketColumn bucket)
      throws DamagedDataException {
    if (scale != 0) {
      throw new DamagedDataException(
          "the counts of a bucket must be integers, got a scale of %d".formatted(scale));
    }
    bucket.set(integers, count);
  }

  /**
   * Whether the column that begins with this byte is one of a bucket and needs that of the bucket
   * before.
   */
  static boolean needsBucketBefore(int head) {
    return (head & FORM) == SIBLING;
  }

  private void encodeDecimal(
      long[] bits, int offset, int count, @Nullable BucketColumn before, BytesOutput out) {
    long[] integers = decimals.integers();
    int scale = decimals.scale();
    if (isConstant(integers, 0, count)) {
      head(CONSTANT, bits, offset, out);
      out.putZigzag(integers[0]);
      return;
    }
    boolean ascends = toDifferences(integers, count, work);
    ColumnPacking.Plan plan = packing.plan(work, 1, count - 1);
    if (before != null && before.size() == count && scale == 0) {
      for (int i = 0; i < count; i++) {
        residuals[i] = integers[i] - before.integer(i);
      }
      long first = residuals[0];
      differencesInPlace(residuals, count);
      ColumnPacking.Plan sibling = packing.plan(residuals, 1, count - 1);
      if (sibling.bits() < plan.bits()) {
        head(SIBLING, bits, offset, out);
        out.putZigzag(first);
        packing.write(residuals, 1, count - 1, sibling, out);
        return;
      }
    }
    int start = out.position();
    ColumnPacking.Plan levels = ascends ? plan : packing.plan(integers, 0, count);
    if (levels.bits() < plan.bits()) {
      head(LEVELS, bits, offset, out);
      packing.write(integers, 0, count, levels, out);
    } else {
      head(DIFFERENCES, bits, offset, out);
      out.putZigzag(integers[0]);
      packing.write(work, 1, count - 1, plan, out);
    }
    if (decimals.scale() > 0 && out.position() - start > 3 * count) {
      preferBits(bits, offset, count, start, out);
    }
  }

  /** Takes the form without decimals where that is smaller than what was written. */
  private void preferBits(long[] bits, int offset, int count, int start, BytesOutput out) {
    int end = out.position();
    encodeBits(bits, offset, count, out);
    int other = out.position() - end;
    if (other < end - start) {
      System.arraycopy(out.array(), end, out.array(), start, other);
      out.truncate(start + other);
    } else {
      out.truncate(end);
    }
  }

  private void encodeBits(long[] bits, int offset, int count, BytesOutput out) {
    if (isConstant(bits, offset, count)) {
      out.putByte(CONSTANT_BITS);
      out.putLong(bits[offset]);
      return;
    }
    for (int i = 1; i < count; i++) {
      work[i] = bits[offset + i] - bits[offset + i - 1];
    }
    ColumnPacking.Plan raw = packing.plan(work, 1, count - 1);
    if (nearlyDecimal(bits, offset, count)) {
      long first = decimals.integers()[0];
      differencesInPlace(decimals.integers(), count);
      ColumnPacking.Plan nearly = packing.plan(decimals.integers(), 1, count - 1);
      ColumnPacking.Plan rest = packing.plan(residuals, 0, count);
      if (nearly.bits() + rest.bits() < raw.bits()) {
        out.putByte(RESIDUALS | RESIDUAL_SCALE << 4);
        out.putZigzag(first);
        packing.write(decimals.integers(), 1, count - 1, nearly, out);
        packing.write(residuals, 0, count, rest, out);
        return;
      }
    }
    out.putByte(RAW);
    out.putLong(bits[offset]);
    packing.write(work, 1, count - 1, raw, out);
  }

  /** Sets integers and residuals, where all values are near a decimal. */
  private boolean nearlyDecimal(long[] bits, int offset, int count) {
    long[] integers = decimals.integers();
    double power = DecimalColumn.power(RESIDUAL_SCALE);
    for (int i = 0; i < count; i++) {
      double scaled = Math.rint(Double.longBitsToDouble(bits[offset + i]) * power);
      if (!(scaled > -INTEGER_MAX && scaled < INTEGER_MAX)) {
        return false;
      }
      integers[i] = (long) scaled;
      residuals[i] = bits[offset + i] - Double.doubleToRawLongBits(integers[i] / power);
      if (residuals[i] > RESIDUAL_MAX || residuals[i] < -RESIDUAL_MAX) {
        return false;
      }
    }
    return true;
  }

  private void head(int form, long[] bits, int offset, BytesOutput out) {
    int count = decimals.asides();
    out.putByte(form | decimals.scale() << 4 | (count > 0 ? ASIDES : 0));
    if (count > 0) {
      out.putVarint(count);
      int next = 0;
      for (int i = 0; i < count; i++) {
        int aside = decimals.aside(i);
        out.putVarint(aside - next);
        out.putLong(bits[offset + aside]);
        next = aside + 1;
      }
    }
  }

  private static int skipAsides(BytesInput in, int count) throws DamagedDataException {
    int asides = in.getVarint(count);
    for (int i = 0; i < asides; i++) {
      in.getVarint(count);
      in.skip(Long.BYTES);
    }
    return asides;
  }

  private static void putAsides(BytesInput in, long[] out, int count) throws DamagedDataException {
    int index = 0;
    for (int left = in.getVarint(count); left > 0; left--) {
      index += in.getVarint(count);
      if (index >= count) {
        throw new DamagedDataException(
            "a value kept aside must be one of %d, got index %d".formatted(count, index));
      }
      out[index++] = in.getLong();
    }
  }

  private void differences(BytesInput in, long[] out, int count) throws DamagedDataException {
    out[0] = in.getZigzag();
    packing.decode(in, out, 1, count - 1);
    for (int i = 1; i < count; i++) {
      out[i] += out[i - 1];
    }
  }

  private void sibling(BytesInput in, long[] out, int count, @Nullable BucketColumn before)
      throws DamagedDataException {
    if (before == null || before.size() != count) {
      throw new DamagedDataException(
          "a bucket of %d values must have a bucket before it with as many".formatted(count));
    }
    differences(in, out, count);
    before.addTo(out);
  }

  private static void toBits(long[] integers, int count, int scale) {
    if (scale == 0) {
      for (int i = 0; i < count; i++) {
        integers[i] = Double.doubleToRawLongBits((double) integers[i]);
      }
      return;
    }
    double power = DecimalColumn.power(scale);
    for (int i = 0; i < count; i++) {
      integers[i] = Double.doubleToRawLongBits(integers[i] / power);
    }
  }

  /** Answers whether no difference is negative. */
  private static boolean toDifferences(long[] values, int count, long[] target) {
    long signs = 0;
    for (int i = 1; i < count; i++) {
      target[i] = values[i] - values[i - 1];
      signs |= target[i];
    }
    return signs >= 0;
  }

  private static void differencesInPlace(long[] values, int count) {
    for (int i = count - 1; i > 0; i--) {
      values[i] -= values[i - 1];
    }
  }

  private static boolean isConstant(long[] values, int offset, int count) {
    for (int i = 1; i < count; i++) {
      if (values[offset + i] != values[offset]) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int count) {
    if (work.length < count) {
      work = new long[count];
      residuals = new long[count];
    }
  }
}
