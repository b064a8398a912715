package io.ghostworks.series;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.SentLabelSets;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.series.head.HeadIndex;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The names in the journal of series whose labels came in some form before. Entries stand in the
 * order in which the sets came first, as senders repeat their order: the next set of a request is
 * looked for behind the one before, and only then by its fingerprint.
 *
 * <p>Grows while the budget of the newest samples has room, up to {@value #ENTRIES_MAX} sets. What
 * is full remembers no more until a new generation's names replace those of ended series; names
 * that mean nothing any more are found out by whoever uses them.
 *
 * <p>Lookups hold the read lock for a request; admission remembers under the write lock, and only
 * if that is free: a set that comes often is remembered some time.
 */
final class NumberedSets implements LabelSetNumbers {
  static final int ENTRIES_MAX = 1 << 20;

  private static final int ENTRIES_MIN = 1 << 10;

  /** High and low half of the fingerprint, and the name. */
  private static final int ENTRY_LONGS = 3;

  /** Of an entry, and of its two places in the index. */
  private static final long ENTRY_BYTES = ENTRY_LONGS * Long.BYTES + 2 * Integer.BYTES;

  private final MemoryBudget memory;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private long[] entries = {};

  /** Numbers of entries plus one, by fingerprint; twice as many places as entries at most. */
  private int[] index = {};

  private int size;
  private long firstNumber;

  NumberedSets(MemoryBudget memory) {
    this.memory = memory;
  }

  @Override
  public Lookup lookup(TenantId tenant) {
    lock.readLock().lock();
    return new Reading(salt(tenant));
  }

  /** How many sets are remembered. */
  int size() {
    lock.readLock().lock();
    try {
      return size;
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Remembers the sets of a batch that have a fingerprint.
   *
   * @param seriesOfSet the series of each set in the generation plus one; 0 or less without one
   */
  void remember(TenantId tenant, LabelSetTable sets, int[] seriesOfSet, HeadIndex generation) {
    SentLabelSets sent = sets.sentForms();
    if (sent == null) {
      return;
    }
    long first = generation.firstJournalId() - 1;
    int set = nextNew(sent, seriesOfSet, first, 0);
    if (set == seriesOfSet.length || !lock.writeLock().tryLock()) {
      return;
    }
    try {
      long salt = salt(tenant);
      for (; set < seriesOfSet.length; set = nextNew(sent, seriesOfSet, first, set + 1)) {
        if (!hasRoom(first + 1)) {
          return;
        }
        put(sent.high(set) ^ salt, sent.low(set), first + seriesOfSet[set]);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The first set from one on that has a series which is not remembered, or the end. */
  private static int nextNew(SentLabelSets sent, int[] seriesOfSet, long first, int from) {
    int set = from;
    while (set < seriesOfSet.length
        && (seriesOfSet[set] <= 0
            || !sent.hasFingerprint(set)
            || sent.number(set) == first + seriesOfSet[set])) {
      set++;
    }
    return set;
  }

  /** Forgets everything and gives the memory back. */
  void clear() {
    lock.writeLock().lock();
    try {
      memory.release(ENTRY_BYTES * capacity());
      entries = new long[0];
      index = new int[0];
      size = 0;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private int capacity() {
    return entries.length / ENTRY_LONGS;
  }

  private boolean isAt(int entry, long high, long low) {
    int at = entry * ENTRY_LONGS;
    return entries[at] == high && entries[at + 1] == low;
  }

  /** The entry of a fingerprint, or the complement of its place in the index. */
  private int find(long high, long low) {
    int mask = index.length - 1;
    int place = (int) high & mask;
    while (index[place] != 0) {
      if (isAt(index[place] - 1, high, low)) {
        return index[place] - 1;
      }
      place = place + 1 & mask;
    }
    return ~place;
  }

  private void put(long high, long low, long number) {
    int found = find(high, low);
    int entry = found < 0 ? size++ : found;
    int at = entry * ENTRY_LONGS;
    entries[at] = high;
    entries[at + 1] = low;
    entries[at + 2] = number;
    if (found < 0) {
      index[~found] = entry + 1;
    }
  }

  /** Makes room for one more; false if there is none to be had. */
  private boolean hasRoom(long first) {
    if (size < capacity()) {
      return true;
    }
    int larger = Math.clamp(capacity() * 2L, ENTRIES_MIN, ENTRIES_MAX);
    if (larger > capacity() && memory.tryReserve(ENTRY_BYTES * larger)) {
      memory.release(ENTRY_BYTES * capacity());
      rebuild(larger, first);
    } else if (first > firstNumber && capacity() > 0) {
      rebuild(capacity(), first);
    }
    return size < capacity();
  }

  /** Keeps the entries whose names are of the current generation. */
  private void rebuild(int capacity, long first) {
    long[] before = entries;
    int count = size;
    entries = new long[capacity * ENTRY_LONGS];
    index = new int[capacity * 2];
    size = 0;
    firstNumber = first;
    for (int entry = 0; entry < count; entry++) {
      int at = entry * ENTRY_LONGS;
      if (before[at + 2] >= first) {
        put(before[at], before[at + 1], before[at + 2]);
      }
    }
  }

  /** Keeps equal sets of two tenants apart. */
  private static long salt(TenantId tenant) {
    byte[] id = tenant.value().getBytes(StandardCharsets.UTF_8);
    return Hashing.xxh3_64().hashBytesToLong(id, 0, id.length);
  }

  /** Looks up the sets of one request, under the read lock. */
  private final class Reading implements Lookup {
    private final long salt;
    private int next;

    Reading(long salt) {
      this.salt = salt;
    }

    @Override
    public long find(long high, long low) {
      long salted = high ^ salt;
      if (next < size && isAt(next, salted, low)) {
        next++;
      } else {
        int entry = size == 0 ? -1 : NumberedSets.this.find(salted, low);
        if (entry < 0) {
          return UNKNOWN;
        }
        next = entry + 1;
      }
      return entries[next * ENTRY_LONGS - 1];
    }

    @Override
    public void close() {
      lock.readLock().unlock();
    }
  }
}
