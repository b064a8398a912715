package io.ghostworks.server.jaeger;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Sums of weights by key, for keys that are not negative. Used by one thread. */
final class WeighedSlots {

  private static final int CAPACITY_FIRST = 64;
  private static final int ENTRY_BYTES = 16;
  private static final long NONE = -1;

  private final LongConsumer reserve;
  private long[] keys = new long[0];
  private double[] weights = new double[0];
  private int size;

  /**
   * @param reserve told how many bytes more are held, before they are
   */
  WeighedSlots(LongConsumer reserve) {
    this.reserve = reserve;
    grow(CAPACITY_FIRST);
  }

  void add(long key, double weight) {
    if (size * 2 >= keys.length) {
      grow(keys.length * 2);
    }
    int slot = slot(key);
    if (keys[slot] == NONE) {
      keys[slot] = key;
      size++;
    }
    weights[slot] += weight;
  }

  /** All keys, ascending. */
  long[] sortedKeys() {
    long[] sorted = new long[size];
    int count = 0;
    for (long key : keys) {
      if (key != NONE) {
        sorted[count++] = key;
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** The sum of a key's weights; 0 for one that was never added. */
  double weight(long key) {
    return weights[slot(key)];
  }

  private void grow(int capacity) {
    reserve.accept((long) (capacity - keys.length) * ENTRY_BYTES);
    long[] oldKeys = keys;
    double[] oldWeights = weights;
    keys = new long[capacity];
    Arrays.fill(keys, NONE);
    weights = new double[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NONE) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        weights[slot] = oldWeights[i];
      }
    }
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
