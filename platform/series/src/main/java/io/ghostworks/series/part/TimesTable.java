package io.ghostworks.series.part;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.series.primitive.LongIntMap;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The columns of times that a part holds so far, found again by their bytes. Forgets all when they
 * take too much memory: then a column may be written twice.
 */
final class TimesTable {
  private static final int REMEMBERED_BYTES_MAX = 32 << 20;
  private static final int RECENT = 1024;

  private final BytesOutput offsets = new BytesOutput(1024, Integer.MAX_VALUE - 64);
  private final LongColumn slices = new LongColumn();
  private ByteArena bytes = new ByteArena(4096);
  private LongIntMap numbers = new LongIntMap();
  private final long[] @Nullable [] recentTimes = new long[RECENT][];
  private final int[] recentNumbers = new int[RECENT];

  /** The number of a column of times that was used lately, or -1: without encoding them. */
  int recent(long[] times, int from, int to) {
    int slot = slot(times, from, to);
    long[] known = recentTimes[slot];
    return known != null && Arrays.equals(known, 0, known.length, times, from, to)
        ? recentNumbers[slot]
        : -1;
  }

  /** Notes the number of a column of times. */
  void use(long[] times, int from, int to, int number) {
    int slot = slot(times, from, to);
    recentTimes[slot] = Arrays.copyOfRange(times, from, to);
    recentNumbers[slot] = number;
  }

  /** The number of a column with these bytes, or -1. */
  int find(BytesOutput column) {
    int number = numbers.get(hash(column));
    if (number < 0) {
      return -1;
    }
    long slice = slices.get(number);
    int from = ByteArena.offset(slice);
    boolean equal =
        Arrays.equals(
            bytes.array(),
            from,
            from + ByteArena.length(slice),
            column.array(),
            0,
            column.position());
    return equal ? number : -1;
  }

  /** Notes a column that was written at an offset, and gives it the next number. */
  int add(BytesOutput column, long offset) {
    if (bytes.size() > REMEMBERED_BYTES_MAX) {
      bytes = new ByteArena(4096);
      numbers = new LongIntMap();
    }
    int number = slices.size();
    offsets.putLong(offset);
    long hash = hash(column);
    if (numbers.get(hash) < 0) {
      numbers.put(hash, number);
      slices.add(bytes.append(column.array(), 0, column.position()));
    } else {
      slices.add(ByteArena.EMPTY);
    }
    return number;
  }

  BytesOutput offsets() {
    return offsets;
  }

  private static int slot(long[] times, int from, int to) {
    long mixed = (times[from] * 31 + times[to - 1]) * 31 + to - from;
    return (int) ((mixed * 0x9E3779B97F4A7C15L) >>> 54);
  }

  private static long hash(BytesOutput column) {
    return Hashing.xxh3_64().hashBytesToLong(column.array(), 0, column.position()) >>> 1;
  }
}
