package io.ghostworks.traceql.trace;

/** Finds the rows of a span id. Rows of the same id follow one another in the order given. */
final class SpanIds {
  private final long[] ids;
  private final int[] slots;
  private final int[] next;

  /**
   * @param order the rows, in the order in which those of an id are to be found
   */
  SpanIds(long[] ids, int[] order) {
    this.ids = ids;
    int capacity = Integer.highestOneBit(Math.max(8, ids.length)) * 4;
    this.slots = new int[capacity];
    this.next = new int[ids.length];
    for (int i = order.length - 1; i >= 0; i--) {
      int row = order[i];
      int slot = slot(ids[row]);
      next[row] = slots[slot] - 1;
      slots[slot] = row + 1;
    }
  }

  /** The first row of an id, or -1. */
  int first(long id) {
    return slots[slot(id)] - 1;
  }

  /** The next row of the same id, or -1. */
  int next(int row) {
    return next[row];
  }

  private int slot(long id) {
    int mask = slots.length - 1;
    long mixed = id * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (slots[slot] != 0 && ids[slots[slot] - 1] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
