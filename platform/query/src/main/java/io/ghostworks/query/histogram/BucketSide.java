package io.ghostworks.query.histogram;

import java.util.Arrays;

/**
 * The buckets of one sign of a histogram: ascending indexes, their counts, and what Kahan's
 * summation still owes to each count. Owned by one {@link MutableHistogram}.
 */
public final class BucketSide {
  private int[] indexes;
  private double[] counts;
  private double[] compensations;
  private int size;

  private BucketSide(int[] indexes, double[] counts, double[] compensations, int size) {
    this.indexes = indexes;
    this.counts = counts;
    this.compensations = compensations;
    this.size = size;
  }

  /** From spans; spans that promise more buckets than there are counts end early. */
  static BucketSide of(int[] spanOffsets, int[] spanLengths, double[] counts) {
    int[] indexes = new int[counts.length];
    int size = 0;
    int index = 0;
    for (int span = 0; span < spanOffsets.length; span++) {
      index += spanOffsets[span];
      for (int i = 0; i < spanLengths[span] && size < counts.length; i++) {
        indexes[size++] = index++;
      }
    }
    return new BucketSide(indexes, counts.clone(), new double[counts.length], size);
  }

  static BucketSide empty(int capacity) {
    return new BucketSide(new int[capacity], new double[capacity], new double[capacity], 0);
  }

  BucketSide copy() {
    return new BucketSide(
        Arrays.copyOf(indexes, size),
        Arrays.copyOf(counts, size),
        Arrays.copyOf(compensations, size),
        size);
  }

  public int size() {
    return size;
  }

  public int index(int at) {
    return indexes[at];
  }

  public double count(int at) {
    return counts[at];
  }

  double compensation(int at) {
    return compensations[at];
  }

  void setCount(int at, double count) {
    counts[at] = count;
  }

  /** Empties a bucket, which compacting then removes. */
  void clear(int at) {
    counts[at] = 0;
    compensations[at] = 0;
  }

  void clear() {
    size = 0;
  }

  void append(int index, double count, double compensation) {
    if (size == indexes.length) {
      int capacity = Math.max(8, size * 2);
      indexes = Arrays.copyOf(indexes, capacity);
      counts = Arrays.copyOf(counts, capacity);
      compensations = Arrays.copyOf(compensations, capacity);
    }
    indexes[size] = index;
    counts[size] = count;
    compensations[size++] = compensation;
  }

  void multiply(double factor) {
    for (int i = 0; i < size; i++) {
      counts[i] *= factor;
      compensations[i] *= factor;
    }
  }

  void divide(double divisor) {
    for (int i = 0; i < size; i++) {
      counts[i] /= divisor;
      compensations[i] /= divisor;
    }
  }

  /** Adds the compensations to the counts. */
  void settle() {
    for (int i = 0; i < size; i++) {
      counts[i] += compensations[i];
      compensations[i] = 0;
    }
  }

  boolean hasInfinity() {
    for (int i = 0; i < size; i++) {
      if (Double.isInfinite(counts[i])) {
        return true;
      }
    }
    return false;
  }

  /** Removes the buckets whose count and compensation are 0. */
  void compact() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (counts[i] != 0 || compensations[i] != 0) {
        indexes[kept] = indexes[i];
        counts[kept] = counts[i];
        compensations[kept++] = compensations[i];
      }
    }
    size = kept;
  }

  /**
   * Adds the buckets of another side, from its bucket number {@code from} on, with or without
   * Kahan's summation.
   */
  void add(BucketSide other, int from, boolean negative, boolean kahan) {
    BucketSide sum = empty(size + other.size - from);
    int mine = 0;
    for (int theirs = from; theirs < other.size; theirs++) {
      int index = other.indexes[theirs];
      while (mine < size && indexes[mine] < index) {
        sum.append(indexes[mine], counts[mine], compensations[mine++]);
      }
      double count = negative ? -other.counts[theirs] : other.counts[theirs];
      double owed = negative ? -other.compensations[theirs] : other.compensations[theirs];
      if (mine == size || indexes[mine] > index) {
        sum.append(index, count, owed);
      } else if (kahan) {
        KahanSum total = new KahanSum(counts[mine], compensations[mine++]).add(count);
        if (owed != 0) {
          total.add(owed);
        }
        sum.append(index, total.sum(), total.compensation());
      } else {
        sum.append(index, counts[mine] + count, compensations[mine++]);
      }
    }
    while (mine < size) {
      sum.append(indexes[mine], counts[mine], compensations[mine++]);
    }
    take(sum);
  }

  /** Merges buckets into those of a schema that is coarser by so many steps. */
  void reduceResolution(int steps, boolean kahan) {
    if (steps == 0) {
      return;
    }
    BucketSide merged = empty(size);
    for (int i = 0; i < size; i++) {
      int index = ((indexes[i] - 1) >> steps) + 1;
      int last = merged.size - 1;
      if (last < 0 || merged.indexes[last] != index) {
        merged.append(index, counts[i], compensations[i]);
      } else if (kahan) {
        KahanSum total =
            new KahanSum(merged.counts[last], merged.compensations[last])
                .add(counts[i])
                .add(compensations[i]);
        merged.counts[last] = total.sum();
        merged.compensations[last] = total.compensation();
      } else {
        merged.counts[last] += counts[i];
      }
    }
    take(merged);
  }

  void take(BucketSide other) {
    indexes = other.indexes;
    counts = other.counts;
    compensations = other.compensations;
    size = other.size;
  }

  double[] toCounts() {
    return Arrays.copyOf(counts, size);
  }

  int[] toIndexes() {
    return Arrays.copyOf(indexes, size);
  }
}
