package io.ghostworks.promql.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one classic histogram at one time. Quantiles and fractions sort the buckets, merge
 * those with the same bound and make the counts monotonic.
 */
final class ClassicHistogram {
  /** Relative differences that are only an artefact of floating-point sums. */
  private static final double TOLERANCE = 1e-12;

  private List<Bucket> buckets = new ArrayList<>();
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

  private record Bucket(double upperBound, double count) {}

  void clear() {
    buckets.clear();
    forced = null;
  }

  void add(double upperBound, double count) {
    buckets.add(new Bucket(upperBound, count));
  }

  boolean isEmpty() {
    return buckets.isEmpty();
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
    int last = buckets.size() - 1;
    double observations = buckets.get(last).count();
    if (last < 1 || observations == 0) {
      return Double.NaN;
    }
    double rank = q * observations;
    int at = 0;
    while (at < last && !(buckets.get(at).count() >= rank)) {
      at++;
    }
    if (at == last) {
      return buckets.get(last - 1).upperBound();
    }
    double end = buckets.get(at).upperBound();
    if (at == 0) {
      return end <= 0 ? end : end * (rank / buckets.get(0).count());
    }
    Bucket before = buckets.get(at - 1);
    double start = before.upperBound();
    double count = buckets.get(at).count() - before.count();
    return start + (end - start) * ((rank - before.count()) / count);
  }

  double fraction(double lower, double upper) {
    if (!sortAndMerge()) {
      return Double.NaN;
    }
    double count = buckets.getLast().count();
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
    double start = buckets.getFirst().upperBound() <= 0 ? Double.NEGATIVE_INFINITY : 0;
    for (Bucket bucket : buckets) {
      if (start >= value) {
        return Math.min(below, count);
      }
      if (bucket.upperBound() > value) {
        double rank =
            start == Double.NEGATIVE_INFINITY
                ? bucket.count()
                : below
                    + (bucket.count() - below) * (value - start) / (bucket.upperBound() - start);
        return rank > count ? count : rank;
      }
      below = bucket.count();
      start = bucket.upperBound();
    }
    return count;
  }

  /** False if the highest bucket is not +Inf. */
  private boolean sortAndMerge() {
    buckets.sort(Comparator.comparingDouble(Bucket::upperBound));
    if (buckets.getLast().upperBound() != Double.POSITIVE_INFINITY) {
      return false;
    }
    List<Bucket> merged = new ArrayList<>(buckets.size());
    for (Bucket bucket : buckets) {
      if (!merged.isEmpty() && merged.getLast().upperBound() == bucket.upperBound()) {
        Bucket last = merged.removeLast();
        merged.add(new Bucket(last.upperBound(), last.count() + bucket.count()));
      } else {
        merged.add(bucket);
      }
    }
    buckets = merged;
    return true;
  }

  private void makeMonotonic() {
    forced = null;
    double before = buckets.getFirst().count();
    for (int i = 1; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      double count = bucket.count();
      if (count == before) {
        continue;
      }
      boolean insignificant = almostEqual(before, count);
      if (!insignificant && !(count < before)) {
        before = count;
        continue;
      }
      buckets.set(i, new Bucket(bucket.upperBound(), before));
      if (!insignificant) {
        Forced now = new Forced(bucket.upperBound(), bucket.upperBound(), before - count);
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
