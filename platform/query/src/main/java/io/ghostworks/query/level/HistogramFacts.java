package io.ghostworks.query.level;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.histogram.HistogramEquality;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.histogram.HistogramReset;
import io.ghostworks.query.histogram.MutableHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known about consecutive native histograms of one series once they are gone, as {@link
 * FloatFacts} is for floats. All have one layout: what {@link #fits} refuses begins facts of its
 * own. Mutable, reused, owned by one thread; {@link #clear} comes before the first sample.
 */
public final class HistogramFacts {
  private long firstMs;
  private @Nullable FloatHistogram first;
  private long lastMs;
  private @Nullable FloatHistogram last;
  private long count;
  private @Nullable MutableHistogram sum;
  private @Nullable MutableHistogram correction;
  private long resets;
  private long changes;

  public HistogramFacts clear() {
    first = null;
    last = null;
    count = 0;
    sum = null;
    correction = null;
    resets = 0;
    changes = 0;
    return this;
  }

  /** Sets all facts of at least one histogram, as a row of a store holds them. */
  public HistogramFacts set(
      long newFirstMs,
      FloatHistogram newFirst,
      long newLastMs,
      FloatHistogram newLast,
      long newCount,
      FloatHistogram newSum,
      @Nullable FloatHistogram newCorrection,
      long newResets,
      long newChanges) {
    firstMs = newFirstMs;
    first = newFirst;
    lastMs = newLastMs;
    last = newLast;
    count = newCount;
    sum = MutableHistogram.of(newSum);
    correction = newCorrection == null ? null : MutableHistogram.of(newCorrection);
    resets = newResets;
    changes = newChanges;
    return this;
  }

  /**
   * Whether a histogram may be added: the same schema, zero bucket and custom bounds, and a gauge
   * only behind gauges, so that sums and differences need no rebuilding of buckets.
   */
  public boolean fits(FloatHistogram next) {
    FloatHistogram before = last;
    return before == null || sameLayout(before, next);
  }

  public static boolean sameLayout(FloatHistogram left, FloatHistogram right) {
    return left.schema() == right.schema()
        && left.zeroThreshold() == right.zeroThreshold()
        && HistogramHints.isGauge(left) == HistogramHints.isGauge(right)
        && Arrays.equals(left.customBounds(), right.customBounds());
  }

  /** Adds a histogram that fits behind all others; it is no staleness marker. */
  public void add(long timeMs, FloatHistogram next) {
    FloatHistogram before = last;
    MutableHistogram total = sum;
    if (before == null || total == null) {
      set(timeMs, next, timeMs, next, 1, next, null, 0, 0);
      return;
    }
    join(before, next);
    total.addCompensated(next);
    lastMs = timeMs;
    last = next;
    count++;
  }

  /** Adds what is known about histograms that fit behind all others. */
  public void append(HistogramFacts next) {
    FloatHistogram before = last;
    MutableHistogram total = sum;
    if (next.count == 0) {
      return;
    }
    if (before == null || total == null) {
      set(
          next.firstMs,
          next.first(),
          next.lastMs,
          next.last(),
          next.count,
          next.sum(),
          next.correction(),
          next.resets,
          next.changes);
      return;
    }
    join(before, next.first());
    total.addCompensated(next.sum());
    FloatHistogram lost = next.correction();
    if (lost != null) {
      correct(lost);
    }
    resets += next.resets;
    changes += next.changes;
    lastMs = next.lastMs;
    last = next.last;
    count += next.count;
  }

  private void join(FloatHistogram before, FloatHistogram next) {
    if (HistogramReset.detect(next, before)) {
      correct(before);
      resets++;
    }
    if (!HistogramEquality.sameData(next, before)) {
      changes++;
    }
  }

  private void correct(FloatHistogram lost) {
    MutableHistogram before = correction;
    if (before == null) {
      correction = MutableHistogram.of(lost);
    } else {
      before.addCompensated(lost);
    }
  }

  public long firstMs() {
    return firstMs;
  }

  public FloatHistogram first() {
    return required(first);
  }

  public long lastMs() {
    return lastMs;
  }

  public FloatHistogram last() {
    return required(last);
  }

  public long count() {
    return count;
  }

  /** The compensated sum, with the hint that all have in common. */
  public FloatHistogram sum() {
    return required(sum).copy().settle().toHistogram();
  }

  /** The sum of the histograms just before a reset, or null where there was none. */
  public @Nullable FloatHistogram correction() {
    MutableHistogram lost = correction;
    return lost == null ? null : lost.copy().settle().toHistogram();
  }

  public long resets() {
    return resets;
  }

  /** How often a histogram differs from the one before. */
  public long changes() {
    return changes;
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("facts of no histogram");
    }
    return part;
  }
}
