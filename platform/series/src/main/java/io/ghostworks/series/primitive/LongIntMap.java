package io.ghostworks.series.primitive;

import java.util.Arrays;

/**
 * Long keys, none of them -1, to int values from 0 on. Entries are never removed. Not thread-safe.
 */
public final class LongIntMap {
  private static final long FREE = -1;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[32];
  private int[] values = new int[32];
  private int size;

  public LongIntMap() {
    Arrays.fill(keys, FREE);
  }

  /** The value of a key, or -1. */
  public int get(long key) {
    int mask = keys.length - 1;
    for (int slot = slot(key, mask); keys[slot] != FREE; slot = (slot + 1) & mask) {
      if (keys[slot] == key) {
        return values[slot];
      }
    }
    return -1;
  }

  /** Adds a key that is not there. */
  public void put(long key, int value) {
    if ((size + 1) * 3L > keys.length * 2L) {
      grow();
    }
    insert(key, value);
    size++;
  }

  /** Heap bytes of the arrays. */
  public long bytes() {
    return 12L * keys.length;
  }

  private void insert(long key, int value) {
    int mask = keys.length - 1;
    int slot = slot(key, mask);
    while (keys[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[keys.length];
    Arrays.fill(keys, FREE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        insert(oldKeys[i], oldValues[i]);
      }
    }
  }

  private static int slot(long key, int mask) {
    long mixed = key * MIX;
    return (int) (mixed ^ (mixed >>> 32)) & mask;
  }
}
