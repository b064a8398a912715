package io.ghostworks.series.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.series.SampleColumns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series gathered from several places, with their start timestamps. Filled in any
 * order, brought into ascending order with one sample a timestamp by {@link #normalize}. Not
 * thread-safe.
 */
public final class SampleBuffer {
  private SampleColumns columns = new SampleColumns();
  private SampleColumns spare = new SampleColumns();
  private long @Nullable [] starts;
  private int[] order = {};
  private int[] merged = {};

  public void clear() {
    columns.clear();
    starts = null;
  }

  public int size() {
    return columns.size();
  }

  /** The samples with their starts; valid until the next {@link #clear} or {@link #normalize}. */
  public SampleColumns columns() {
    columns.setStartTimestampsMs(starts);
    return columns;
  }

  public long timestampMs(int index) {
    return columns.timestampMs(index);
  }

  /** The exact bits of a float sample. */
  public long valueBits(int index) {
    return Double.doubleToRawLongBits(columns.value(index));
  }

  public @Nullable FloatHistogram histogram(int index) {
    return columns.histogram(index);
  }

  /** When the sample's counter began, or 0. */
  public long startTimestampMs(int index) {
    return starts == null ? 0 : starts[index];
  }

  /** Whether any sample has a start timestamp. */
  public boolean hasStartTimestamps() {
    return starts != null;
  }

  /** Adds a float sample. */
  public void add(long timestampMs, long valueBits, long startMs) {
    columns.add(timestampMs, Double.longBitsToDouble(valueBits));
    if (startMs != 0 || starts != null) {
      start(startMs);
    }
  }

  /** Adds float samples {@code [from, to)} of columns, without start timestamps. */
  void add(long[] timestampsMs, long[] valueBits, int from, int to) {
    if (hasStartTimestamps()) {
      for (int i = from; i < to; i++) {
        add(timestampsMs[i], valueBits[i], 0);
      }
      return;
    }
    int size = columns.size();
    columns.ensureCapacity(size + to - from);
    System.arraycopy(timestampsMs, from, columns.timestampsMs(), size, to - from);
    double[] values = columns.values();
    for (int i = from; i < to; i++) {
      values[size + i - from] = Double.longBitsToDouble(valueBits[i]);
    }
    columns.setSize(size + to - from);
  }

  /**
   * The columns with room for more samples, for a writer that puts floats behind the last one and
   * then says by {@link #filled} how many there are.
   */
  public SampleColumns withRoom(int samples) {
    columns.ensureCapacity(columns.size() + samples);
    return columns;
  }

  /**
   * Counts the floats that were put into the columns.
   *
   * @param size of all samples now
   * @param startMs of all that are new
   */
  public void filled(int size, long startMs) {
    int from = columns.size();
    columns.setSize(size);
    if (from < size && (startMs != 0 || starts != null)) {
      start(startMs);
      Arrays.fill(starts, from, size, startMs);
    }
  }

  /** Adds a native histogram. */
  public void add(long timestampMs, FloatHistogram histogram, long startMs) {
    columns.add(timestampMs, histogram);
    if (startMs != 0 || starts != null) {
      start(startMs);
    }
  }

  /** The heap bytes of the columns, without what histograms point to. */
  public long bytes() {
    return 32L * columns.timestampsMs().length;
  }

  /** The index of the sample at a time, or -1; the samples must be normalized. */
  public int find(long timestampMs) {
    int index = Arrays.binarySearch(columns.timestampsMs(), 0, columns.size(), timestampMs);
    return index < 0 ? -1 : index;
  }

  /** Sorts by time and keeps the sample added first of those at the same time. */
  public void normalize() {
    int size = columns.size();
    long[] times = columns.timestampsMs();
    int i = 1;
    while (i < size && times[i] > times[i - 1]) {
      i++;
    }
    if (i >= size) {
      return;
    }
    if (order.length < size) {
      order = new int[Math.max(64, size + size / 2)];
      merged = new int[order.length];
    }
    for (int k = 0; k < size; k++) {
      order[k] = k;
    }
    sort(times, size);
    gather(size);
  }

  /** A natural merge sort: the input is a few ascending runs. */
  private void sort(long[] times, int size) {
    while (true) {
      int runs = 0;
      int out = 0;
      int at = 0;
      while (at < size) {
        int middle = runEnd(times, at, size);
        int end = middle < size ? runEnd(times, middle, size) : middle;
        int left = at;
        int right = middle;
        while (left < middle && right < end) {
          merged[out++] = times[order[right]] < times[order[left]] ? order[right++] : order[left++];
        }
        while (left < middle) {
          merged[out++] = order[left++];
        }
        while (right < end) {
          merged[out++] = order[right++];
        }
        at = end;
        runs++;
      }
      int[] swap = order;
      order = merged;
      merged = swap;
      if (runs <= 1) {
        return;
      }
    }
  }

  private int runEnd(long[] times, int from, int size) {
    int end = from + 1;
    while (end < size && times[order[end]] >= times[order[end - 1]]) {
      end++;
    }
    return end;
  }

  private void gather(int size) {
    SampleColumns target = spare;
    target.clear();
    target.ensureCapacity(size);
    long[] newStarts = starts == null ? null : new long[target.timestampsMs().length];
    for (int i = 0; i < size; i++) {
      int from = order[i];
      long time = columns.timestampMs(from);
      int last = target.size() - 1;
      if (last >= 0 && target.timestampMs(last) == time) {
        continue;
      }
      FloatHistogram histogram = columns.histogram(from);
      if (histogram == null) {
        target.add(time, columns.value(from));
      } else {
        target.add(time, histogram);
      }
      if (newStarts != null && starts != null) {
        newStarts[target.size() - 1] = starts[from];
      }
    }
    spare = columns;
    columns = target;
    starts = newStarts;
  }

  private void start(long startMs) {
    int size = columns.size();
    long[] column = starts;
    if (column == null) {
      column = new long[columns.timestampsMs().length];
    } else if (column.length < size) {
      column = Arrays.copyOf(column, columns.timestampsMs().length);
    }
    column[size - 1] = startMs;
    starts = column;
  }
}
