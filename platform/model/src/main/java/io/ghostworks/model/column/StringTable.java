package io.ghostworks.model.column;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distinct texts of a batch, numbered from 0 in the order of their first appearance. Looking up
 * bytes that are already there allocates nothing. Not thread-safe.
 */
public final class StringTable {

  private final ByteArena arena = new ByteArena(256);
  private long[] slices = new long[16];
  private int[] slots = new int[32];
  private @Nullable String[] texts = new @Nullable String[16];
  private int size;

  /** The id of these UTF-8 bytes, which are copied if they are new. */
  public int intern(byte[] source, int offset, int length) {
    int mask = slots.length - 1;
    int slot = (int) Hashing.xxh3_64().hashBytesToLong(source, offset, length) & mask;
    while (slots[slot] != 0) {
      long slice = slices[slots[slot] - 1];
      int from = ByteArena.offset(slice);
      if (ByteArena.length(slice) == length
          && Arrays.equals(arena.array(), from, from + length, source, offset, offset + length)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    return add(slot, arena.append(source, offset, length));
  }

  /** The id of a text. */
  public int intern(String text) {
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return intern(utf8, 0, utf8.length);
  }

  /** The id of a text, or -1 if it is not there. */
  public int find(String text) {
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int mask = slots.length - 1;
    int slot = (int) Hashing.xxh3_64().hashBytesToLong(utf8, 0, utf8.length) & mask;
    while (slots[slot] != 0) {
      long slice = slices[slots[slot] - 1];
      int from = ByteArena.offset(slice);
      if (ByteArena.length(slice) == utf8.length
          && Arrays.equals(arena.array(), from, from + utf8.length, utf8, 0, utf8.length)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** The text with an id. */
  public String text(int id) {
    String text = texts[id];
    if (text == null) {
      text = arena.text(slices[id]);
      texts[id] = text;
    }
    return text;
  }

  /** Where the bytes of an id stand in {@link #arena()}. */
  public long slice(int id) {
    return slices[id];
  }

  /** The bytes of all texts; only to be read. */
  public ByteArena arena() {
    return arena;
  }

  /** The number of texts. */
  public int size() {
    return size;
  }

  private int add(int slot, long slice) {
    if (size == slices.length) {
      slices = Arrays.copyOf(slices, size * 2);
      texts = Arrays.copyOf(texts, size * 2);
    }
    slices[size] = slice;
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    int[] larger = new int[slots.length * 2];
    int mask = larger.length - 1;
    for (int id = 0; id < size; id++) {
      int slot =
          (int)
                  Hashing.xxh3_64()
                      .hashBytesToLong(
                          arena.array(), ByteArena.offset(slices[id]), ByteArena.length(slices[id]))
              & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = id + 1;
    }
    slots = larger;
  }
}
