package io.ghostworks.model.metric;

import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Collects the samples of one classic histogram and makes a native one with custom buckets of them
 * (Prometheus util/convertnhcb). Buckets come in any order; one that comes twice counts once.
 * Reused by {@link #reset}. Not thread-safe.
 */
public final class ClassicHistogram {
  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;
  private boolean sorted = true;
  private double count;
  private double sum;
  private boolean hasCount;
  private String problem = "";

  /** Forgets everything. */
  public void reset() {
    size = 0;
    sorted = true;
    count = 0;
    sum = 0;
    hasCount = false;
    problem = "";
  }

  /**
   * Adds a bucket.
   *
   * @param bound its upper bound, the value of {@code le}
   * @param cumulativeCount observations at most as large as the bound
   */
  public void bucket(double bound, double cumulativeCount) {
    if (!problem.isEmpty()) {
      return;
    }
    if (Double.isNaN(bound)) {
      problem = "bucket boundary must not be NaN";
      return;
    }
    if (cumulativeCount < 0) {
      problem =
          "bucket count must be non-negative: le=%s, count=%s".formatted(bound, cumulativeCount);
      return;
    }
    sorted &= size == 0 || bounds[size - 1] < bound;
    append(bound, cumulativeCount);
  }

  private void append(double bound, double cumulativeCount) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    bounds[size] = bound;
    counts[size] = cumulativeCount;
    size++;
  }

  /** Brings buckets that came in another order into that of their bounds, each bound once. */
  private void sort() {
    if (sorted) {
      return;
    }
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    // Stable: of buckets with one bound the first counts. Adding 0 makes the two zeros one bound.
    Arrays.sort(order, Comparator.comparingDouble(i -> bounds[i] + 0.0));
    double[] oldBounds = bounds.clone();
    double[] oldCounts = counts.clone();
    size = 0;
    for (int i : order) {
      if (size == 0 || bounds[size - 1] != oldBounds[i]) {
        append(oldBounds[i], oldCounts[i]);
      }
    }
    sorted = true;
  }

  private void checkCumulative() {
    for (int i = 1; i < size && problem.isEmpty(); i++) {
      if (counts[i] < counts[i - 1]) {
        problem = "count is not cumulative: %s < %s".formatted(counts[i], counts[i - 1]);
      }
    }
  }

  /** Sets the number of all observations. */
  public void count(double observations) {
    if (observations < 0 && problem.isEmpty()) {
      problem = "count must be non-negative: count=%s".formatted(observations);
    }
    count = observations;
    hasCount = true;
  }

  /** Sets the sum of all observations. */
  public void sum(double observations) {
    sum = observations;
  }

  /** Why the last {@link #toNative} gave nothing; empty where it gave something. */
  public String problem() {
    return problem;
  }

  /** The native histogram; empty where the samples make none, and {@link #problem} says why. */
  public Optional<FloatHistogram> toNative(CounterReset reset) {
    sort();
    checkCumulative();
    if (!hasCount && size > 0) {
      count = counts[size - 1];
    }
    if (problem.isEmpty() && (size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY)) {
      append(Double.POSITIVE_INFINITY, count);
    }
    if (problem.isEmpty() && count != counts[size - 1]) {
      problem = "count mismatch: count=%s != le=+Inf count=%s".formatted(count, counts[size - 1]);
    } else if (problem.isEmpty() && bounds[0] == Double.NEGATIVE_INFINITY) {
      problem = "bucket boundary must not be -Inf";
    }
    if (!problem.isEmpty()) {
      return Optional.empty();
    }
    double[] own = new double[size];
    double before = 0;
    for (int i = 0; i < size; i++) {
      own[i] = counts[i] - before;
      before = counts[i];
    }
    return Optional.of(
        CustomBuckets.histogram(reset, Arrays.copyOf(bounds, size - 1), own, count, sum));
  }
}
