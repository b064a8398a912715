package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import java.util.Arrays;

/** Numbers distinct byte strings in the order in which they first came. Not thread-safe. */
final class FormTable {

  private final ByteArena bytes = new ByteArena(1 << 12);
  private int[] table = new int[64];
  private long[] slices = new long[32];
  private long[] hashes = new long[32];
  private int size;

  void clear() {
    bytes.truncate(0);
    Arrays.fill(table, 0);
    size = 0;
  }

  int size() {
    return size;
  }

  ByteArena arena() {
    return bytes;
  }

  /** The slice of a number in {@link #arena}. */
  long slice(int id) {
    return slices[id];
  }

  /** The number of a string, which is kept as a copy if it is new. */
  int id(byte[] source, int offset, int length) {
    long hash = Hashes.of(source, offset, length);
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0) {
      int id = table[slot] - 1;
      if (hashes[id] == hash && equal(slices[id], source, offset, length)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    if (size == slices.length) {
      slices = Arrays.copyOf(slices, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    slices[size] = bytes.append(source, offset, length);
    hashes[size] = hash;
    table[slot] = ++size;
    if (2 * size > table.length) {
      grow();
    }
    return size - 1;
  }

  private boolean equal(long slice, byte[] source, int offset, int length) {
    int from = ByteArena.offset(slice);
    return ByteArena.length(slice) == length
        && Arrays.equals(bytes.array(), from, from + length, source, offset, offset + length);
  }

  private void grow() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = (int) hashes[id] & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = id + 1;
    }
  }
}
