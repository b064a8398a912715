package io.ghostworks.wire.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import java.util.Arrays;

/**
 * What all histograms of one chunk have in common.
 *
 * <pre>
 * layout    := threshold schema:varbitInt spans spans [count:varbitUint bound{count}]   // bounds of schema −53
 * threshold := 0 | exponent + 243 of a power of two | 255 f64
 * spans     := count:varbitUint (length:varbitUint offset:varbitInt){count}
 * bound     := thousandths + 1:varbitUint | 0 f64
 * </pre>
 *
 * <p>Source: prometheus tsdb/docs/format/chunks.md, "Histogram chunk data".
 */
final class HistogramLayout {
  /** More buckets than any sender makes; a layout of more is damaged. */
  private static final int BUCKETS_MAX = 1 << 16;

  private static final int EXPONENT_BIAS = 243;
  private static final double THOUSANDTHS_MAX = 33_554_430;
  private static final double[] NO_BOUNDS = {};

  final int schema;
  final double zeroThreshold;
  final int[] positiveOffsets;
  final int[] positiveLengths;
  final int[] negativeOffsets;
  final int[] negativeLengths;
  final double[] bounds;

  private HistogramLayout(
      int schema, double zeroThreshold, int[][] positive, int[][] negative, double[] bounds) {
    this.schema = schema;
    this.zeroThreshold = zeroThreshold;
    this.positiveOffsets = positive[0];
    this.positiveLengths = positive[1];
    this.negativeOffsets = negative[0];
    this.negativeLengths = negative[1];
    this.bounds = bounds;
  }

  static HistogramLayout of(FloatHistogram histogram) {
    return new HistogramLayout(
        histogram.schema(),
        histogram.zeroThreshold(),
        new int[][] {histogram.positiveSpanOffsets(), histogram.positiveSpanLengths()},
        new int[][] {histogram.negativeSpanOffsets(), histogram.negativeSpanLengths()},
        histogram.customBounds());
  }

  boolean fits(FloatHistogram histogram) {
    return schema == histogram.schema()
        && zeroThreshold == histogram.zeroThreshold()
        && Arrays.equals(positiveOffsets, histogram.positiveSpanOffsets())
        && Arrays.equals(positiveLengths, histogram.positiveSpanLengths())
        && Arrays.equals(negativeOffsets, histogram.negativeSpanOffsets())
        && Arrays.equals(negativeLengths, histogram.negativeSpanLengths())
        && Arrays.equals(bounds, histogram.customBounds());
  }

  int positiveBuckets() {
    return Arrays.stream(positiveLengths).sum();
  }

  int negativeBuckets() {
    return Arrays.stream(negativeLengths).sum();
  }

  void write(BitOutput out) {
    writeThreshold(out);
    Varbit.putSigned(out, schema);
    writeSpans(out, positiveOffsets, positiveLengths);
    writeSpans(out, negativeOffsets, negativeLengths);
    if (schema == FloatHistogram.CUSTOM_BUCKETS) {
      Varbit.putUnsigned(out, bounds.length);
      for (double bound : bounds) {
        writeBound(out, bound);
      }
    }
  }

  private void writeThreshold(BitOutput out) {
    int exponent =
        Math.getExponent(zeroThreshold) + 1; // of a fraction in [0.5, 1), as in C's frexp
    if (zeroThreshold == 0) {
      out.octet(0);
    } else if (exponent >= -242 && exponent <= 11 && zeroThreshold == Math.scalb(0.5, exponent)) {
      out.octet(exponent + EXPONENT_BIAS);
    } else {
      out.octet(255);
      out.bits(Double.doubleToRawLongBits(zeroThreshold), 64);
    }
  }

  private static void writeSpans(BitOutput out, int[] offsets, int[] lengths) {
    Varbit.putUnsigned(out, offsets.length);
    for (int i = 0; i < offsets.length; i++) {
      Varbit.putUnsigned(out, lengths[i]);
      Varbit.putSigned(out, offsets[i]);
    }
  }

  private static void writeBound(BitOutput out, double bound) {
    double thousandths = bound * 1000;
    if (thousandths >= 0
        && thousandths <= THOUSANDTHS_MAX
        && bound == Math.floor(thousandths + 0.5) / 1000) {
      Varbit.putUnsigned(out, (long) Math.floor(thousandths + 0.5) + 1);
    } else {
      out.bit(false);
      out.bits(Double.doubleToRawLongBits(bound), 64);
    }
  }

  static HistogramLayout read(BitInput in) {
    double threshold = readThreshold(in);
    int schema = (int) Varbit.signed(in);
    int[][] positive = readSpans(in);
    int[][] negative = readSpans(in);
    return new HistogramLayout(
        schema,
        threshold,
        positive,
        negative,
        schema == FloatHistogram.CUSTOM_BUCKETS ? readBounds(in) : NO_BOUNDS);
  }

  private static double readThreshold(BitInput in) {
    int octet = in.octet();
    return switch (octet) {
      case 0 -> 0;
      case 255 -> Double.longBitsToDouble(in.bits(64));
      default -> Math.scalb(0.5, octet - EXPONENT_BIAS);
    };
  }

  private static int[][] readSpans(BitInput in) {
    int count = count(in, Varbit.unsigned(in), 2);
    int[] offsets = new int[count];
    int[] lengths = new int[count];
    long buckets = 0;
    for (int i = 0; i < count; i++) {
      long length = Varbit.unsigned(in);
      buckets += length;
      if (length < 0 || length > BUCKETS_MAX || buckets > BUCKETS_MAX) {
        throw in.malformed(
            "a histogram in a chunk has more than %d buckets".formatted(BUCKETS_MAX));
      }
      lengths[i] = (int) length;
      offsets[i] = (int) Varbit.signed(in);
    }
    return new int[][] {offsets, lengths};
  }

  private static double[] readBounds(BitInput in) {
    double[] bounds = new double[count(in, Varbit.unsigned(in), 5)];
    for (int i = 0; i < bounds.length; i++) {
      long thousandths = Varbit.unsigned(in);
      bounds[i] =
          thousandths == 0 ? Double.longBitsToDouble(in.bits(64)) : (thousandths - 1) / 1000.0;
    }
    return bounds;
  }

  /** A number of items of at least so many bits each, before anything is allocated for them. */
  private static int count(BitInput in, long count, int bitsEach) {
    if (count < 0 || count > in.remaining() * 8L / bitsEach) {
      throw in.malformed("a chunk has no room for %d items of a layout".formatted(count));
    }
    return (int) count;
  }
}
