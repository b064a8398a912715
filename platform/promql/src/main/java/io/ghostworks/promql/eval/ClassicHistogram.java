package io.ghostworks.promql.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one classic histogram at one time. Quantiles and fractions sort the buckets, merge
 * those with the same bound and make the counts monotonic.
 */
final class ClassicHistogram {
  /** Relative differences that are only an artefact of floating-point sums. */
  private static final double TOLERANCE = 1e-12;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;
  private @Nullable Forced forced;

  /** Counts that had to be raised to those of the bucket before. */
  record Forced(double lowest, double highest, double largestDifference) {
    Forced and(Forced other) {
      return new Forced(
          Math.min(lowest, other.lowest),
          Math.max(highest, other.highest),
          Math.max(largestDifference, other.largestDifference));
    }
  }

  void clear() {
    size = 0;
    forced = null;
  }

  void add(double upperBound, double count) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    bounds[size] = upperBound;
    counts[size++] = count;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** What {@link #quantile} had to repair, or null. */
  @Nullable Forced forced() {
    return forced;
  }

  double quantile(double q) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (!sortAndMerge()) {
      return Double.NaN;
    }
    makeMonotonic();
    int last = size - 1;
    double observations = counts[last];
    if (last < 1 || observations == 0) {
      return Double.NaN;
    }
    double rank = q * observations;
    int at = 0;
    while (at < last && !(counts[at] >= rank)) {
      at++;
    }
    if (at == last) {
      return bounds[last - 1];
    }
    double end = bounds[at];
    if (at == 0) {
      return end <= 0 ? end : end * (rank / counts[0]);
    }
    double start = bounds[at - 1];
    double count = counts[at] - counts[at - 1];
    return start + (end - start) * ((rank - counts[at - 1]) / count);
  }

  double fraction(double lower, double upper) {
    if (!sortAndMerge()) {
      return Double.NaN;
    }
    double count = counts[size - 1];
    if (count == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    double lowerRank = rank(lower, count);
    double upperRank = rank(upper, count);
    return (upperRank - lowerRank) / count;
  }

  /** How many observations lie below a value, at most all. */
  private double rank(double value, double count) {
    double below = 0;
    double start = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
    for (int i = 0; i < size; i++) {
      if (start >= value) {
        return Math.min(below, count);
      }
      if (bounds[i] > value) {
        double rank =
            start == Double.NEGATIVE_INFINITY
                ? counts[i]
                : below + (counts[i] - below) * (value - start) / (bounds[i] - start);
        return rank > count ? count : rank;
      }
      below = counts[i];
      start = bounds[i];
    }
    return count;
  }

  /** False if the highest bucket is not +Inf. */
  private boolean sortAndMerge() {
    sort();
    if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return false;
    }
    int merged = 0;
    for (int i = 1; i < size; i++) {
      if (bounds[i] == bounds[merged]) {
        counts[merged] += counts[i];
      } else {
        merged++;
        bounds[merged] = bounds[i];
        counts[merged] = counts[i];
      }
    }
    size = merged + 1;
    return true;
  }

  /** Buckets are few and mostly come sorted; those of equal bounds keep their order. */
  private void sort() {
    for (int i = 1; i < size; i++) {
      double bound = bounds[i];
      double count = counts[i];
      int at = i - 1;
      while (at >= 0 && Double.compare(bounds[at], bound) > 0) {
        bounds[at + 1] = bounds[at];
        counts[at + 1] = counts[at];
        at--;
      }
      bounds[at + 1] = bound;
      counts[at + 1] = count;
    }
  }

  private void makeMonotonic() {
    forced = null;
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      if (count == before) {
        continue;
      }
      boolean insignificant = almostEqual(before, count);
      if (!insignificant && !(count < before)) {
        before = count;
        continue;
      }
      counts[i] = before;
      if (!insignificant) {
        Forced now = new Forced(bounds[i], bounds[i], before - count);
        forced = forced == null ? now : forced.and(now);
      }
    }
  }

  private static boolean almostEqual(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < TOLERANCE * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }
}
