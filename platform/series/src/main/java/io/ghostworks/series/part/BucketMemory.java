package io.ghostworks.series.part;

import io.ghostworks.series.chunk.BucketColumn;
import org.jspecify.annotations.Nullable;

/**
 * The columns of buckets that a reader decoded and may need for the bucket after each, by series
 * and column of times. Each is taken by the one who needs it, so that of a histogram only the
 * newest stay; the oldest of all are forgotten above a bound. A hash table whose entries also stand
 * in a list by age. Not thread-safe.
 */
final class BucketMemory {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private @Nullable Entry[] slots = new @Nullable Entry[64];
  private int shift = Long.SIZE - 6;
  private int size;
  private long counts;
  private @Nullable Entry oldest;
  private @Nullable Entry newest;
  private @Nullable Entry free;

  private static final class Entry {
    private long key;
    private BucketColumn column = new BucketColumn();

    /** The next one with the same slot, or of those that are free. */
    private @Nullable Entry next;

    private @Nullable Entry older;
    private @Nullable Entry newer;
  }

  /** Gives a column away, or null where it is not remembered. */
  @Nullable BucketColumn take(int series, int times) {
    Entry entry = remove(key(series, times));
    return entry == null ? null : entry.column;
  }

  void put(int series, int times, BucketColumn column) {
    long key = key(series, times);
    remove(key);
    Entry entry = free;
    if (entry == null) {
      entry = new Entry();
    } else {
      free = entry.next;
    }
    entry.key = key;
    entry.column = column;
    add(entry);
    while (counts > BucketGroups.COUNTS_MAX && oldest != null) {
      remove(oldest.key);
    }
  }

  private void add(Entry entry) {
    if (size == slots.length) {
      grow();
    }
    int slot = slot(entry.key);
    entry.next = slots[slot];
    slots[slot] = entry;
    entry.older = newest;
    entry.newer = null;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
    size++;
    counts += entry.column.size();
  }

  /** Takes an entry out, which is free then; null where there is none. */
  private @Nullable Entry remove(long key) {
    int slot = slot(key);
    Entry before = null;
    Entry entry = slots[slot];
    while (entry != null && entry.key != key) {
      before = entry;
      entry = entry.next;
    }
    if (entry == null) {
      return null;
    }
    if (before == null) {
      slots[slot] = entry.next;
    } else {
      before.next = entry.next;
    }
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
    size--;
    counts -= entry.column.size();
    entry.next = free;
    free = entry;
    return entry;
  }

  private void grow() {
    @Nullable Entry[] before = slots;
    slots = new @Nullable Entry[before.length * 2];
    shift--;
    for (Entry first : before) {
      for (Entry entry = first; entry != null; ) {
        Entry next = entry.next;
        int slot = slot(entry.key);
        entry.next = slots[slot];
        slots[slot] = entry;
        entry = next;
      }
    }
  }

  private int slot(long key) {
    return (int) ((key * GOLDEN) >>> shift);
  }

  private static long key(int series, int times) {
    return (long) series << 32 | times;
  }
}
