package io.ghostworks.records.text;

import java.util.Arrays;
import java.util.Objects;

/** A set of the rows of a block, as one bit a row. Not thread-safe. */
public final class RowSet {

  private final int rows;
  private final long[] words;

  private RowSet(int rows, long[] words) {
    this.rows = rows;
    this.words = words;
  }

  /** None of this many rows. */
  public static RowSet none(int rows) {
    return new RowSet(rows, new long[(rows + 63) >>> 6]);
  }

  /** All of this many rows. */
  public static RowSet all(int rows) {
    RowSet set = none(rows);
    set.addAll();
    return set;
  }

  /** A set of its own with the same rows. */
  public RowSet copy() {
    return new RowSet(rows, words.clone());
  }

  /** How many rows the block has. */
  public int rows() {
    return rows;
  }

  public boolean contains(int row) {
    return (words[row >>> 6] & (1L << row)) != 0;
  }

  public void add(int row) {
    Objects.checkIndex(row, rows);
    words[row >>> 6] |= 1L << row;
  }

  public void remove(int row) {
    words[row >>> 6] &= ~(1L << row);
  }

  /** Adds every row. */
  public void addAll() {
    Arrays.fill(words, -1L);
    if ((rows & 63) != 0) {
      words[words.length - 1] = (1L << rows) - 1;
    }
  }

  /** Removes every row. */
  public void clear() {
    Arrays.fill(words, 0);
  }

  /** Keeps only rows that are in the other set too. */
  public void retain(RowSet other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= other.words[i];
    }
  }

  /** Adds the rows of the other set. */
  public void addAll(RowSet other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
  }

  /** Removes the rows of the other set. */
  public void removeAll(RowSet other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~other.words[i];
    }
  }

  /** The first row of the set at or after this one; -1 if there is none. */
  public int next(int from) {
    int word = from >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long rest = words[word] & (-1L << from);
    while (rest == 0) {
      if (++word == words.length) {
        return -1;
      }
      rest = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(rest);
  }

  /** How many rows are in the set. */
  public int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** The rows of the set, ascending; a new array. */
  public int[] toArray() {
    int[] rows = new int[count()];
    int at = 0;
    for (int row = next(0); row >= 0; row = next(row + 1)) {
      rows[at++] = row;
    }
    return rows;
  }

  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it holds every row. */
  public boolean isAll() {
    return count() == rows;
  }
}
