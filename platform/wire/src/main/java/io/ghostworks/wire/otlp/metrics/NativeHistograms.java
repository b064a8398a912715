package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.record.Distributions;
import java.util.Arrays;

/**
 * Makes native histograms of exponential ones. Bucket i of OpenTelemetry is bucket i + 1 of
 * Prometheus; where the scale is finer than the finest schema, buckets are merged.
 *
 * <p>Source: the behaviour of prometheus storage/remote/otlptranslator; OpenTelemetry
 * specification, "Exponential Histograms".
 */
final class NativeHistograms {
  private static final int SCHEMA_MIN = -4;
  private static final int SCHEMA_MAX = 8;
  private static final double ZERO_THRESHOLD = 1e-128;
  private static final int GAP_MAX = 2;

  private final Layout positive = new Layout();
  private final Layout negative = new Layout();

  /**
   * The histogram of a row.
   *
   * @throws IllegalArgumentException if the scale is coarser than the coarsest schema
   */
  FloatHistogram of(Distributions rows, int row) {
    int scale = rows.scale(row);
    if (scale < SCHEMA_MIN) {
      throw new IllegalArgumentException(
          "cannot convert exponential to native histogram: the scale must be at least %d, got %d"
              .formatted(SCHEMA_MIN, scale));
    }
    int scaleDown = Math.min(31, Math.max(0, scale - SCHEMA_MAX));
    positive.fill(
        rows.counts(),
        rows.countsStart(row),
        rows.positiveEnd(row),
        rows.positiveOffset(row),
        scaleDown);
    negative.fill(
        rows.counts(),
        rows.positiveEnd(row),
        rows.countsEnd(row),
        rows.negativeOffset(row),
        scaleDown);
    return new FloatHistogram(
        FloatHistogram.CounterReset.UNKNOWN,
        Math.min(scale, SCHEMA_MAX),
        ZERO_THRESHOLD,
        unsigned(rows.zeroCount(row)),
        unsigned(rows.count(row)),
        rows.has(row, Distributions.HAS_SUM) ? rows.sum(row) : 0,
        positive.offsets(),
        positive.lengths(),
        positive.counts(),
        negative.offsets(),
        negative.lengths(),
        negative.counts(),
        new double[0]);
  }

  static double unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  /** Spans and counts of one sign; short gaps are filled with empty buckets. */
  private static final class Layout {
    private final IntColumn offsets = new IntColumn();
    private final IntColumn lengths = new IntColumn();
    private final LongColumn counts = new LongColumn();

    void fill(LongColumn source, int from, int to, int offset, int scaleDown) {
      offsets.truncate(0);
      lengths.truncate(0);
      counts.truncate(0);
      if (from == to) {
        return;
      }
      int bucket = (offset >> scaleDown) + 1;
      newSpan(bucket);
      long count = 0;
      for (int i = from; i < to; i++) {
        int next = ((i - from + offset) >> scaleDown) + 1;
        if (next == bucket) {
          count += source.get(i);
        } else if (count == 0) {
          count = source.get(i);
        } else {
          append(next - bucket - 1, count);
          count = source.get(i);
          bucket = next;
        }
      }
      append(((to - from + offset - 1) >> scaleDown) + 1 - bucket, count);
    }

    private void append(int gap, long count) {
      if (gap > GAP_MAX) {
        newSpan(gap);
      } else {
        for (int i = 0; i < gap; i++) {
          add(0);
        }
      }
      add(count);
    }

    private void newSpan(int offset) {
      offsets.add(offset);
      lengths.add(0);
    }

    private void add(long count) {
      int last = lengths.size() - 1;
      lengths.set(last, lengths.get(last) + 1);
      counts.add(count);
    }

    int[] offsets() {
      return Arrays.copyOf(offsets.array(), offsets.size());
    }

    int[] lengths() {
      return Arrays.copyOf(lengths.array(), lengths.size());
    }

    double[] counts() {
      double[] result = new double[counts.size()];
      for (int i = 0; i < result.length; i++) {
        result[i] = counts.get(i);
      }
      return result;
    }
  }
}
