package io.ghostworks.records.column;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of the values of a column in a block.
 *
 * <pre>
 * zone := 0                                                      // unknown
 *       | 1 min:zigzag range:varint                              // of integers
 *       | 2 min:u64 max:u64 count:varint hash:u32[count]         // of texts: bounds of their first 8 bytes, read big-endian and filled with zeros;
 *                                                                // xxh3 of each distinct value, ascending; count 0 if there are more than 16
 * </pre>
 */
public sealed interface Zone {

  /** Of integers, both ends inclusive. */
  record Longs(long min, long max) implements Zone {}

  /**
   * Of texts.
   *
   * @param min least first eight bytes, as an unsigned number
   * @param hashes of all distinct values; empty if they are not known
   */
  record Texts(long min, long max, int[] hashes) implements Zone {
    /** Whether a value may be there. */
    public boolean mayHave(byte[] text) {
      long prefix = prefix(text, 0, text.length);
      return Long.compareUnsigned(prefix, min) >= 0
          && Long.compareUnsigned(prefix, max) <= 0
          && (hashes.length == 0 || Arrays.binarySearch(hashes, hash(text, 0, text.length)) >= 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Texts texts
          && min == texts.min
          && max == texts.max
          && Arrays.equals(hashes, texts.hashes);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(min) * 31 + Arrays.hashCode(hashes);
    }
  }

  /** How many distinct values are remembered. */
  int DISTINCT_MAX = 16;

  static Zone ofLongs(long[] values, int count) {
    long min = values[0];
    long max = min;
    for (int i = 1; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    return new Longs(min, max);
  }

  static Zone ofTexts(ByteArena arena, long[] slices, int count) {
    long min = -1L;
    long max = 0;
    int[] hashes = new int[DISTINCT_MAX];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (i > 0 && slices[i] == slices[i - 1]) {
        continue;
      }
      int from = ByteArena.offset(slices[i]);
      int length = ByteArena.length(slices[i]);
      long prefix = prefix(arena.array(), from, length);
      min = Long.compareUnsigned(prefix, min) < 0 ? prefix : min;
      max = Long.compareUnsigned(prefix, max) > 0 ? prefix : max;
      if (size <= DISTINCT_MAX) {
        size = add(hashes, size, hash(arena.array(), from, length));
      }
    }
    int[] known = Arrays.copyOf(hashes, size > DISTINCT_MAX ? 0 : size);
    Arrays.sort(known);
    return new Texts(min, max, known);
  }

  private static int add(int[] hashes, int size, int hash) {
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        return size;
      }
    }
    if (size < DISTINCT_MAX) {
      hashes[size] = hash;
    }
    return size + 1;
  }

  private static int hash(byte[] bytes, int from, int length) {
    return (int) Hashing.xxh3_64().hashBytesToLong(bytes, from, length);
  }

  private static long prefix(byte[] bytes, int from, int length) {
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = prefix << 8 | (i < length ? bytes[from + i] & 0xff : 0);
    }
    return prefix;
  }

  static void put(BytesOutput out, @Nullable Zone zone) {
    switch (zone) {
      case null -> out.putByte(0);
      case Longs longs -> {
        out.putByte(1);
        out.putZigzag(longs.min());
        out.putVarint(longs.max() - longs.min());
      }
      case Texts texts -> {
        out.putByte(2);
        out.putLong(texts.min());
        out.putLong(texts.max());
        out.putVarint(texts.hashes().length);
        for (int hash : texts.hashes()) {
          out.putInt(hash);
        }
      }
    }
  }

  static @Nullable Zone get(BytesInput in) throws DamagedDataException {
    int form = in.getByte();
    return switch (form) {
      case 0 -> null;
      case 1 -> {
        long min = in.getZigzag();
        yield new Longs(min, min + in.getVarint());
      }
      case 2 -> {
        long min = in.getLong();
        long max = in.getLong();
        int[] hashes = new int[in.getVarint(DISTINCT_MAX)];
        for (int i = 0; i < hashes.length; i++) {
          hashes[i] = in.getInt();
        }
        yield new Texts(min, max, hashes);
      }
      default ->
          throw new DamagedDataException(
              "bounds must have a form from 0 to 2, got %d before offset %d"
                  .formatted(form, in.position()));
    };
  }
}
