package io.ghostworks.traceql.dependency;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of spans, with what links them: rows are numbered as they were added, and found by
 * trace and span id. Of spans that share both the first is found. Not thread-safe.
 */
final class SpanChunk {

  /** What one row takes, slots of the index included; names are shared. */
  static final int BYTES_PER_ROW = 76;

  static final byte LINKED = 1;
  static final byte CALLED = 2;
  static final byte ERROR = 4;
  static final byte IN_RANGE = 8;

  private static final int CAPACITY_FIRST = 1_024;

  private final int capacityMax;
  long[] traceHigh = new long[0];
  long[] traceLow = new long[0];
  long[] span = new long[0];
  long[] parent = new long[0];
  byte[] kind = new byte[0];
  byte[] state = new byte[0];
  double[] weight = new double[0];
  String[] service = new String[0];
  @Nullable String[] peer = new @Nullable String[0];
  boolean[] database = new boolean[0];
  private int[] slots = new int[0];

  /** By row: the next row with the same ids, plus 1. */
  private int[] twins = new int[0];

  private int size;

  /**
   * @param capacityMax rows, for which arrays grow as they come
   */
  SpanChunk(int capacityMax) {
    this.capacityMax = capacityMax;
    grow(Math.min(capacityMax, CAPACITY_FIRST));
  }

  private void grow(int capacity) {
    traceHigh = Arrays.copyOf(traceHigh, capacity);
    traceLow = Arrays.copyOf(traceLow, capacity);
    span = Arrays.copyOf(span, capacity);
    parent = Arrays.copyOf(parent, capacity);
    kind = Arrays.copyOf(kind, capacity);
    state = Arrays.copyOf(state, capacity);
    weight = Arrays.copyOf(weight, capacity);
    service = Arrays.copyOf(service, capacity);
    peer = Arrays.copyOf(peer, capacity);
    database = Arrays.copyOf(database, capacity);
    slots = new int[Integer.highestOneBit(capacity) << 2];
    twins = new int[capacity];
    for (int row = 0; row < size; row++) {
      index(row);
    }
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == capacityMax;
  }

  void clear() {
    Arrays.fill(service, 0, size, "");
    Arrays.fill(peer, 0, size, null);
    Arrays.fill(slots, 0);
    Arrays.fill(twins, 0, size, 0);
    size = 0;
  }

  /** Adds a row whose other columns the caller sets, and returns its number. */
  int add(long high, long low, long spanId) {
    if (size == span.length) {
      grow(Math.min(capacityMax, size * 2));
    }
    int row = size++;
    traceHigh[row] = high;
    traceLow[row] = low;
    span[row] = spanId;
    index(row);
    return row;
  }

  private void index(int row) {
    int mask = slots.length - 1;
    int slot = hash(traceHigh[row], traceLow[row], span[row]) & mask;
    while (slots[slot] != 0) {
      int first = slots[slot] - 1;
      if (is(first, traceHigh[row], traceLow[row], span[row])) {
        twins[row] = twins[first];
        twins[first] = row + 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = row + 1;
  }

  /** The row of a span, or −1. */
  int find(long high, long low, long spanId) {
    int mask = slots.length - 1;
    int slot = hash(high, low, spanId) & mask;
    while (slots[slot] != 0) {
      int row = slots[slot] - 1;
      if (is(row, high, low, spanId)) {
        return row;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** The next row with the ids of a row that {@link #find} or this gave, or −1. */
  int twin(int row) {
    return twins[row] - 1;
  }

  boolean has(int row, byte flag) {
    return (state[row] & flag) != 0;
  }

  void mark(int row, byte flag) {
    state[row] |= flag;
  }

  private boolean is(int row, long high, long low, long spanId) {
    return span[row] == spanId && traceLow[row] == low && traceHigh[row] == high;
  }

  private static int hash(long high, long low, long spanId) {
    long mixed =
        (high ^ Long.rotateLeft(low, 29) ^ Long.rotateLeft(spanId, 47)) * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    return (int) ((mixed * 0xD6E8FEB86659FD93L) >>> 32);
  }
}
