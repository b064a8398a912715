package io.ghostworks.query.series;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.level.LevelColumns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series as columns, ascending by time. A sample is a float, or a native
 * histogram where {@link #histogram} is not null. Doubles keep their exact bits. Where {@link
 * #levels} says so, a sample is the last of those that a downsampled row stands for. Not
 * thread-safe.
 */
public final class SampleColumns {
  private long[] timestampsMs = new long[128];
  private double[] values = new double[128];
  private @Nullable FloatHistogram @Nullable [] histograms;
  private long @Nullable [] startTimestampsMs;
  private @Nullable LevelColumns levels;
  private int size;

  public void clear() {
    size = 0;
    histograms = null;
    startTimestampsMs = null;
    levels = null;
  }

  public void add(long timestampMs, double value) {
    if (size == timestampsMs.length) {
      grow(size + 1);
    }
    timestampsMs[size] = timestampMs;
    values[size++] = value;
  }

  /** Adds a histogram; its sum stands in the column of values. */
  public void add(long timestampMs, FloatHistogram histogram) {
    add(timestampMs, histogram.sum());
    if (histograms == null) {
      histograms = new @Nullable FloatHistogram[timestampsMs.length];
    }
    histograms[size - 1] = histogram;
  }

  /** Makes room for so many samples in all. */
  public void ensureCapacity(int capacity) {
    if (capacity > timestampsMs.length) {
      grow(capacity);
    }
  }

  private void grow(int needed) {
    int capacity =
        (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, timestampsMs.length * 2L));
    timestampsMs = Arrays.copyOf(timestampsMs, capacity);
    values = Arrays.copyOf(values, capacity);
    if (histograms != null) {
      histograms = Arrays.copyOf(histograms, capacity);
    }
  }

  public int size() {
    return size;
  }

  /** Says how many samples count after a writer filled the arrays directly. */
  public void setSize(int newSize) {
    size = newSize;
  }

  public long timestampMs(int index) {
    return timestampsMs[index];
  }

  public double value(int index) {
    return values[index];
  }

  public @Nullable FloatHistogram histogram(int index) {
    return histograms == null ? null : histograms[index];
  }

  public boolean hasHistograms() {
    return histograms != null;
  }

  /** When the counter of a sample began to count, or 0 where that is not known. */
  public long startTimestampMs(int index) {
    return startTimestampsMs == null ? 0 : startTimestampsMs[index];
  }

  /** Whether the start of any sample may be known. */
  public boolean hasStartTimestamps() {
    return startTimestampsMs != null;
  }

  /**
   * Says when the counters of the samples began, at least one entry a sample; null where nothing is
   * known. The array stays its owner's and holds until the next {@link #clear}.
   */
  public void setStartTimestampsMs(long @Nullable [] starts) {
    startTimestampsMs = starts;
  }

  /**
   * What is known about the rows among the samples, parallel to them; null where each sample stands
   * for itself, which it does as long as a store has raw samples.
   */
  public @Nullable LevelColumns levels() {
    return levels;
  }

  /** Says which samples are rows; the columns stay their owner's and hold until {@link #clear}. */
  public void setLevels(@Nullable LevelColumns newLevels) {
    levels = newLevels;
  }

  /** The backing array of times, valid until the next add. */
  public long[] timestampsMs() {
    return timestampsMs;
  }

  /** The backing array of values, valid until the next add. */
  public double[] values() {
    return values;
  }
}
