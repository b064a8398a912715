package io.ghostworks.records.scan;

/** Sorts rows by keys without an object a row: a stable merge sort that is quick on sorted runs. */
public final class RowOrder {

  private static final int INSERTION_MAX = 12;

  private final long[] keys;
  private final int[] rows;
  private final long[] keysAside;
  private final int[] rowsAside;

  private RowOrder(long[] keys, int[] rows) {
    this.keys = keys;
    this.rows = rows;
    this.keysAside = new long[keys.length / 2 + 1];
    this.rowsAside = new int[keys.length / 2 + 1];
  }

  /** Sorts both arrays, which have the same length, by ascending keys. */
  public static void sort(long[] keys, int[] rows) {
    if (!isSorted(keys)) {
      new RowOrder(keys, rows).sort(0, keys.length);
    }
  }

  private static boolean isSorted(long[] keys) {
    for (int i = 1; i < keys.length; i++) {
      if (keys[i - 1] > keys[i]) {
        return false;
      }
    }
    return true;
  }

  private void sort(int from, int to) {
    if (to - from <= INSERTION_MAX) {
      insert(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (keys[middle - 1] > keys[middle]) {
      merge(from, middle, to);
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long key = keys[i];
      int row = rows[i];
      int at = i;
      while (at > from && keys[at - 1] > key) {
        keys[at] = keys[at - 1];
        rows[at] = rows[at - 1];
        at--;
      }
      keys[at] = key;
      rows[at] = row;
    }
  }

  private void merge(int from, int middle, int to) {
    int left = middle - from;
    System.arraycopy(keys, from, keysAside, 0, left);
    System.arraycopy(rows, from, rowsAside, 0, left);
    int l = 0;
    int r = middle;
    int at = from;
    while (l < left && r < to) {
      if (keysAside[l] <= keys[r]) {
        keys[at] = keysAside[l];
        rows[at++] = rowsAside[l++];
      } else {
        keys[at] = keys[r];
        rows[at++] = rows[r++];
      }
    }
    System.arraycopy(keysAside, l, keys, at, left - l);
    System.arraycopy(rowsAside, l, rows, at, left - l);
  }
}
