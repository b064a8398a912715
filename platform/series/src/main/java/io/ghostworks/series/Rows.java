package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.series.head.HeadIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Admitted rows of one tenant on their way through the journal into the head: one frame. Filled
 * under the admission lock, then only read.
 */
final class Rows {
  static final byte FLOAT = 0;
  static final byte HISTOGRAM = 1;

  final TenantId tenant;
  final HeadIndex index;
  final IntColumn series = new IntColumn();
  final LongColumn timestampsMs = new LongColumn();

  /** Bits of a float, or the slice of an encoded histogram in {@link #histograms}. */
  final LongColumn values = new LongColumn();

  final ByteColumn kinds = new ByteColumn();
  final LongColumn startsMs = new LongColumn();
  final ByteArena histograms = new ByteArena(16);
  final List<SeriesExemplar> exemplars = new ArrayList<>();
  final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();

  /** Completes when the rows are durable and visible, or fails. */
  final CompletableFuture<Void> done = new CompletableFuture<>();

  private int[] slots = {};
  private boolean hasStarts;
  private long minTimestampMs = Long.MAX_VALUE;

  Rows(TenantId tenant, HeadIndex index) {
    this.tenant = tenant;
    this.index = index;
  }

  int size() {
    return series.size();
  }

  boolean isEmpty() {
    return series.size() == 0 && exemplars.isEmpty() && metadata.isEmpty();
  }

  boolean hasStarts() {
    return hasStarts;
  }

  /** The oldest time of a row, or {@code Long.MAX_VALUE} where there is none. */
  long minTimestampMs() {
    return minTimestampMs;
  }

  void add(int row, long timestampMs, long value, byte kind, long startMs) {
    series.add(row);
    timestampsMs.add(timestampMs);
    values.add(value);
    kinds.add(kind);
    startsMs.add(startMs);
    hasStarts |= startMs != 0;
    minTimestampMs = Math.min(minTimestampMs, timestampMs);
    if (slots.length > 0) {
      if (size() * 2 > slots.length) {
        index(slots.length * 2);
      } else {
        insert(size() - 1);
      }
    }
  }

  /** The row of a series at a time, or -1. The first call makes an index of the rows. */
  int find(int wanted, long timestampMs) {
    if (slots.length == 0) {
      index(Math.max(64, Integer.highestOneBit(size()) * 4));
    }
    int mask = slots.length - 1;
    for (int slot = slot(wanted, timestampMs, mask); slots[slot] != 0; slot = (slot + 1) & mask) {
      int row = slots[slot] - 1;
      if (series.get(row) == wanted && timestampsMs.get(row) == timestampMs) {
        return row;
      }
    }
    return -1;
  }

  private void index(int capacity) {
    slots = new int[capacity];
    Arrays.fill(slots, 0);
    for (int row = 0; row < size(); row++) {
      insert(row);
    }
  }

  private void insert(int row) {
    int mask = slots.length - 1;
    int slot = slot(series.get(row), timestampsMs.get(row), mask);
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = row + 1;
  }

  private static int slot(int series, long timestampMs, int mask) {
    long mixed = (timestampMs * 31 + series) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  /** An exemplar of a series of the generation. */
  record SeriesExemplar(int series, Exemplar exemplar) {}
}
