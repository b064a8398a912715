package io.ghostworks.records.part;

import io.ghostworks.query.record.RecordSource;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.part.PartReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The traces of a part: which blocks have rows of one, and the ids by their ordinals. Thread-safe.
 */
final class TraceTable {

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ID_BYTES = 16;
  private static final int ENTRY_BYTES = 8;
  private static final int OLD_ENTRY_BYTES = 20;

  /** Unit of the times of traces. */
  static final long NANOS_PER_MS = 1_000_000;

  /** A time or length that is not less. */
  static final long MS_MAX = 0xffffffffL;

  private final MemorySegment ids;
  private final MemorySegment entries;
  private final MemorySegment lists;
  private final MemorySegment times;
  private final int blocks;
  private final boolean old;

  private TraceTable(
      MemorySegment ids,
      MemorySegment entries,
      MemorySegment lists,
      MemorySegment times,
      int blocks,
      boolean old) {
    this.ids = ids;
    this.entries = entries;
    this.lists = lists;
    this.times = times;
    this.blocks = blocks;
    this.old = old;
  }

  /** Verifies and maps the sections of a part. */
  static TraceTable open(PartReader reader, int blocks) throws IOException {
    reader.verify("traces");
    reader.verify("traceBlocks");
    boolean old = reader.kindVersion() == 1;
    MemorySegment entries = reader.map("traces");
    if (!old) {
      reader.verify("traceIds");
    }
    boolean timed = reader.has("traceTimes");
    if (timed) {
      reader.verify("traceTimes");
    }
    return new TraceTable(
        old ? entries : reader.map("traceIds"),
        entries,
        reader.map("traceBlocks"),
        timed ? reader.map("traceTimes") : MemorySegment.NULL,
        blocks,
        old);
  }

  private int count() {
    return (int) (entries.byteSize() / (old ? OLD_ENTRY_BYTES : ENTRY_BYTES));
  }

  /** One half of the id with an ordinal, from 1. */
  long half(long ordinal, boolean high) throws DamagedDataException {
    if (old || ordinal < 1 || ordinal > ids.byteSize() / ID_BYTES) {
      throw new DamagedDataException("no trace of the part has the ordinal " + ordinal);
    }
    return ids.get(LONG, (ordinal - 1) * ID_BYTES + (high ? 0 : Long.BYTES));
  }

  /** The blocks that have rows of a trace, ascending; empty if none has. */
  int[] blocksOf(long high, long low) {
    int entry = entry(high, low);
    return entry < 0 ? new int[0] : blocksAt(entry);
  }

  /** The ordinal of a trace; 0 if it has none. Of version 2. */
  long ordinal(long high, long low) {
    int entry = entry(high, low);
    return entry < 0 ? 0 : entries.get(INT, (long) entry * ENTRY_BYTES);
  }

  /**
   * The times of the rows of a trace by its ordinal, widened to milliseconds; null if they are not
   * known.
   */
  RecordSource.@Nullable TimeRange times(long ordinal) {
    long at = Long.BYTES + (ordinal - 1) * 2 * Integer.BYTES;
    if (ordinal < 1 || at + 2 * Integer.BYTES > times.byteSize()) {
      return null;
    }
    long startMs = Integer.toUnsignedLong(times.get(INT, at));
    long lengthMs = Integer.toUnsignedLong(times.get(INT, at + Integer.BYTES));
    long start = times.get(LONG, 0) + startMs;
    boolean open = startMs == MS_MAX || lengthMs == MS_MAX;
    return new RecordSource.TimeRange(
        start * NANOS_PER_MS, open ? Long.MAX_VALUE : (start + lengthMs) * NANOS_PER_MS);
  }

  /** How many traces there are. */
  int size() {
    return count();
  }

  private int entry(long high, long low) {
    int from = 0;
    int to = count() - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      long at = idAt(middle);
      int order = Long.compareUnsigned(ids.get(LONG, at), high);
      if (order == 0) {
        order = Long.compareUnsigned(ids.get(LONG, at + Long.BYTES), low);
      }
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1;
  }

  private long idAt(int entry) {
    return old
        ? (long) entry * OLD_ENTRY_BYTES
        : (entries.get(INT, (long) entry * ENTRY_BYTES) - 1L) * ID_BYTES;
  }

  private int[] blocksAt(int entry) {
    if (old) {
      return list(entries.get(INT, (long) entry * OLD_ENTRY_BYTES + ID_BYTES));
    }
    int where = entries.get(INT, (long) entry * ENTRY_BYTES + Integer.BYTES);
    return where < 0 ? new int[] {where & Integer.MAX_VALUE} : list(where);
  }

  private int[] list(int offset) {
    long[] cursor = {Integer.toUnsignedLong(offset)};
    int[] list = new int[Math.min(varint(cursor), blocks)];
    int before = 0;
    for (int i = 0; i < list.length; i++) {
      before += varint(cursor);
      list[i] = before;
    }
    return list;
  }

  private int varint(long[] cursor) {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      byte next = lists.get(ValueLayout.JAVA_BYTE, cursor[0]++);
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
