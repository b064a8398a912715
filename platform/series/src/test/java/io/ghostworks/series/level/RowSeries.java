package io.ghostworks.series.level;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.series.chunk.SampleBuffer;
import java.util.Random;

/** Random series with resets, gaps, staleness markers, NaN and histograms, for tests. */
public final class RowSeries {
  private RowSeries() {}

  /** What a series looks like. */
  public enum Kind {
    COUNTER,
    GAUGE,
    CONSTANT,
    HISTOGRAM,
    CUSTOM_HISTOGRAM,
    MIXED
  }

  /** Fills a buffer with samples of a kind. */
  public static void fill(
      Kind kind, Random random, long startMs, long endMs, long stepMs, SampleBuffer target) {
    target.clear();
    double value = random.nextInt(1000);
    int[] counts = {1, 2, 3};
    long timeMs = startMs + random.nextInt((int) stepMs);
    int schema = 2;
    while (timeMs < endMs) {
      boolean histogram =
          switch (kind) {
            case HISTOGRAM, CUSTOM_HISTOGRAM -> true;
            case MIXED -> timeMs / 1_000_000 % 2 == 0;
            default -> false;
          };
      int event = random.nextInt(200);
      if (event == 0) {
        target.add(timeMs, Samples.STALE_BITS, 0);
      } else if (event < 3) {
        timeMs += stepMs * random.nextInt(60);
        continue;
      } else if (histogram) {
        if (event == 3) {
          counts = new int[] {0, 1, 0};
        }
        if (event == 4) {
          schema = random.nextInt(4);
        }
        for (int i = 0; i < counts.length; i++) {
          counts[i] += random.nextInt(3);
        }
        target.add(timeMs, histogram(kind, schema, counts, timeMs), 0);
      } else {
        value =
            switch (kind) {
              case CONSTANT -> value;
              case GAUGE -> event == 5 ? Double.NaN : Math.rint(random.nextGaussian() * 1000) / 10;
              default -> event < 8 ? random.nextInt(10) : value + random.nextInt(50);
            };
        target.add(timeMs, Double.doubleToRawLongBits(value), 0);
      }
      timeMs += stepMs + random.nextInt(21) - 10;
    }
  }

  private static FloatHistogram histogram(Kind kind, int schema, int[] counts, long timeMs) {
    boolean custom = kind == Kind.CUSTOM_HISTOGRAM;
    double[] buckets = {counts[0], counts[1], counts[2]};
    double count = buckets[0] + buckets[1] + buckets[2];
    return new FloatHistogram(
        CounterReset.UNKNOWN,
        custom ? FloatHistogram.CUSTOM_BUCKETS : schema,
        custom ? 0 : 0.001,
        0,
        count,
        count * 2.5 + timeMs % 7,
        new int[] {0},
        new int[] {3},
        buckets,
        new int[0],
        new int[0],
        new double[0],
        custom ? new double[] {1, 2, schema + 3} : new double[0]);
  }
}
