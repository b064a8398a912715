package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.metric.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the points of one stream sum up to. Points must come in the order of their times; the last
 * one may come again, as senders repeat what was not acknowledged.
 */
final class DeltaStream {
  /** Exponential histograms are made coarser until they have no more buckets than this. */
  private static final int BUCKETS_MAX = 160;

  private static final int SCHEMA_MIN = -4;
  private static final long NANOS_PER_MS = 1_000_000;

  private long seenMs;
  private long startNanos;
  private long timeNanos;
  private long lastStartNanos;
  private boolean begun;

  /** Taken up from what is stored, whose times are whole milliseconds, and not continued yet. */
  private boolean restored;

  private boolean repeats;
  private long whole;
  private double real;
  private double[] bounds = {};
  private long[] counts = {};
  private long count;
  private double sum;
  private boolean hasSum = true;
  private @Nullable FloatHistogram histogram;

  long seenMs() {
    return seenMs;
  }

  void seen(long nowMs) {
    seenMs = nowMs;
  }

  /** Whether it had no point so far. */
  boolean isNew() {
    return !begun;
  }

  /** Goes on with a sum, part of it of integers. */
  void restore(long timeMs, long startMs, long sumOfWhole, double sumOfReal) {
    restoreTimes(timeMs, startMs);
    whole = sumOfWhole;
    real = sumOfReal;
  }

  /** Goes on with an exponential histogram. */
  void restore(long timeMs, long startMs, FloatHistogram sumOfAll) {
    restoreTimes(timeMs, startMs);
    histogram = sumOfAll;
  }

  /**
   * Goes on with buckets.
   *
   * @param newSum null where the points have none
   */
  void restore(
      long timeMs,
      long startMs,
      double[] newBounds,
      long[] newCounts,
      long newCount,
      @Nullable Double newSum) {
    restoreTimes(timeMs, startMs);
    bounds = newBounds;
    counts = newCounts;
    count = newCount;
    hasSum = newSum != null;
    sum = newSum == null ? 0 : newSum;
  }

  private void restoreTimes(long timeMs, long startMs) {
    begun = true;
    restored = true;
    startNanos = startMs * NANOS_PER_MS;
    timeNanos = timeMs * NANOS_PER_MS;
  }

  /** Takes the times of a point; why it is refused, or null. */
  @Nullable String enter(long pointStartNanos, long pointTimeNanos) {
    if (restored && pointTimeNanos / NANOS_PER_MS == timeNanos / NANOS_PER_MS) {
      repeats = true;
      return null;
    }
    repeats = begun && pointTimeNanos == timeNanos && pointStartNanos == lastStartNanos;
    if (repeats) {
      return null;
    }
    if (begun && Long.compareUnsigned(pointTimeNanos, timeNanos) <= 0) {
      return "a point of a delta stream must be newer than the one before, which is of %d ns, got %d ns"
          .formatted(timeNanos, pointTimeNanos);
    }
    if (begun && Long.compareUnsigned(pointStartNanos, startNanos) < 0 && pointStartNanos != 0) {
      return "a point of a delta stream must not begin before the stream, at %d ns, got %d ns"
          .formatted(startNanos, pointStartNanos);
    }
    if (!begun) {
      startNanos = pointStartNanos == 0 ? pointTimeNanos : pointStartNanos;
    }
    begun = true;
    restored = false;
    timeNanos = pointTimeNanos;
    lastStartNanos = pointStartNanos;
    return null;
  }

  /** Since when the sums count, in nanoseconds. */
  long startNanos() {
    return startNanos;
  }

  double addWhole(long delta) {
    whole += repeats ? 0 : delta;
    return whole + real;
  }

  double addReal(double delta) {
    real += repeats ? 0 : delta;
    return whole + real;
  }

  /** Adds buckets with explicit bounds; other bounds than before begin the sums anew. */
  void addBuckets(
      double[] newBounds, long[] newCounts, long newCount, boolean newHasSum, double newSum) {
    if (repeats) {
      return;
    }
    if (!Arrays.equals(bounds, newBounds) || counts.length != newCounts.length) {
      if (counts.length > 0) {
        startNanos = lastStartNanos == 0 ? timeNanos : lastStartNanos;
      }
      bounds = newBounds;
      counts = new long[newCounts.length];
      count = 0;
      sum = 0;
      hasSum = true;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += newCounts[i];
    }
    count += newCount;
    sum += newSum;
    hasSum &= newHasSum;
  }

  double[] bounds() {
    return bounds;
  }

  long[] counts() {
    return counts;
  }

  long count() {
    return count;
  }

  boolean hasSum() {
    return hasSum;
  }

  double sum() {
    return sum;
  }

  /** Adds an exponential histogram and answers the sum of all. */
  FloatHistogram add(FloatHistogram delta) {
    FloatHistogram before = histogram;
    if (before != null && repeats) {
      return before;
    }
    FloatHistogram total = before == null ? delta : HistogramSums.of(before, delta);
    while (total.schema() > SCHEMA_MIN && HistogramSums.widest(total) > BUCKETS_MAX) {
      total = total.withSchemaAtMost(total.schema() - 1);
    }
    histogram = total;
    return total;
  }
}
