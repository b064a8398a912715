package io.ghostworks.series.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Native histograms, each as the difference to the one before it where there is one. Doubles keep
 * their exact bits.
 *
 * <pre>
 * histogram := flags:u8 [layout] sum:f64 zeroCount count positive[] negative[]
 * flags     := bits 0-1 counter reset hint, bit 2 same layout as the one before, bit 3 all counts are integers
 * layout    := schema:zigzag zeroThreshold:f64 spans spans counts:varint counts:varint bounds:varint f64[bounds]
 * spans     := n:varint (offset:zigzag length:varint)[n]
 * number    := zigzag difference to the same number of the one before (0 without the same layout, or where that is no integer); or f64
 * </pre>
 */
public final class HistogramCodec {
  private static final double INTEGER_MAX = 1L << 53;

  /** A hint's number is its place here. */
  private static final List<CounterReset> RESETS =
      List.of(CounterReset.UNKNOWN, CounterReset.RESET, CounterReset.NOT_RESET, CounterReset.GAUGE);

  private static final int SAME_LAYOUT = 4;
  private static final int INTEGERS = 8;
  private static final int[] NO_INTS = {};
  private static final double[] NO_DOUBLES = {};

  private HistogramCodec() {}

  /** Appends a histogram. */
  public static void encode(
      FloatHistogram histogram, @Nullable FloatHistogram before, BytesOutput out) {
    boolean same = before != null && sameLayout(histogram, before);
    boolean integers =
        isInteger(histogram.zeroCount())
            && isInteger(histogram.count())
            && areIntegers(histogram.positiveCounts())
            && areIntegers(histogram.negativeCounts());
    out.putByte(
        RESETS.indexOf(histogram.counterReset())
            | (same ? SAME_LAYOUT : 0)
            | (integers ? INTEGERS : 0));
    if (!same) {
      encodeLayout(histogram, out);
    }
    out.putDouble(histogram.sum());
    FloatHistogram base = same ? before : null;
    number(histogram.zeroCount(), base == null ? 0 : base.zeroCount(), integers, out);
    number(histogram.count(), base == null ? 0 : base.count(), integers, out);
    numbers(histogram.positiveCounts(), base == null ? null : base.positiveCounts(), integers, out);
    numbers(histogram.negativeCounts(), base == null ? null : base.negativeCounts(), integers, out);
  }

  /**
   * Reads what {@link #encode} wrote with the same predecessor.
   *
   * @throws DamagedDataException if the bytes are no histogram
   */
  public static FloatHistogram decode(BytesInput in, @Nullable FloatHistogram before)
      throws DamagedDataException {
    int flags = in.getByte();
    boolean integers = (flags & INTEGERS) != 0;
    if (flags > 15) {
      throw new DamagedDataException("a histogram must not have the flags %d".formatted(flags));
    }
    Layout layout;
    FloatHistogram base = null;
    if ((flags & SAME_LAYOUT) == 0) {
      layout = decodeLayout(in);
    } else if (before == null) {
      throw new DamagedDataException("a histogram has the layout of one before, but there is none");
    } else {
      base = before;
      layout = Layout.of(before);
    }
    double sum = in.getDouble();
    double zeroCount = number(in, base == null ? 0 : base.zeroCount(), integers);
    double count = number(in, base == null ? 0 : base.count(), integers);
    double[] positive =
        numbers(in, layout.positives, base == null ? null : base.positiveCounts(), integers);
    double[] negative =
        numbers(in, layout.negatives, base == null ? null : base.negativeCounts(), integers);
    return new FloatHistogram(
        RESETS.get(flags & 3),
        layout.schema,
        layout.zeroThreshold,
        zeroCount,
        count,
        sum,
        layout.positiveOffsets,
        layout.positiveLengths,
        positive,
        layout.negativeOffsets,
        layout.negativeLengths,
        negative,
        layout.bounds);
  }

  private static boolean sameLayout(FloatHistogram left, FloatHistogram right) {
    return left.schema() == right.schema()
        && Double.doubleToRawLongBits(left.zeroThreshold())
            == Double.doubleToRawLongBits(right.zeroThreshold())
        && Arrays.equals(left.positiveSpanOffsets(), right.positiveSpanOffsets())
        && Arrays.equals(left.positiveSpanLengths(), right.positiveSpanLengths())
        && Arrays.equals(left.negativeSpanOffsets(), right.negativeSpanOffsets())
        && Arrays.equals(left.negativeSpanLengths(), right.negativeSpanLengths())
        && left.positiveCounts().length == right.positiveCounts().length
        && left.negativeCounts().length == right.negativeCounts().length
        && Arrays.equals(left.customBounds(), right.customBounds());
  }

  private static void encodeLayout(FloatHistogram histogram, BytesOutput out) {
    out.putZigzag(histogram.schema());
    out.putDouble(histogram.zeroThreshold());
    spans(histogram.positiveSpanOffsets(), histogram.positiveSpanLengths(), out);
    spans(histogram.negativeSpanOffsets(), histogram.negativeSpanLengths(), out);
    out.putVarint(histogram.positiveCounts().length);
    out.putVarint(histogram.negativeCounts().length);
    out.putVarint(histogram.customBounds().length);
    for (double bound : histogram.customBounds()) {
      out.putDouble(bound);
    }
  }

  private static Layout decodeLayout(BytesInput in) throws DamagedDataException {
    int schema = (int) in.getZigzag();
    double zeroThreshold = in.getDouble();
    int[][] positive = spans(in);
    int[][] negative = spans(in);
    int positives = in.getVarint(in.remaining());
    int negatives = in.getVarint(in.remaining());
    int boundCount = in.getVarint(in.remaining() / Double.BYTES);
    double[] bounds = boundCount == 0 ? NO_DOUBLES : new double[boundCount];
    for (int i = 0; i < boundCount; i++) {
      bounds[i] = in.getDouble();
    }
    return new Layout(
        schema,
        zeroThreshold,
        positive[0],
        positive[1],
        positives,
        negative[0],
        negative[1],
        negatives,
        bounds);
  }

  private static void spans(int[] offsets, int[] lengths, BytesOutput out) {
    out.putVarint(offsets.length);
    for (int i = 0; i < offsets.length; i++) {
      out.putZigzag(offsets[i]);
      out.putVarint(Integer.toUnsignedLong(lengths[i]));
    }
  }

  private static int[][] spans(BytesInput in) throws DamagedDataException {
    int count = in.getVarint(in.remaining() / 2);
    if (count == 0) {
      return new int[][] {NO_INTS, NO_INTS};
    }
    int[] offsets = new int[count];
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = (int) in.getZigzag();
      lengths[i] = (int) in.getVarint();
    }
    return new int[][] {offsets, lengths};
  }

  private static void number(double value, double base, boolean integers, BytesOutput out) {
    if (integers) {
      out.putZigzag((long) value - (isInteger(base) ? (long) base : 0));
    } else {
      out.putDouble(value);
    }
  }

  private static double number(BytesInput in, double base, boolean integers)
      throws DamagedDataException {
    return integers
        ? (double) (in.getZigzag() + (isInteger(base) ? (long) base : 0))
        : in.getDouble();
  }

  private static void numbers(
      double[] values, double @Nullable [] base, boolean integers, BytesOutput out) {
    for (int i = 0; i < values.length; i++) {
      number(values[i], base == null ? 0 : base[i], integers, out);
    }
  }

  private static double[] numbers(
      BytesInput in, int count, double @Nullable [] base, boolean integers)
      throws DamagedDataException {
    if (count > in.remaining()) {
      throw new DamagedDataException(
          "a histogram of %d buckets must have as many bytes left, got %d"
              .formatted(count, in.remaining()));
    }
    double[] values = count == 0 ? NO_DOUBLES : new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = number(in, base == null ? 0 : base[i], integers);
    }
    return values;
  }

  private static boolean areIntegers(double[] values) {
    for (double value : values) {
      if (!isInteger(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInteger(double value) {
    return value > -INTEGER_MAX
        && value < INTEGER_MAX
        && Double.doubleToRawLongBits((double) (long) value) == Double.doubleToRawLongBits(value);
  }

  private record Layout(
      int schema,
      double zeroThreshold,
      int[] positiveOffsets,
      int[] positiveLengths,
      int positives,
      int[] negativeOffsets,
      int[] negativeLengths,
      int negatives,
      double[] bounds) {

    static Layout of(FloatHistogram histogram) {
      return new Layout(
          histogram.schema(),
          histogram.zeroThreshold(),
          histogram.positiveSpanOffsets(),
          histogram.positiveSpanLengths(),
          histogram.positiveCounts().length,
          histogram.negativeSpanOffsets(),
          histogram.negativeSpanLengths(),
          histogram.negativeCounts().length,
          histogram.customBounds());
    }
  }
}
