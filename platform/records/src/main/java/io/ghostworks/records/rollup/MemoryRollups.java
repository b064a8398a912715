package io.ghostworks.records.rollup;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.records.batch.DistinctRows;
import io.ghostworks.records.batch.LogSchema;
import io.ghostworks.records.scan.RowOrder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Counts rows that are not in parts: puts the rows of each stream in the order of time and counts
 * equal ones once. Not thread-safe.
 */
public final class MemoryRollups {

  private static final int ROW_BYTES = 32;

  private final QueryContext context;
  private final Predicate<Labels> wanted;
  private final Map<ByteBuffer, Rows> streams = new HashMap<>();
  private final List<LogBatch> batches = new ArrayList<>();
  private final StringTable levels = new StringTable();
  private final List<LevelReader> readers = new ArrayList<>();
  private long reservedBytes;

  /**
   * @param context holds the memory that counting takes
   * @param wanted which streams are counted
   */
  public MemoryRollups(QueryContext context, Predicate<Labels> wanted) {
    this.context = context;
    this.wanted = wanted;
  }

  /** The rows of one stream, as they came. */
  private static final class Rows {
    private final Labels labels;
    private final boolean wanted;
    private int size;
    private long[] times = new long[16];
    private int[] batches = new int[16];
    private int[] rows = new int[16];

    Rows(Labels labels, boolean wanted) {
      this.labels = labels;
      this.wanted = wanted;
    }

    void add(long time, int batch, int row) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        batches = Arrays.copyOf(batches, 2 * size);
        rows = Arrays.copyOf(rows, 2 * size);
      }
      times[size] = time;
      batches[size] = batch;
      rows[size++] = row;
    }
  }

  /** Takes the rows of a batch whose times lie in a range; the batch must not change any more. */
  public void add(LogBatch batch, long startNanos, long endNanos) {
    context.check();
    long bytes = (long) ROW_BYTES * batch.rows();
    context.reserve(bytes);
    reservedBytes += bytes;
    int number = batches.size();
    batches.add(batch);
    readers.add(new LevelReader(batch, levels));
    Rows[] ofStream = new Rows[batch.streams().size()];
    for (int row = 0; row < batch.rows(); row++) {
      long time = batch.timeNanos(row);
      if (time < startNanos || time >= endNanos) {
        continue;
      }
      int stream = batch.stream(row);
      Rows rows = ofStream[stream];
      if (rows == null) {
        rows = rows(batch, stream);
        ofStream[stream] = rows;
      }
      if (rows.wanted) {
        rows.add(time, number, row);
      }
    }
  }

  private Rows rows(LogBatch batch, int stream) {
    long slice = batch.streams().slice(stream);
    ByteArena arena = batch.streams().arena();
    Rows known =
        streams.get(
            ByteBuffer.wrap(arena.array(), ByteArena.offset(slice), ByteArena.length(slice)));
    if (known == null) {
      Labels labels = batch.streams().labels(stream);
      known = new Rows(labels, wanted.test(labels));
      streams.put(ByteBuffer.wrap(arena.copy(slice)), known);
    }
    return known;
  }

  /** Shows the counts of all streams that have rows, once. */
  public void finish(Consumer<StreamRollup> found) {
    List<StreamRollup> all = new ArrayList<>();
    for (Rows rows : streams.values()) {
      if (rows.size > 0) {
        context.check();
        all.add(counted(rows));
      }
    }
    String[] names = new String[levels.size()];
    Arrays.setAll(names, levels::text);
    for (StreamRollup each : all) {
      found.accept(
          new StreamRollup(
              each.stream(), each.minTimeNanos(), each.maxTimeNanos(), each.cells(), names));
    }
    context.release(reservedBytes);
    reservedBytes = 0;
  }

  private StreamRollup counted(Rows rows) {
    long[] times = Arrays.copyOf(rows.times, rows.size);
    int[] order = new int[rows.size];
    Arrays.setAll(order, at -> at);
    RowOrder.sort(times, order);
    RollupBuilder builder = new RollupBuilder();
    DistinctRows<LogBatch> sameTime = new DistinctRows<>(new LogSchema());
    for (int from = 0; from < times.length; ) {
      int to = from + 1;
      while (to < times.length && times[to] == times[from]) {
        to++;
      }
      sameTime.clear();
      for (int at = from; at < to; at++) {
        LogBatch batch = batches.get(rows.batches[order[at]]);
        int row = rows.rows[order[at]];
        if (to - from == 1 || sameTime.add(batch, row)) {
          builder.add(
              times[at],
              readers.get(rows.batches[order[at]]).level(row),
              ValueText.utf8Length(batch.body(), row));
        }
      }
      from = to;
    }
    return new StreamRollup(
        rows.labels,
        times[0],
        times[times.length - 1],
        builder.counted() ? builder.finest() : null,
        new String[0]);
  }
}
