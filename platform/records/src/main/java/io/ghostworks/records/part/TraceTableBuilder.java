package io.ghostworks.records.part;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the traces of a part in the order of their first row, and collects in which blocks each
 * has rows. Blocks are added in ascending order. Allocates nothing for a row.
 */
final class TraceTableBuilder {

  private final LongColumn highs = new LongColumn(1024);
  private final LongColumn lows = new LongColumn(1024);
  private final IntColumn firstBlocks = new IntColumn(1024);
  private final IntColumn lastBlocks = new IntColumn(1024);
  private final IntColumn latestMore = new IntColumn(1024);
  private final IntColumn moreBlocks = new IntColumn(64);
  private final IntColumn moreBefore = new IntColumn(64);
  private final LongColumn starts = new LongColumn(1024);
  private final LongColumn ends = new LongColumn(1024);
  private int[] slots = new int[4096];

  /** The ordinal of a trace, from 1, which has a row in a block; 0 of no trace. */
  int ordinal(long high, long low, long startNanos, long endNanos, int block) {
    if ((high | low) == 0) {
      return 0;
    }
    int mask = slots.length - 1;
    int slot = hash(high, low) & mask;
    while (slots[slot] != 0) {
      int trace = slots[slot] - 1;
      if (lows.get(trace) == low && highs.get(trace) == high) {
        addBlock(trace, block);
        starts.set(trace, Math.min(starts.get(trace), startNanos));
        ends.set(trace, Math.max(ends.get(trace), endNanos));
        return trace + 1;
      }
      slot = (slot + 1) & mask;
    }
    highs.add(high);
    lows.add(low);
    starts.add(startNanos);
    ends.add(endNanos);
    firstBlocks.add(block);
    lastBlocks.add(block);
    latestMore.add(-1);
    slots[slot] = highs.size();
    int ordinal = highs.size();
    if (2 * ordinal > slots.length) {
      grow();
    }
    return ordinal;
  }

  private void addBlock(int trace, int block) {
    if (lastBlocks.get(trace) != block) {
      lastBlocks.set(trace, block);
      moreBlocks.add(block);
      moreBefore.add(latestMore.get(trace));
      latestMore.set(trace, moreBlocks.size() - 1);
    }
  }

  private static int hash(long high, long low) {
    long mixed = (high ^ low) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int trace = 0; trace < highs.size(); trace++) {
      int slot = hash(highs.get(trace), lows.get(trace)) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = trace + 1;
    }
  }

  /** Writes the sections of traces. */
  void write(PartWriter writer) throws IOException {
    int count = highs.size();
    BytesOutput out = new BytesOutput(4096, RecordPartWriter.RAW_BYTES_MAX);
    for (int trace = 0; trace < count; trace++) {
      out.putLong(highs.get(trace));
      out.putLong(lows.get(trace));
    }
    writer.section("traceIds", out);
    out.clear();
    BytesOutput lists = new BytesOutput(4096, RecordPartWriter.RAW_BYTES_MAX);
    for (int trace : ordered()) {
      out.putInt(trace + 1);
      if (latestMore.get(trace) < 0) {
        out.putInt(firstBlocks.get(trace) | 1 << 31);
      } else {
        out.putInt(lists.position());
        putList(lists, trace);
      }
    }
    writer.section("traces", out);
    putTimes(out);
    writer.section("traceTimes", out);
    writer.section("traceBlocks", lists);
  }

  private void putTimes(BytesOutput out) {
    long baseMs = Long.MAX_VALUE;
    for (int trace = 0; trace < starts.size(); trace++) {
      baseMs = Math.min(baseMs, Math.floorDiv(starts.get(trace), TraceTable.NANOS_PER_MS));
    }
    out.clear();
    out.putLong(baseMs);
    for (int trace = 0; trace < starts.size(); trace++) {
      long startMs = Math.floorDiv(starts.get(trace), TraceTable.NANOS_PER_MS);
      long endMs = Math.floorDiv(ends.get(trace), TraceTable.NANOS_PER_MS) + 1;
      out.putInt((int) Math.min(startMs - baseMs, TraceTable.MS_MAX));
      out.putInt((int) Math.min(endMs - startMs, TraceTable.MS_MAX));
    }
  }

  private void putList(BytesOutput lists, int trace) {
    int count = 1;
    for (int more = latestMore.get(trace); more >= 0; more = moreBefore.get(more)) {
      count++;
    }
    int[] blocks = new int[count];
    for (int more = latestMore.get(trace); more >= 0; more = moreBefore.get(more)) {
      blocks[--count] = moreBlocks.get(more);
    }
    blocks[0] = firstBlocks.get(trace);
    lists.putVarint(blocks.length);
    int before = 0;
    for (int block : blocks) {
      lists.putVarint(block - before);
      before = block;
    }
  }

  /** The traces by their ids. */
  private int[] ordered() {
    long[] order = new long[highs.size()];
    // The first 32 bits decide nearly always; the rest of a long is the trace's number.
    for (int trace = 0; trace < order.length; trace++) {
      order[trace] = (highs.get(trace) >>> 32 << 32 ^ Long.MIN_VALUE) | trace;
    }
    Arrays.sort(order);
    int[] traces = new int[order.length];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = (int) order[i];
    }
    for (int from = 0; from < traces.length; ) {
      int to = from + 1;
      while (to < traces.length && order[to] >>> 32 == order[from] >>> 32) {
        to++;
      }
      if (to - from > 1) {
        sort(traces, from, to);
      }
      from = to;
    }
    return traces;
  }

  private void sort(int[] traces, int from, int to) {
    @Nullable Integer[] some = new @Nullable Integer[to - from];
    Arrays.setAll(some, i -> traces[from + i]);
    Arrays.sort(some, (left, right) -> compare(value(left), value(right)));
    for (int i = from; i < to; i++) {
      traces[i] = value(some[i - from]);
    }
  }

  private static int value(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private int compare(int left, int right) {
    int byHigh = Long.compareUnsigned(highs.get(left), highs.get(right));
    return byHigh != 0 ? byHigh : Long.compareUnsigned(lows.get(left), lows.get(right));
  }
}
