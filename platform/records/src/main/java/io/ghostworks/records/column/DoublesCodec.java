package io.ghostworks.records.column;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * Columns of doubles, bit for bit, as their raw bits.
 *
 * <pre>
 * doubles := scale:u8 longs(n)       // scale in [0, 12]: value = long / 10^scale
 *          | 255 blob                // the bits: first bytes of all, second bytes of all, and so on
 * </pre>
 */
public final class DoublesCodec {

  private static final int RAW = 255;
  private static final int SCALE_MAX = 12;
  private static final double WHOLE_MAX = 1L << 52;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12
  };

  private DoublesCodec() {}

  public static void put(BytesOutput out, long[] bits, int count) {
    long[] scaled = new long[count];
    int scale = 0;
    int from = 0;
    while (from < count && scale <= SCALE_MAX) {
      from = scale(bits, count, scale, scaled);
      if (from < count) {
        scale++;
      }
    }
    if (scale <= SCALE_MAX) {
      out.putByte(scale);
      LongsCodec.put(out, scaled, count);
      return;
    }
    out.putByte(RAW);
    byte[] planes = new byte[count * Long.BYTES];
    for (int i = 0; i < count; i++) {
      for (int plane = 0; plane < Long.BYTES; plane++) {
        planes[plane * count + i] = (byte) (bits[i] >>> (56 - 8 * plane));
      }
    }
    Blob.put(out, planes, 0, planes.length);
  }

  /** Scales until one does not fit; answers its index, or the count. */
  private static int scale(long[] bits, int count, int scale, long[] scaled) {
    double power = POWERS[scale];
    for (int i = 0; i < count; i++) {
      double value = Double.longBitsToDouble(bits[i]);
      double whole = Math.rint(value * power);
      if (!(Math.abs(whole) < WHOLE_MAX)
          || Double.doubleToRawLongBits((long) whole / power) != bits[i]) {
        return i;
      }
      scaled[i] = (long) whole;
    }
    return count;
  }

  public static Vector get(BytesInput in, int count) throws DamagedDataException {
    int scale = in.getByte() & 0xff;
    if (scale == RAW) {
      return Vector.plain(raw(Blob.get(in), count));
    }
    if (scale > SCALE_MAX) {
      throw new DamagedDataException(
          "a column of doubles must have a scale from 0 to 12, got %d before offset %d"
              .formatted(scale, in.position()));
    }
    Vector scaled = LongsCodec.get(in, count);
    double power = POWERS[scale];
    long[] bits = new long[scaled.valueCount()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(scaled.value(i) / power);
    }
    return scaled.withValues(bits);
  }

  private static long[] raw(BytesInput planes, int count) throws DamagedDataException {
    if (planes.remaining() != count * Long.BYTES) {
      throw new DamagedDataException(
          "%d doubles must have %d bytes, got %d"
              .formatted(count, count * Long.BYTES, planes.remaining()));
    }
    long[] bits = new long[count];
    byte[] bytes = planes.array();
    int from = planes.arrayOffset();
    for (int plane = 0; plane < Long.BYTES; plane++) {
      for (int i = 0; i < count; i++) {
        bits[i] = bits[i] << 8 | (bytes[from + plane * count + i] & 0xff);
      }
    }
    return bits;
  }
}
