package io.ghostworks.query.level;

import io.ghostworks.query.histogram.KahanSum;

/**
 * What is known about consecutive float samples of one series once they are gone. Facts of
 * neighbours combine: the pair of the last sample of one and the first of the next counts like any
 * other pair. Mutable, reused, owned by one thread; {@link #clear} comes before the first sample.
 *
 * <p>First, last, least, greatest, the counts and, where no pair is a reset, the correction are
 * exact whatever the order of combining; sum and squares are within rounding.
 */
public final class FloatFacts {
  private long firstMs;
  private double first;
  private long lastMs;
  private double last;
  private long count;
  private double min;
  private double max;
  private final KahanSum sum = new KahanSum();
  private double squares;
  private double correction;
  private long resets;
  private long changes;

  public FloatFacts clear() {
    count = 0;
    sum.set(0, 0);
    squares = 0;
    correction = 0;
    resets = 0;
    changes = 0;
    return this;
  }

  /** Sets all facts of at least one sample, as a row of a store holds them. */
  public FloatFacts set(
      long newFirstMs,
      double newFirst,
      long newLastMs,
      double newLast,
      long newCount,
      double newMin,
      double newMax,
      double newSum,
      double newSquares,
      double newCorrection,
      long newResets,
      long newChanges) {
    firstMs = newFirstMs;
    first = newFirst;
    lastMs = newLastMs;
    last = newLast;
    count = newCount;
    min = newMin;
    max = newMax;
    sum.set(newSum, 0);
    squares = newSquares;
    correction = newCorrection;
    resets = newResets;
    changes = newChanges;
    return this;
  }

  /** Adds a sample behind all others; it is no staleness marker. */
  public void add(long timeMs, double value) {
    double ownSquares = Double.isFinite(value) ? 0 : Double.NaN;
    if (count == 0) {
      set(timeMs, value, timeMs, value, 1, value, value, value, ownSquares, 0, 0, 0);
      return;
    }
    join(value);
    widen(value, value);
    squares += ownSquares + between(value, 1);
    sum.add(value);
    lastMs = timeMs;
    last = value;
    count++;
  }

  /** Adds what is known about samples behind all others. */
  public void append(FloatFacts next) {
    if (next.count == 0) {
      return;
    }
    if (count == 0) {
      copy(next);
      return;
    }
    join(next.first);
    widen(next.min, next.max);
    squares += next.squares + between(next.mean(), next.count);
    sum.add(next.sum.sum());
    sum.set(sum.sum(), sum.compensation() + next.sum.compensation());
    correction += next.correction;
    resets += next.resets;
    changes += next.changes;
    lastMs = next.lastMs;
    last = next.last;
    count += next.count;
  }

  private void copy(FloatFacts other) {
    set(
        other.firstMs,
        other.first,
        other.lastMs,
        other.last,
        other.count,
        other.min,
        other.max,
        other.sum.sum(),
        other.squares,
        other.correction,
        other.resets,
        other.changes);
    sum.set(other.sum.sum(), other.sum.compensation());
  }

  private void join(double next) {
    if (next < last) {
      correction += last;
      resets++;
    }
    if (next != last && !(Double.isNaN(next) && Double.isNaN(last))) {
      changes++;
    }
  }

  private void widen(double nextMin, double nextMax) {
    if (nextMin < min || Double.isNaN(min)) {
      min = nextMin;
    }
    if (nextMax > max || Double.isNaN(max)) {
      max = nextMax;
    }
  }

  /** The squares that arise between the mean so far and that of others (Chan, Golub, LeVeque). */
  private double between(double otherMean, long otherCount) {
    double delta = otherMean - mean();
    return delta * delta * ((double) count * otherCount / (count + otherCount));
  }

  public long firstMs() {
    return firstMs;
  }

  public double first() {
    return first;
  }

  public long lastMs() {
    return lastMs;
  }

  public double last() {
    return last;
  }

  public long count() {
    return count;
  }

  /** The least, NaN only where all are; as {@code min_over_time} finds it. */
  public double min() {
    return min;
  }

  /** The greatest, NaN only where all are; as {@code max_over_time} finds it. */
  public double max() {
    return max;
  }

  /** The compensated sum. */
  public double sum() {
    return Double.isInfinite(sum.sum()) ? sum.sum() : sum.total();
  }

  public double mean() {
    return sum() / count;
  }

  /** The sum of the squared distances to the mean. */
  public double squares() {
    return squares;
  }

  /** The sum of the values just before a smaller one: what a counter lost in resets. */
  public double correction() {
    return correction;
  }

  /** How often a value is less than the one before. */
  public long resets() {
    return resets;
  }

  /** How often a value differs from the one before. */
  public long changes() {
    return changes;
  }
}
