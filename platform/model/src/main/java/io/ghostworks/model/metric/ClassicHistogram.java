package io.ghostworks.model.metric;

import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import java.util.Arrays;
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
  private double count;
  private double sum;
  private boolean hasCount;
  private String problem = "";

  /** Forgets everything. */
  public void reset() {
    size = 0;
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
    int at = size;
    while (at > 0 && bounds[at - 1] > bound) {
      at--;
    }
    if (at > 0 && bounds[at - 1] == bound) {
      return;
    }
    if (at > 0 && cumulativeCount < counts[at - 1]) {
      problem = "count is not cumulative: %s < %s".formatted(cumulativeCount, counts[at - 1]);
    } else if (at < size && cumulativeCount > counts[at]) {
      problem = "count is not cumulative: %s > %s".formatted(cumulativeCount, counts[at]);
    } else {
      insert(at, bound, cumulativeCount);
    }
  }

  private void insert(int at, double bound, double cumulativeCount) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(bounds, at, bounds, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bounds[at] = bound;
    counts[at] = cumulativeCount;
    size++;
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

  /** Why {@link #toNative} gives nothing; empty while it gives something. */
  public String problem() {
    return problem;
  }

  /** The native histogram; empty where the samples make none, and {@link #problem} says why. */
  public Optional<FloatHistogram> toNative(CounterReset reset) {
    if (!hasCount && size > 0) {
      count = counts[size - 1];
    }
    if (problem.isEmpty() && (size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY)) {
      insert(size, Double.POSITIVE_INFINITY, count);
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
