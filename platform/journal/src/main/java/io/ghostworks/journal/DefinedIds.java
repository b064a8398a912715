package io.ghostworks.journal;

import java.util.Arrays;

/**
 * The ids that one segment has defined: an open-addressing set of longs (Knuth, The Art of Computer
 * Programming 3, 6.4, linear probing) that takes back what a frame defined that is not written
 * after all.
 *
 * <p>Belongs to the journal's thread.
 */
final class DefinedIds implements SegmentDictionary {
  private static final int CAPACITY_MIN = 1024;

  private long[] slots = new long[CAPACITY_MIN];
  private long[] newInFrame = new long[64];
  private int newInFrameCount;
  private int size;
  private boolean zeroDefined;
  private boolean zeroNewInFrame;

  @Override
  public boolean define(long id) {
    if (id == 0) {
      boolean first = !zeroDefined;
      zeroDefined = true;
      zeroNewInFrame |= first;
      return first;
    }
    int slot = slot(slots, id);
    if (slots[slot] == id) {
      return false;
    }
    slots[slot] = id;
    size++;
    if (newInFrameCount == newInFrame.length) {
      newInFrame = Arrays.copyOf(newInFrame, 2 * newInFrameCount);
    }
    newInFrame[newInFrameCount++] = id;
    if (2 * size > slots.length) {
      rehash(2 * slots.length, 0);
    }
    return true;
  }

  /** How many ids are defined. */
  int size() {
    return size;
  }

  /** A frame begins. */
  void beginFrame() {
    newInFrameCount = 0;
    zeroNewInFrame = false;
  }

  /** The frame that was begun last is not written: what it defined is not defined. */
  void forgetFrame() {
    if (zeroNewInFrame) {
      zeroDefined = false;
    }
    if (newInFrameCount > 0) {
      rehash(slots.length, newInFrameCount);
    }
    beginFrame();
  }

  /** A new segment: nothing is defined. */
  void clear() {
    if (slots.length > 64 * CAPACITY_MIN && size < slots.length / 8) {
      slots = new long[slots.length / 4];
    } else {
      Arrays.fill(slots, 0);
    }
    size = 0;
    zeroDefined = false;
    beginFrame();
  }

  private void rehash(int capacity, int forgotten) {
    Arrays.sort(newInFrame, 0, forgotten);
    long[] old = slots;
    slots = new long[capacity];
    size = 0;
    for (long id : old) {
      if (id != 0 && Arrays.binarySearch(newInFrame, 0, forgotten, id) < 0) {
        slots[slot(slots, id)] = id;
        size++;
      }
    }
  }

  private static int slot(long[] table, long id) {
    int mask = table.length - 1;
    int slot = (int) ((id * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (table[slot] != 0 && table[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
