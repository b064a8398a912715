package io.ghostworks.series.head;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;

/**
 * Samples that came after newer ones of their series: columns, linked backwards per series. Reading
 * gives them in no particular order.
 */
final class LateSamples {
  private static final int NONE = -1;
  private static final int NO_HISTOGRAM = 0;

  private final ByteArena histograms = new ByteArena(16);
  private long[] timestampsMs = {};
  private long[] values = {};
  private long[] starts = {};
  private int[] previous = {};
  private byte[] kinds = {};
  private int size;

  int add(long timestampMs, long valueBits, long startMs, int previousEntry) {
    return add(timestampMs, valueBits, startMs, previousEntry, NO_HISTOGRAM);
  }

  int addHistogram(
      long timestampMs, byte[] encoded, int offset, int length, long startMs, int previousEntry) {
    return add(timestampMs, histograms.append(encoded, offset, length), startMs, previousEntry, 1);
  }

  void read(int newest, long startMs, long endMs, SampleBuffer target) {
    for (int entry = newest; entry != NONE; entry = previous[entry]) {
      long time = timestampsMs[entry];
      if (time < startMs || time > endMs) {
        continue;
      }
      if (kinds[entry] == NO_HISTOGRAM) {
        target.add(time, values[entry], starts[entry]);
      } else {
        target.add(time, histogram(values[entry]), starts[entry]);
      }
    }
  }

  long bytes() {
    return 29L * timestampsMs.length + histograms.array().length;
  }

  private int add(long timestampMs, long value, long startMs, int previousEntry, int kind) {
    if (size == timestampsMs.length) {
      int capacity = Math.max(64, size + size / 2);
      timestampsMs = Arrays.copyOf(timestampsMs, capacity);
      values = Arrays.copyOf(values, capacity);
      starts = Arrays.copyOf(starts, capacity);
      previous = Arrays.copyOf(previous, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
    }
    timestampsMs[size] = timestampMs;
    values[size] = value;
    starts[size] = startMs;
    previous[size] = previousEntry;
    kinds[size] = (byte) kind;
    return size++;
  }

  private io.ghostworks.model.metric.FloatHistogram histogram(long slice) {
    try {
      return ChainDecoder.histogram(
          histograms.array(), ByteArena.offset(slice), ByteArena.length(slice));
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a histogram in memory does not decode", e);
    }
  }
}
