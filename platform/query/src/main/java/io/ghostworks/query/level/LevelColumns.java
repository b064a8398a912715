package io.ghostworks.query.level;

import io.ghostworks.model.metric.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The facts of downsampled rows as columns, parallel to the samples of one series. A row stands for
 * consecutive samples of one kind within one window; the sample beside it is the last of them. An
 * entry of resolution 0 is no row: the sample stands for itself.
 *
 * <p>Windows of a resolution R are {@code (k * R, (k + 1) * R]} on the UTC clock, open on the left
 * as ranges of PromQL are. A window may have several rows: a staleness marker, another kind of
 * sample or another layout of histograms ends a row, and so does the end of a UTC day. Not
 * thread-safe.
 */
public final class LevelColumns {
  private int size;
  private int[] resolutionsMs = new int[32];
  private long[] firstsMs = new long[32];
  private long[] lastsMs = new long[32];
  private long[] counts = new long[32];
  private long[] resets = new long[32];
  private long[] changes = new long[32];
  private double[] floats = new double[32 * FLOATS];
  private @Nullable FloatHistogram @Nullable [] histograms;

  private static final int FLOATS = 7;
  private static final int HISTOGRAMS = 4;

  public void clear() {
    size = 0;
    histograms = null;
  }

  public int size() {
    return size;
  }

  /** Adds the entry of a sample that stands for itself. */
  public void addSample() {
    next(0);
  }

  /** Adds a row of floats. */
  public void add(int resolutionMs, FloatFacts facts) {
    int at = next(resolutionMs);
    firstsMs[at] = facts.firstMs();
    lastsMs[at] = facts.lastMs();
    counts[at] = facts.count();
    resets[at] = facts.resets();
    changes[at] = facts.changes();
    int f = at * FLOATS;
    floats[f] = facts.first();
    floats[f + 1] = facts.last();
    floats[f + 2] = facts.min();
    floats[f + 3] = facts.max();
    floats[f + 4] = facts.sum();
    floats[f + 5] = facts.squares();
    floats[f + 6] = facts.correction();
  }

  /** Adds a row of histograms. */
  public void add(int resolutionMs, HistogramFacts facts) {
    int at = next(resolutionMs);
    firstsMs[at] = facts.firstMs();
    lastsMs[at] = facts.lastMs();
    counts[at] = facts.count();
    resets[at] = facts.resets();
    changes[at] = facts.changes();
    @Nullable FloatHistogram[] column = histograms;
    if (column == null) {
      column = new @Nullable FloatHistogram[resolutionsMs.length * HISTOGRAMS];
      histograms = column;
    }
    int h = at * HISTOGRAMS;
    column[h] = facts.first();
    column[h + 1] = facts.last();
    column[h + 2] = facts.sum();
    column[h + 3] = facts.correction();
  }

  /** Adds an entry of other columns. */
  public void add(LevelColumns other, int index) {
    int at = next(other.resolutionsMs[index]);
    firstsMs[at] = other.firstsMs[index];
    lastsMs[at] = other.lastsMs[index];
    counts[at] = other.counts[index];
    resets[at] = other.resets[index];
    changes[at] = other.changes[index];
    System.arraycopy(other.floats, index * FLOATS, floats, at * FLOATS, FLOATS);
    @Nullable FloatHistogram[] from = other.histograms;
    if (from != null && from[index * HISTOGRAMS] != null) {
      @Nullable FloatHistogram[] column = histograms;
      if (column == null) {
        column = new @Nullable FloatHistogram[resolutionsMs.length * HISTOGRAMS];
        histograms = column;
      }
      System.arraycopy(from, index * HISTOGRAMS, column, at * HISTOGRAMS, HISTOGRAMS);
    }
  }

  /** The length of the window that a row belongs to, or 0 where a sample stands for itself. */
  public int resolutionMs(int index) {
    return resolutionsMs[index];
  }

  /** Whether a row is one of histograms. */
  public boolean isHistogram(int index) {
    return histograms != null && histograms[index * HISTOGRAMS] != null;
  }

  /** The time of the first sample that a row stands for. */
  public long firstMs(int index) {
    return firstsMs[index];
  }

  /** How many samples a row stands for. */
  public long count(int index) {
    return counts[index];
  }

  /** Reads a row of floats. */
  public FloatFacts read(int index, FloatFacts target) {
    int f = index * FLOATS;
    return target.set(
        firstsMs[index],
        floats[f],
        lastsMs[index],
        floats[f + 1],
        counts[index],
        floats[f + 2],
        floats[f + 3],
        floats[f + 4],
        floats[f + 5],
        floats[f + 6],
        resets[index],
        changes[index]);
  }

  /** Reads a row of histograms. */
  public HistogramFacts read(int index, HistogramFacts target) {
    @Nullable FloatHistogram[] column = histograms;
    int h = index * HISTOGRAMS;
    FloatHistogram first = column == null ? null : column[h];
    FloatHistogram last = column == null ? null : column[h + 1];
    FloatHistogram sum = column == null ? null : column[h + 2];
    if (column == null || first == null || last == null || sum == null) {
      throw new IllegalStateException("row %d is none of histograms".formatted(index));
    }
    return target.set(
        firstsMs[index],
        first,
        lastsMs[index],
        last,
        counts[index],
        sum,
        column[h + 3],
        resets[index],
        changes[index]);
  }

  /** The end of the window of a resolution that a time belongs to, inclusive. */
  public static long windowEndMs(long timeMs, long resolutionMs) {
    return -Math.floorDiv(-timeMs, resolutionMs) * resolutionMs;
  }

  private int next(int resolutionMs) {
    if (size == resolutionsMs.length) {
      int capacity = size * 2;
      resolutionsMs = Arrays.copyOf(resolutionsMs, capacity);
      firstsMs = Arrays.copyOf(firstsMs, capacity);
      lastsMs = Arrays.copyOf(lastsMs, capacity);
      counts = Arrays.copyOf(counts, capacity);
      resets = Arrays.copyOf(resets, capacity);
      changes = Arrays.copyOf(changes, capacity);
      floats = Arrays.copyOf(floats, capacity * FLOATS);
      if (histograms != null) {
        histograms = Arrays.copyOf(histograms, capacity * HISTOGRAMS);
      }
    }
    resolutionsMs[size] = resolutionMs;
    return size++;
  }
}
