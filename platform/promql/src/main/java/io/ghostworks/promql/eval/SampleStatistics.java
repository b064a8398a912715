package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts samples step by step as Prometheus does: those that a step looks at, and those of them
 * that no step before has looked at. A histogram counts for each 16 bytes that it has there. Made
 * only where somebody asked for it; counting is safe from several threads.
 */
final class SampleStatistics {
  private static final int HISTOGRAM_BYTES = 168;
  private static final int BUCKETLESS_WEIGHT = (HISTOGRAM_BYTES + 8) / 16;
  private static final int BYTES_PER_STEP = 16;

  private final Grid grid;
  private final AtomicLongArray total;
  private final AtomicLongArray read;

  SampleStatistics(Grid grid, QueryContext context) {
    context.reserve((long) BYTES_PER_STEP * grid.steps());
    this.grid = grid;
    this.total = new AtomicLongArray(grid.steps());
    this.read = new AtomicLongArray(grid.steps());
  }

  /** As how many samples a histogram counts. */
  static long weight(FloatHistogram histogram) {
    long bytes =
        HISTOGRAM_BYTES
            + 8L
                * (histogram.positiveSpanLengths().length
                    + histogram.negativeSpanLengths().length
                    + histogram.positiveCounts().length
                    + histogram.negativeCounts().length
                    + histogram.customBounds().length);
    return (bytes + 8) / 16;
  }

  /** Each value of an instant selector is a sample that its step read. */
  void countValues(Series series) {
    for (int step = 0; step < grid.steps(); step++) {
      FloatHistogram histogram = series.histogram(step);
      long weight = histogram != null ? weight(histogram) : series.hasFloat(step) ? 1 : 0;
      if (weight > 0) {
        total.addAndGet(step, weight);
        read.addAndGet(step, weight);
      }
    }
  }

  /**
   * Counts the windows of a range selector over the samples of a series.
   *
   * @param windowMs how far a window reaches back
   * @param afterMs how far it reaches beyond its step
   * @param statisticsOnly whether histograms count without their buckets
   */
  void countWindows(
      SampleColumns samples, TimeShift shift, long windowMs, long afterMs, boolean statisticsOnly) {
    int size = samples.size();
    long[] times = samples.timestampsMs();
    long[] before = new long[size + 1];
    for (int i = 0; i < size; i++) {
      FloatHistogram histogram = samples.histogram(i);
      boolean stale = histogram == null ? Samples.isStale(samples.value(i)) : histogram.isStale();
      long weight = histogram == null ? 1 : statisticsOnly ? BUCKETLESS_WEIGHT : weight(histogram);
      before[i + 1] = before[i] + (stale ? 0 : weight);
    }
    countWindows(times, before, size, shift, windowMs, afterMs, true);
  }

  /**
   * Counts the windows over what a subquery gave; its own samples were counted by its selectors.
   */
  void countWindows(Series inner, Grid innerGrid, TimeShift shift, long rangeMs) {
    int size = innerGrid.steps();
    long[] times = new long[size];
    long[] before = new long[size + 1];
    for (int i = 0; i < size; i++) {
      times[i] = innerGrid.timeMs(i);
      FloatHistogram histogram = inner.histogram(i);
      before[i + 1] =
          before[i] + (histogram != null ? weight(histogram) : inner.hasFloat(i) ? 1 : 0);
    }
    countWindows(times, before, size, shift, rangeMs, 0, false);
  }

  private void countWindows(
      long[] times,
      long[] before,
      int size,
      TimeShift shift,
      long windowMs,
      long afterMs,
      boolean reads) {
    boolean fixed = shift.at() != null;
    int from = 0;
    int to = 0;
    int seen = 0;
    for (int step = 0; step < grid.steps(); step++) {
      long endMs = InstantSelector.referenceMs(shift, grid.timeMs(step)) + afterMs;
      long startMs = endMs - afterMs - windowMs;
      while (to < size && times[to] <= endMs) {
        to++;
      }
      while (from < to && times[from] <= startMs) {
        from++;
      }
      long window = before[to] - before[from];
      if (window == 0) {
        continue;
      }
      total.addAndGet(step, window);
      if (reads && (step == 0 || !fixed)) {
        long cutMs = endMs - grid.stepMs();
        while (seen < to && times[seen] <= cutMs) {
          seen++;
        }
        read.addAndGet(step, before[to] - before[step == 0 ? from : Math.max(from, seen)]);
      }
    }
  }

  /** Counts samples of a query at one time. */
  void count(SeriesPoints points) {
    long weight = 0;
    for (int i = 0; i < points.size(); i++) {
      FloatHistogram histogram = points.histogram(i);
      weight += histogram == null ? 1 : weight(histogram);
    }
    total.addAndGet(0, weight);
    read.addAndGet(0, weight);
  }

  /** Adds what was evaluated once for all steps: every step looks at it, the first one read it. */
  void addOnce(SampleStatistics once) {
    long samples = once.total();
    for (int step = 0; step < grid.steps(); step++) {
      total.addAndGet(step, samples);
    }
    read.addAndGet(0, once.read());
  }

  /** Adds all that a subquery counted which is itself the result. */
  void addWhole(SampleStatistics subquery) {
    total.addAndGet(grid.steps() - 1, subquery.total());
    addReads(subquery, 0, 0);
  }

  /**
   * Adds what a subquery read, at the first step that uses it.
   *
   * @param offsetMs the subquery's
   * @param rangeMs the subquery's; what no step's range reaches is not counted; 0 for all
   */
  void addReads(SampleStatistics subquery, long offsetMs, long rangeMs) {
    if (grid.steps() == 1) {
      read.addAndGet(0, subquery.read());
      return;
    }
    for (int k = 0; k < subquery.grid.steps(); k++) {
      long samples = subquery.read.get(k);
      if (samples == 0) {
        continue;
      }
      long timeMs = subquery.grid.timeMs(k) + offsetMs;
      long step =
          timeMs <= grid.startMs()
              ? 0
              : (timeMs - grid.startMs() + grid.stepMs() - 1) / grid.stepMs();
      int used = (int) Math.min(step, grid.steps() - 1);
      if (rangeMs == 0 || timeMs > grid.timeMs(used) - rangeMs) {
        read.addAndGet(used, samples);
      }
    }
  }

  long total() {
    return sum(total);
  }

  long read() {
    return sum(read);
  }

  private static long sum(AtomicLongArray counts) {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  long[] totalPerStep() {
    return copy(total);
  }

  long[] readPerStep() {
    return copy(read);
  }

  private static long[] copy(AtomicLongArray counts) {
    long[] copy = new long[counts.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return copy;
  }
}
