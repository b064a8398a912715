package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums of exponential histograms, in the coarser of their schemas. */
final class HistogramSums {
  private HistogramSums() {}

  static FloatHistogram of(FloatHistogram left, FloatHistogram right) {
    int schema = Math.min(left.schema(), right.schema());
    FloatHistogram a = left.withSchemaAtMost(schema);
    FloatHistogram b = right.withSchemaAtMost(schema);
    TreeMap<Integer, Double> positive = new TreeMap<>();
    add(positive, a.positiveSpanOffsets(), a.positiveSpanLengths(), a.positiveCounts());
    add(positive, b.positiveSpanOffsets(), b.positiveSpanLengths(), b.positiveCounts());
    TreeMap<Integer, Double> negative = new TreeMap<>();
    add(negative, a.negativeSpanOffsets(), a.negativeSpanLengths(), a.negativeCounts());
    add(negative, b.negativeSpanOffsets(), b.negativeSpanLengths(), b.negativeCounts());
    int[][] positiveSpans = spans(positive);
    int[][] negativeSpans = spans(negative);
    return new FloatHistogram(
        CounterReset.UNKNOWN,
        schema,
        Math.max(a.zeroThreshold(), b.zeroThreshold()),
        a.zeroCount() + b.zeroCount(),
        a.count() + b.count(),
        a.sum() + b.sum(),
        positiveSpans[0],
        positiveSpans[1],
        positive.values().stream().mapToDouble(Double::doubleValue).toArray(),
        negativeSpans[0],
        negativeSpans[1],
        negative.values().stream().mapToDouble(Double::doubleValue).toArray(),
        new double[0]);
  }

  private static void add(
      Map<Integer, Double> into, int[] offsets, int[] lengths, double[] counts) {
    int bucket = 0;
    int next = 0;
    for (int span = 0; span < offsets.length; span++) {
      bucket += offsets[span];
      for (int i = 0; i < lengths[span]; i++) {
        into.merge(bucket++, counts[next++], Double::sum);
      }
    }
  }

  private static int[][] spans(SortedMap<Integer, Double> buckets) {
    IntColumn offsets = new IntColumn();
    IntColumn lengths = new IntColumn();
    int end = 0;
    for (Map.Entry<Integer, Double> bucket : buckets.entrySet()) {
      int last = lengths.size() - 1;
      if (last >= 0 && bucket.getKey() == end) {
        lengths.set(last, lengths.get(last) + 1);
      } else {
        offsets.add(bucket.getKey() - end);
        lengths.add(1);
      }
      end = bucket.getKey() + 1;
    }
    return new int[][] {
      java.util.Arrays.copyOf(offsets.array(), offsets.size()),
      java.util.Arrays.copyOf(lengths.array(), lengths.size())
    };
  }

  /** From the first to the last bucket of the sign that has the wider range. */
  static long widest(FloatHistogram histogram) {
    return Math.max(
        width(histogram.positiveSpanOffsets(), histogram.positiveSpanLengths()),
        width(histogram.negativeSpanOffsets(), histogram.negativeSpanLengths()));
  }

  private static long width(int[] offsets, int[] lengths) {
    long width = 0;
    for (int i = 0; i < offsets.length; i++) {
      width += lengths[i] + (i == 0 ? 0L : offsets[i]);
    }
    return width;
  }
}
