package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.series.head.HeadIndex;
import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.series.head.SampleStore;
import io.ghostworks.series.head.SeriesStates;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The newest samples in memory: the current generation of labels, the store that takes samples, and
 * the rows that wait for the journal.
 *
 * <p>Two locks, taken in this order: the admission lock guards the generation's growth, its states
 * and the waiting rows; the read-write lock guards labels and samples. Memory is taken from the
 * budget as it grows, even beyond the limit: admission asks the budget beforehand.
 */
final class Head {
  private static final int NOT_TAKEN_OVER = -1;

  private final ReentrantLock admissionLock = new ReentrantLock();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final MemoryBudget memory;
  private final Deque<Rows> waiting = new ArrayDeque<>();
  private HeadIndex index;
  private SeriesStates states = new SeriesStates();
  private SampleStore active;
  private @Nullable HeadIndex previousIndex;
  private int[] takenOver = {};
  private int[] before = {};
  private int[] order = {};
  private HeadIndex orderOf;
  private long appliedSequence;
  private long frozenBytes;

  /** Of the generation whose last samples are being written, after it was renewed. */
  private long endedIndexBytes;

  private long accountedBytes;

  Head(MemoryBudget memory) {
    this.memory = memory;
    this.index = new HeadIndex(0, 0);
    this.orderOf = index;
    this.active = new SampleStore(index);
  }

  ReentrantLock admissionLock() {
    return admissionLock;
  }

  Lock readLock() {
    return lock.readLock();
  }

  /** The current generation; for the holder of the admission lock. */
  HeadIndex index() {
    return index;
  }

  /** The states of the current generation; for the holder of the admission lock. */
  SeriesStates states() {
    return states;
  }

  /** The rows that wait for the journal, oldest first; for the holder of the admission lock. */
  Deque<Rows> waiting() {
    return waiting;
  }

  HeadLayer layer() {
    return new HeadLayer(active, lock.readLock());
  }

  /** Bytes of the samples that a flush would write. */
  long activeBytes() {
    lock.readLock().lock();
    try {
      return active.bytes();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The number of samples that a flush would write. */
  long activeSamples() {
    lock.readLock().lock();
    try {
      return active.samples();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The number of series in the current generation. */
  int series() {
    lock.readLock().lock();
    try {
      return index.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The labels of a series of a generation. */
  Labels labels(HeadIndex generation, int series) {
    lock.readLock().lock();
    try {
      return generation.labels(series);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Bytes of labels and what is known of each series; for the holder of the admission lock. */
  long seriesBytes() {
    return index.bytes() + states.bytes();
  }

  /** Gives all memory back. */
  void close() {
    lock.writeLock().lock();
    try {
      memory.release(accountedBytes);
      accountedBytes = 0;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The last frame that was applied. */
  long appliedSequence() {
    lock.readLock().lock();
    try {
      return appliedSequence;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Adds a series with valid labels; for the holder of the admission lock. */
  int add(int tenant, long hash, byte[] packed, int offset, int length) {
    lock.writeLock().lock();
    try {
      int series = index.add(tenant, hash, packed, offset, length);
      states.add(true);
      return series;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The number of a tenant in the current generation; for the holder of the admission lock. */
  int tenant(TenantId tenant) {
    int known = index.findTenant(tenant);
    if (known >= 0) {
      return known;
    }
    lock.writeLock().lock();
    try {
      return index.tenant(tenant);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Makes the rows of a frame visible. */
  void apply(Rows rows, long sequence) {
    lock.writeLock().lock();
    try {
      int[] numbers = rows.index == index ? null : numbersAfter(rows.index);
      for (int i = 0; i < rows.size(); i++) {
        int series = rows.series.get(i);
        apply(rows, i, numbers == null ? series : numbers[series]);
      }
      appliedSequence = Math.max(appliedSequence, sequence);
      account();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * The number that a series had in the generation of waiting rows, or -1; for the holder of the
   * admission lock.
   */
  int numberIn(HeadIndex ofRows, int series) {
    if (ofRows == index) {
      return series;
    }
    return ofRows == previousIndex && series < before.length ? before[series] : -1;
  }

  /** Takes rows that were applied from the waiting ones. */
  void finished(Rows rows) {
    admissionLock.lock();
    try {
      waiting.remove(rows);
      int[] numbers = rows.index == index ? null : numbersAfter(rows.index);
      for (int i = 0; i < rows.size(); i++) {
        int series = rows.series.get(i);
        states.addWaiting(numbers == null ? series : numbers[series], -1);
      }
      forgetPrevious();
    } finally {
      admissionLock.unlock();
    }
  }

  /** Lets the generation before this one go, once no rows of it wait. */
  private void forgetPrevious() {
    HeadIndex previous = previousIndex;
    if (previous == null) {
      return;
    }
    for (Rows rows : waiting) {
      if (rows.index == previous) {
        return;
      }
    }
    lock.writeLock().lock();
    try {
      previousIndex = null;
      takenOver = new int[0];
      before = new int[0];
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Takes back what admission noted of rows that are not going to be applied. */
  void abandoned(Rows rows) {
    admissionLock.lock();
    try {
      int[] numbers = rows.index == index ? null : numbersAfter(rows.index);
      finished(rows);
      BitSet touched = new BitSet();
      for (int i = 0; i < rows.size(); i++) {
        int series = rows.series.get(i);
        touched.set(numbers == null ? series : numbers[series]);
      }
      touched.stream().forEach(this::forgetNewest);
      waiting.forEach(other -> noteNewest(other, touched));
    } finally {
      admissionLock.unlock();
    }
  }

  /**
   * Forgets the newest samples of series where they lie in a range, both ends inclusive; for the
   * holder of the admission lock.
   */
  void forgetNewest(RoaringBitmap series, long startMs, long endMs) {
    BitSet touched = new BitSet();
    IntIterator numbers = series.getIntIterator();
    while (numbers.hasNext()) {
      int number = numbers.next();
      long newest = states.newestMs(number);
      if (newest >= startMs && newest <= endMs) {
        touched.set(number);
      }
    }
    touched.stream().forEach(this::forgetNewest);
    waiting.forEach(other -> noteNewest(other, touched));
  }

  private void forgetNewest(int series) {
    lock.readLock().lock();
    try {
      // The value is left unknown: it is compared with what is stored, like a histogram.
      states.newest(series, active.maxTimestampMs(series), 0, true);
      states.mayBeOlderThanParts(series, true);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void noteNewest(Rows rows, BitSet wanted) {
    int[] numbers = rows.index == index ? null : numbersAfter(rows.index);
    for (int i = 0; i < rows.size(); i++) {
      int series = rows.series.get(i);
      int number = numbers == null ? series : numbers[series];
      long time = rows.timestampsMs.get(i);
      if (wanted.get(number) && time > states.newestMs(number)) {
        states.newest(number, time, 0, true);
      }
    }
  }

  /** Notes that everything up to a sequence is contained, here or in parts. */
  void applied(long sequence) {
    lock.writeLock().lock();
    try {
      appliedSequence = Math.max(appliedSequence, sequence);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Ends the store that takes samples and begins a new one.
   *
   * @param seenSinceMinute series that were seen before it, and no more, have ended
   * @param exchange told of the ended and the new store while neither changes
   */
  Frozen freeze(int seenSinceMinute, Exchange exchange) {
    admissionLock.lock();
    try {
      markEnded(seenSinceMinute, exchange);
      boolean renew = wantsNewGeneration(seenSinceMinute);
      lock.writeLock().lock();
      try {
        if (renew) {
          endedIndexBytes = index.bytes();
          renewGeneration(seenSinceMinute);
        }
        Frozen frozen =
            new Frozen(new HeadLayer(active, lock.readLock(), appliedSequence), appliedSequence);
        frozenBytes += active.bytes();
        active = new SampleStore(index);
        exchange.exchange(frozen.layer(), layer());
        account();
        forgetPrevious();
        return frozen;
      } finally {
        lock.writeLock().unlock();
      }
    } finally {
      admissionLock.unlock();
    }
  }

  /** The series of an ended store in the order of tenant and labels; for a flush. */
  int[] sorted(HeadLayer ended) {
    HeadIndex generation = ended.store().index();
    // Kept for the next flush, which then has to sort the new series only.
    order = ended.sorted(generation == orderOf ? order : new int[0]);
    orderOf = generation;
    return order;
  }

  /** Gives back the memory of a frozen store that nobody needs any more. */
  void forget(HeadLayer frozen) {
    lock.writeLock().lock();
    try {
      frozenBytes -= frozen.store().bytes();
      if (frozen.store().index() != index) {
        endedIndexBytes = 0;
        order = new int[0];
        orderOf = index;
      }
      account();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Brings what is taken from the budget up to date; under the write lock. */
  private void account() {
    long bytes = index.bytes() + states.bytes() + active.bytes() + frozenBytes + endedIndexBytes;
    long difference = bytes - accountedBytes;
    if (difference > 0) {
      memory.reserveUnchecked(difference);
    } else {
      memory.release(-difference);
    }
    accountedBytes = bytes;
  }

  private void apply(Rows rows, int row, int series) {
    long time = rows.timestampsMs.get(row);
    long value = rows.values.get(row);
    long start = rows.startsMs.get(row);
    if (rows.kinds.get(row) == Rows.HISTOGRAM) {
      active.addHistogram(
          series,
          time,
          rows.histograms.array(),
          ByteArena.offset(value),
          ByteArena.length(value),
          start);
    } else {
      active.add(series, time, value, start);
    }
  }

  private int[] numbersAfter(HeadIndex old) {
    if (old != previousIndex) {
      throw new IllegalStateException("rows of a generation before the previous one still wait");
    }
    return takenOver;
  }

  private boolean wantsNewGeneration(int seenSinceMinute) {
    for (Rows rows : waiting) {
      if (rows.index != index) {
        return false;
      }
    }
    int ended = 0;
    for (int series = 0; series < states.size(); series++) {
      if (isEnded(series, seenSinceMinute)) {
        ended++;
      }
    }
    return ended > 1_000 && ended > states.size() / 3;
  }

  /** Marks series that ended as inactive. */
  private void markEnded(int seenSinceMinute, Exchange exchange) {
    for (int series = 0; series < states.size(); series++) {
      if (states.isActive(series) && isEnded(series, seenSinceMinute)) {
        states.active(series, false);
        exchange.ended(index.tenantOf(series), index.metric(series));
      }
    }
  }

  private boolean isEnded(int series, int seenSinceMinute) {
    return states.waiting(series) == 0 && states.lastSeenMinute(series) < seenSinceMinute;
  }

  /** Takes the living series over into a new generation; under both locks. */
  private void renewGeneration(int seenSinceMinute) {
    HeadIndex old = index;
    SeriesStates oldStates = states;
    HeadIndex renewed =
        new HeadIndex(old.firstJournalId() + old.size(), old.firstJournalPair() + old.pairs());
    SeriesStates renewedStates = new SeriesStates();
    int[] numbers = new int[old.size()];
    Arrays.fill(numbers, NOT_TAKEN_OVER);
    ByteArena scratch = new ByteArena(1024);
    for (int series = 0; series < old.size(); series++) {
      if (isEnded(series, seenSinceMinute)) {
        continue;
      }
      numbers[series] = renewed.add(old, series, scratch);
      renewedStates.takeOver(oldStates, series);
    }
    previousIndex = old;
    takenOver = numbers;
    before = new int[renewed.size()];
    for (int series = 0; series < numbers.length; series++) {
      if (numbers[series] != NOT_TAKEN_OVER) {
        before[numbers[series]] = series;
      }
    }
    index = renewed;
    states = renewedStates;
  }

  /**
   * A store that takes no more samples.
   *
   * @param sequence the last frame in it
   */
  record Frozen(HeadLayer layer, long sequence) {}

  /** Hears what a freeze changes, under the locks. */
  interface Exchange {
    /** Puts the new store into the place of the ended one. */
    void exchange(HeadLayer ended, HeadLayer active);

    /** A series of a metric is not active any more. */
    void ended(TenantId tenant, String metric);
  }
}
