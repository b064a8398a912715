package io.ghostworks.wire.tsdb;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.wire.histogram.HistogramRules;
import io.ghostworks.wire.histogram.NativeBuckets;
import java.io.IOException;
import java.util.Optional;

/**
 * A native histogram in a record of the log.
 *
 * <p>Source: prometheus tsdb/docs/format/wal.md, "Histogram records".
 */
final class LogHistogram {
  private static final int SCHEMA_MAX = 8;
  private static final CounterReset[] RESETS = {
    CounterReset.UNKNOWN, CounterReset.RESET, CounterReset.NOT_RESET, CounterReset.GAUGE
  };

  private LogHistogram() {}

  /**
   * Reads one.
   *
   * @param floats whether its counts are floats, otherwise differences of integers
   */
  static FloatHistogram read(BlockBytes in, boolean floats) throws IOException {
    int hint = in.octet();
    int schema = (int) in.varint();
    double zeroThreshold = Double.longBitsToDouble(in.int64());
    double zeroCount = count(in, floats);
    double count = count(in, floats);
    double sum = Double.longBitsToDouble(in.int64());
    int[][] positive = spans(in);
    int[][] negative = spans(in);
    double[] positiveCounts = buckets(in, floats);
    double[] negativeCounts = buckets(in, floats);
    double[] bounds = schema == FloatHistogram.CUSTOM_BUCKETS ? buckets(in, true) : new double[0];
    if (Samples.isStale(sum)) {
      return FloatHistogram.stale();
    }
    FloatHistogram histogram =
        new FloatHistogram(
            hint < RESETS.length ? RESETS[hint] : CounterReset.UNKNOWN,
            schema,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            positive[0],
            positive[1],
            positiveCounts,
            negative[0],
            negative[1],
            negativeCounts,
            bounds);
    Optional<String> problem = HistogramRules.problem(histogram, !floats);
    if (problem.isPresent()) {
      throw in.damaged(problem.get());
    }
    return histogram.withSchemaAtMost(SCHEMA_MAX);
  }

  private static double count(BlockBytes in, boolean isFloat) throws IOException {
    if (isFloat) {
      return Double.longBitsToDouble(in.int64());
    }
    long value = in.uvarint();
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  private static int size(BlockBytes in) throws IOException {
    long size = in.uvarint();
    if (size < 0 || size > NativeBuckets.BUCKETS_MAX || size > in.remaining()) {
      throw in.damaged("a histogram has no room for %d buckets".formatted(size));
    }
    return (int) size;
  }

  private static int[][] spans(BlockBytes in) throws IOException {
    int size = size(in);
    int[][] spans = new int[2][size];
    for (int i = 0; i < size; i++) {
      spans[0][i] = (int) in.varint();
      spans[1][i] = (int) in.uvarint();
    }
    return spans;
  }

  private static double[] buckets(BlockBytes in, boolean floats) throws IOException {
    double[] buckets = new double[size(in)];
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      if (floats) {
        buckets[i] = Double.longBitsToDouble(in.int64());
      } else {
        count += in.varint();
        buckets[i] = count;
      }
    }
    return buckets;
  }
}
