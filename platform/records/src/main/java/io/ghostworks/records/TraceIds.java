package io.ghostworks.records;

import io.ghostworks.query.record.TraceKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Distinct ids of traces in their order, found by their halves without an object. Immutable. */
final class TraceIds {

  private final List<TraceKey> ids;
  private final long[] highs;
  private final long[] lows;
  private final int[] slots;

  private TraceIds(List<TraceKey> ids) {
    this.ids = ids;
    this.highs = ids.stream().mapToLong(TraceKey::high).toArray();
    this.lows = ids.stream().mapToLong(TraceKey::low).toArray();
    this.slots = new int[Math.max(4, Integer.highestOneBit(Math.max(1, highs.length)) * 4)];
    for (int i = 0; i < highs.length; i++) {
      int slot = slot(highs[i], lows[i]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }

  static TraceIds of(Collection<TraceKey> ids) {
    TraceKey[] sorted = ids.stream().distinct().toArray(TraceKey[]::new);
    Arrays.sort(sorted);
    return new TraceIds(List.of(sorted));
  }

  private int slot(long high, long low) {
    return (int) (((high ^ Long.rotateLeft(low, 29)) * 0x9E3779B97F4A7C15L) >>> 32)
        & (slots.length - 1);
  }

  /** The number of an id in the order of all; negative if it is not among them. */
  int find(long high, long low) {
    int slot = slot(high, low);
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (lows[number] == low && highs[number] == high) {
        return number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  List<TraceKey> all() {
    return ids;
  }

  /** Some of them as they follow one another. */
  TraceIds range(int from, int to) {
    return new TraceIds(ids.subList(from, to));
  }

  int size() {
    return highs.length;
  }
}
