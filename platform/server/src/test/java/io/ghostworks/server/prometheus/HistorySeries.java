package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.Random;

/**
 * Series as targets give them over days: a counter with restarts, a gauge, a constant, a classic
 * histogram, native histograms of both kinds, with gaps, staleness markers and changes of layout.
 */
final class HistorySeries {
  static final String[] METRICS = {"counter", "gauge", "constant", "native", "custom", "mixed"};
  private static final double[] BOUNDS = {0.1, 0.5, 1, Double.POSITIVE_INFINITY};

  private final long stepMs;
  private final Random random;
  private final long[] buckets = new long[BOUNDS.length];
  private final int[] counts = {1, 2, 3};
  private double counter;
  private double gauge = 100;
  private int schema = 2;
  private long silentUntilMs;

  HistorySeries(long seed, long stepMs) {
    this.stepMs = stepMs;
    this.random = new Random(seed);
  }

  /** The samples of {@code [fromMs, toMs)}; ranges are asked for in order. */
  SeriesBatch batch(long fromMs, long toMs) {
    SeriesBatch batch = new SeriesBatch("history");
    for (long timeMs = fromMs + 11; timeMs < toMs; timeMs += stepMs + random.nextInt(9) - 4) {
      if (timeMs < silentUntilMs) {
        continue;
      }
      int event = random.nextInt(700);
      if (event == 0) {
        silentUntilMs = timeMs + random.nextInt(3_000_000);
        stale(batch, timeMs);
        continue;
      }
      if (event == 1) {
        counter = 0;
        java.util.Arrays.fill(buckets, 0);
        java.util.Arrays.setAll(counts, i -> 0);
      }
      if (event == 2) {
        schema = random.nextInt(4);
      }
      add(batch, timeMs);
    }
    return batch;
  }

  private void add(SeriesBatch batch, long timeMs) {
    counter += random.nextInt(9);
    gauge += random.nextInt(21) / 10.0 - 1;
    for (int i = 0; i < counts.length; i++) {
      counts[i] += random.nextInt(3);
    }
    int observations = random.nextInt(10);
    for (int i = 0; i < observations; i++) {
      for (int b = random.nextInt(BOUNDS.length); b < BOUNDS.length; b++) {
        buckets[b]++;
      }
    }
    batch.add(set(batch, "counter"), timeMs, counter);
    batch.add(set(batch, "gauge"), timeMs, gauge);
    batch.add(set(batch, "constant"), timeMs, 4.25);
    batch.add(set(batch, "native"), timeMs, histogram(false, schema));
    batch.add(set(batch, "custom"), timeMs, histogram(true, schema));
    for (int b = 0; b < BOUNDS.length; b++) {
      batch.add(bucket(batch, b), timeMs, buckets[b]);
    }
    if (timeMs / 1_700_000 % 2 == 0) {
      batch.add(set(batch, "mixed"), timeMs, counter);
    } else {
      batch.add(set(batch, "mixed"), timeMs, histogram(false, 2));
    }
  }

  private void stale(SeriesBatch batch, long timeMs) {
    double stale = Double.longBitsToDouble(Samples.STALE_BITS);
    for (String metric : METRICS) {
      batch.add(set(batch, metric), timeMs, stale);
    }
    for (int b = 0; b < BOUNDS.length; b++) {
      batch.add(bucket(batch, b), timeMs, stale);
    }
  }

  private static int set(SeriesBatch batch, String metric) {
    return batch.sets().add(Labels.of("__name__", metric, "job", "api"));
  }

  private static int bucket(SeriesBatch batch, int bound) {
    String le = bound == BOUNDS.length - 1 ? "+Inf" : String.valueOf(BOUNDS[bound]);
    return batch.sets().add(Labels.of("__name__", "classic_bucket", "job", "api", "le", le));
  }

  private FloatHistogram histogram(boolean custom, int ofSchema) {
    double[] filled = {counts[0], counts[1], counts[2]};
    return new FloatHistogram(
        CounterReset.UNKNOWN,
        custom ? FloatHistogram.CUSTOM_BUCKETS : ofSchema,
        custom ? 0 : 0.001,
        0,
        filled[0] + filled[1] + filled[2],
        filled[0] * 0.5 + filled[1] * 1.5 + filled[2] * 3,
        new int[] {0},
        new int[] {3},
        filled,
        new int[0],
        new int[0],
        new double[0],
        custom ? new double[] {1, 2, 5} : new double[0]);
  }
}
