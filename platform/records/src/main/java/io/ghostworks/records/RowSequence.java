package io.ghostworks.records;

import io.ghostworks.records.scan.RowOrder;

/** Rows of several batches on their way into a part, without an object a row. */
final class RowSequence {

  private final int[] keys;
  private final long[] times;
  private final int[] pieces;
  private final int[] rows;
  private final int[] order;
  private int size;

  RowSequence(int capacity) {
    keys = new int[capacity];
    times = new long[capacity];
    pieces = new int[capacity];
    rows = new int[capacity];
    order = new int[capacity];
  }

  /** Adds a row, of which there are no more than the capacity. */
  void add(int key, long timeNanos, int piece, int row) {
    keys[size] = key;
    times[size] = timeNanos;
    pieces[size] = piece;
    rows[size] = row;
    order[size] = size;
    size++;
  }

  /** Puts all into the order of a part: by key and time, then as they were added. */
  void sort() {
    sortBy(times);
    long[] wide = new long[size];
    for (int i = 0; i < size; i++) {
      wide[i] = keys[i];
    }
    sortBy(wide);
  }

  /** Stable. */
  private void sortBy(long[] values) {
    long[] ordered = new long[size];
    for (int i = 0; i < size; i++) {
      ordered[i] = values[order[i]];
    }
    RowOrder.sort(ordered, order);
  }

  int size() {
    return size;
  }

  int piece(int index) {
    return pieces[order[index]];
  }

  int row(int index) {
    return rows[order[index]];
  }

  /** Whether key and time are those of the row before. */
  boolean isLikeBefore(int index) {
    return index > 0
        && keys[order[index]] == keys[order[index - 1]]
        && times[order[index]] == times[order[index - 1]];
  }
}
