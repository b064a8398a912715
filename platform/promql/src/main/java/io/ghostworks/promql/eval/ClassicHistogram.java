package io.ghostworks.promql.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One classic histogram over all steps: the series of its buckets, sorted once. At a step that was
 * loaded it tells quantiles and fractions, for which buckets of the same bound are merged and
 * counts made monotonic.
 */
final class ClassicHistogram {
  /** Relative differences that are only an artefact of floating-point sums. */
  private static final double TOLERANCE = 1e-12;

  /** Relative differences that are known to be more, whatever is rounded. */
  private static final double SIGNIFICANT = 2e-12;

  /** From here on nothing of a comparison is too small to be exact. */
  private static final double SAFE_MIN = 1e-300;

  private final List<Bucket> buckets = new ArrayList<>();
  private double[] upperBounds = new double[0];
  private double[][] columns = new double[0][];

  /** Steps at which there is a native histogram, too; null while there are none. */
  private boolean @Nullable [] forgotten;

  private double[] bounds = new double[0];
  private double[] counts = new double[0];
  private int size;
  private boolean monotonic;
  private @Nullable Forced forced;

  private record Bucket(double upperBound, double[] column) {}

  /** Counts that had to be raised to those of the bucket before. */
  record Forced(double lowest, double highest, double largestDifference) {
    Forced and(Forced other) {
      return new Forced(
          Math.min(lowest, other.lowest),
          Math.max(highest, other.highest),
          Math.max(largestDifference, other.largestDifference));
    }
  }

  /** Adds the series of a bucket. */
  void add(double upperBound, Series series) {
    buckets.add(new Bucket(upperBound, series.values()));
  }

  /** Ends the adding. Buckets of equal bounds keep their order. */
  void seal() {
    buckets.sort(Comparator.comparingDouble(Bucket::upperBound));
    upperBounds = buckets.stream().mapToDouble(Bucket::upperBound).toArray();
    columns = buckets.stream().map(Bucket::column).toArray(double[][]::new);
    bounds = new double[columns.length];
    counts = new double[columns.length];
  }

  /** Whether a step has a bucket. */
  boolean has(int step) {
    if (forgotten != null && forgotten[step]) {
      return false;
    }
    for (double[] column : columns) {
      if (Series.isPresent(column[step])) {
        return true;
      }
    }
    return false;
  }

  /** Makes a step one without buckets. */
  void forget(int step) {
    if (forgotten == null) {
      forgotten = new boolean[columns[0].length];
    }
    forgotten[step] = true;
  }

  /** Goes to a step; false where it has no bucket. */
  boolean load(int step) {
    size = 0;
    monotonic = false;
    if (forgotten != null && forgotten[step]) {
      return false;
    }
    double before = Double.NaN;
    for (int i = 0; i < columns.length; i++) {
      double count = columns[i][step];
      if (!Series.isPresent(count)) {
        continue;
      }
      double bound = upperBounds[i];
      if (bound == before) {
        counts[size - 1] += count;
      } else {
        bounds[size] = bound;
        counts[size++] = count;
        before = bound;
      }
    }
    return size > 0;
  }

  /** What the last {@link #quantile} had to repair, or null. */
  @Nullable Forced forced() {
    return forced;
  }

  /** A quantile at the step; counts that it repaired stay so for the next one. */
  double quantile(double q) {
    forced = null;
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    int last = size - 1;
    if (bounds[last] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    if (!monotonic) {
      makeMonotonic();
      monotonic = true;
    }
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

  /** The share of observations between two values at the step. */
  double fraction(double lower, double upper) {
    if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
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

  private void makeMonotonic() {
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      if (count == before) {
        continue;
      }
      if (isClearlyMore(before, count)) {
        before = count;
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

  /** The common case of {@link #almostEqual} being false, without its division. */
  private static boolean isClearlyMore(double before, double count) {
    return before >= 0 && count > SAFE_MIN && count - before > SIGNIFICANT * (count + before);
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
