package io.ghostworks.traceql.fetch;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.TraceKey;

/**
 * Trace ids, 16 to 43 bytes each, reserved of the query before they are held. The id of zeros is
 * never in it. Used by one thread.
 */
final class TraceKeySet implements AutoCloseable {
  private static final int SLOTS_MIN = 1_024;
  private static final int BYTES_A_SLOT = 2 * Long.BYTES;

  private final QueryContext context;
  private long[] slots = new long[2 * SLOTS_MIN];
  private long reservedBytes;
  private int size;

  TraceKeySet(QueryContext context) {
    this.context = context;
    this.reservedBytes = reserve(SLOTS_MIN);
  }

  private long reserve(int slotCount) {
    long bytes = (long) slotCount * BYTES_A_SLOT;
    context.reserve(bytes);
    return bytes;
  }

  /** Whether it was not there. */
  boolean add(long high, long low) {
    int slot = slot(slots, high, low);
    if (isThere(slots, slot) || (high | low) == 0) {
      return false;
    }
    slots[slot] = high;
    slots[slot + 1] = low;
    if (++size * 3L > slots.length) {
      grow();
    }
    return true;
  }

  boolean contains(TraceKey key) {
    return contains(key.high(), key.low());
  }

  boolean contains(long high, long low) {
    return isThere(slots, slot(slots, high, low));
  }

  int size() {
    return size;
  }

  private static boolean isThere(long[] slots, int slot) {
    return (slots[slot] | slots[slot + 1]) != 0;
  }

  /** Where an id is or would be. */
  private static int slot(long[] slots, long high, long low) {
    int mask = slots.length / 2 - 1;
    long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (isThere(slots, 2 * slot) && (slots[2 * slot] != high || slots[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return 2 * slot;
  }

  private void grow() {
    long before = reservedBytes;
    reservedBytes = reserve(slots.length);
    long[] larger = new long[2 * slots.length];
    for (int slot = 0; slot < slots.length; slot += 2) {
      if (isThere(slots, slot)) {
        int to = slot(larger, slots[slot], slots[slot + 1]);
        larger[to] = slots[slot];
        larger[to + 1] = slots[slot + 1];
      }
    }
    slots = larger;
    context.release(before);
  }

  @Override
  public void close() {
    context.release(reservedBytes);
    reservedBytes = 0;
  }
}
