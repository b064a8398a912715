package io.ghostworks.logql.eval;

import java.util.Arrays;

/** A set of longs that is emptied and filled again each step. Not thread-safe. */
final class LongSet {
  private long[] keys = new long[16];
  private int[] stamps = new int[16];
  private int stamp = 1;
  private int size;

  void clear() {
    stamp++;
    size = 0;
  }

  /** Adds a key; whether it was not there. */
  boolean add(long key) {
    if (2 * size >= keys.length) {
      grow();
    }
    int at = slot(key);
    if (stamps[at] == stamp) {
      return false;
    }
    keys[at] = key;
    stamps[at] = stamp;
    size++;
    return true;
  }

  boolean has(long key) {
    return stamps[slot(key)] == stamp;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (stamps[at] == stamp && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldStamps = stamps;
    keys = new long[2 * oldKeys.length];
    stamps = new int[2 * oldKeys.length];
    Arrays.fill(stamps, stamp - 1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldStamps[i] == stamp) {
        int at = slot(oldKeys[i]);
        keys[at] = oldKeys[i];
        stamps[at] = stamp;
      }
    }
  }
}
