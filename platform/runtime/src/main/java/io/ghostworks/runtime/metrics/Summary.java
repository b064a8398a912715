package io.ghostworks.runtime.metrics;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/**
 * Quantiles of what was observed within the last ten minutes, to within 2.5 %, with the sum and the
 * count of all observations. Observations are counted in buckets whose bounds grow by 5 %, from a
 * tenth of a microsecond on; smaller ones count as that. Five windows of two minutes follow one
 * another, as in Prometheus's client. Thread-safe; observing allocates nothing.
 */
public final class Summary implements PlatformMetrics.Instrument {
  private static final double LEAST = 1e-7;
  private static final double GROWTH = Math.log(1.05);
  private static final int BUCKETS = 600;
  private static final int WINDOWS = 5;
  private static final long WINDOW_NANOS = Duration.ofMinutes(2).toNanos();

  private final Clock clock;
  private final double[] quantiles;
  private final int[][] counts = new int[WINDOWS][BUCKETS];
  private int window;
  private long windowStartNanos;
  private double sum;
  private long count;

  Summary(Clock clock, double... quantiles) {
    this.clock = clock;
    this.quantiles = quantiles.clone();
    this.windowStartNanos = clock.monotonicNanos();
  }

  /** Notes a value, such as a duration in seconds. */
  public synchronized void observe(double value) {
    forget();
    counts[window][bucket(value)]++;
    sum += value;
    count++;
  }

  private static int bucket(double value) {
    return value <= LEAST
        ? 0
        : Math.min(BUCKETS - 1, (int) Math.ceil(Math.log(value / LEAST) / GROWTH));
  }

  /** The middle of a bucket. */
  private static double value(int bucket) {
    return bucket == 0 ? 0 : LEAST * Math.exp((bucket - 0.5) * GROWTH);
  }

  private void forget() {
    long passed = (clock.monotonicNanos() - windowStartNanos) / WINDOW_NANOS;
    for (long i = 0; i < Math.min(passed, WINDOWS); i++) {
      window = (window + 1) % WINDOWS;
      Arrays.fill(counts[window], 0);
    }
    windowStartNanos += Math.max(0, passed) * WINDOW_NANOS;
  }

  /** The value at a quantile; NaN where nothing was observed lately. */
  synchronized double quantile(double quantile) {
    forget();
    long all = 0;
    for (int[] each : counts) {
      for (int bucketCount : each) {
        all += bucketCount;
      }
    }
    if (all == 0) {
      return Double.NaN;
    }
    long rank = Math.max(1, (long) Math.ceil(quantile * all));
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      for (int[] each : counts) {
        seen += each[bucket];
      }
      if (seen >= rank) {
        return value(bucket);
      }
    }
    throw new IllegalStateException("the buckets hold less than their sum");
  }

  void read(String name, Labels labels, PlatformMetrics.Reader reader) {
    for (double quantile : quantiles) {
      reader.sample(
          name,
          labels.toBuilder().set("quantile", Double.toString(quantile)).build(),
          quantile(quantile));
    }
    synchronized (this) {
      reader.sample(name + "_sum", labels, sum);
      reader.sample(name + "_count", labels, count);
    }
  }
}
