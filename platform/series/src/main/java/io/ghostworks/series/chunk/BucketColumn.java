package io.ghostworks.series.chunk;

import java.util.Arrays;

/**
 * The counts of one bucket of a classic histogram in one chunk, kept for the bucket after it, whose
 * counts are written as differences to these: both mostly grow together. Not thread-safe.
 */
public final class BucketColumn {
  private long[] integers = {};
  private int size;

  /** How many there are; 0 where the values are no integers. */
  public int size() {
    return size;
  }

  /** Keeps nothing. */
  public void clear() {
    size = 0;
  }

  long integer(int index) {
    return integers[index];
  }

  void set(long[] values, int count) {
    if (integers.length < count) {
      integers = Arrays.copyOf(values, count);
    } else {
      System.arraycopy(values, 0, integers, 0, count);
    }
    size = count;
  }

  void addTo(long[] values) {
    for (int i = 0; i < size; i++) {
      values[i] += integers[i];
    }
  }
}
