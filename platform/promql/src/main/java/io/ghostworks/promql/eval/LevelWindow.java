package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The downsampled rows and samples that a range function sees at one step. A row belongs to the
 * window that its last sample lies in. A range shorter than the rows is as long as they are, and a
 * border that cuts a row moves to that row's end, so that the window is covered by whole rows:
 * {@link #startMs} and {@link #endMs} say by which. Reused for all steps of a series.
 */
final class LevelWindow {
  private SampleColumns samples = new SampleColumns();
  private LevelColumns levels = new LevelColumns();
  private final FloatFacts floats = new FloatFacts();
  private final FloatFacts entryFloats = new FloatFacts();
  private final List<HistogramFacts> histograms = new ArrayList<>();
  private int from;
  private int to;
  private long startMs;
  private long endMs;
  private long histogramSamples;
  private long resets;
  private long changes;
  private int floatEntries;

  void load(SampleColumns newSamples, LevelColumns newLevels) {
    samples = newSamples;
    levels = newLevels;
    from = 0;
    to = 0;
  }

  /**
   * Moves to a window.
   *
   * @return whether there is a row in it
   */
  boolean moveTo(long rangeEndMs, long rangeMs) {
    from = 0;
    to = firstAfter(rangeEndMs);
    if (to == 0) {
      return false;
    }
    long coarsestMs = levels.resolutionMs(to - 1);
    long wideMs = Math.max(rangeMs, coarsestMs);
    from = firstAfter(rangeEndMs - wideMs);
    boolean anyRow = false;
    for (int i = from; i < to; i++) {
      anyRow |= levels.resolutionMs(i) > 0;
    }
    if (anyRow) {
      borders(rangeEndMs, rangeEndMs - wideMs);
      gather();
    }
    return anyRow;
  }

  private int firstAfter(long timeMs) {
    int low = 0;
    int high = samples.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (samples.timestampMs(middle) <= timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void borders(long rangeEndMs, long rangeStartMs) {
    startMs = rangeStartMs;
    int first = levels.resolutionMs(from);
    if (first > 0) {
      startMs =
          Math.min(startMs, LevelColumns.windowEndMs(samples.timestampMs(from), first) - first);
    }
    endMs = rangeEndMs;
    int last = levels.resolutionMs(to - 1);
    if (last > 0) {
      long rowEndMs = LevelColumns.windowEndMs(samples.timestampMs(to - 1), last);
      // Of the window that the range cuts at its end nothing is known; one before it is empty.
      endMs =
          rowEndMs > rangeEndMs || rangeEndMs - rowEndMs < last
              ? rowEndMs
              : Math.floorDiv(rangeEndMs, last) * last;
    }
  }

  private void gather() {
    floats.clear();
    histograms.clear();
    histogramSamples = 0;
    resets = 0;
    changes = 0;
    floatEntries = 0;
    @Nullable FloatHistogram histogramBefore = null;
    boolean floatBefore = false;
    for (int i = from; i < to; i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram == null ? Samples.isStale(samples.value(i)) : histogram.isStale()) {
        continue;
      }
      if (histogram == null) {
        long resetsBefore = floats.resets();
        long changesBefore = floats.changes();
        floats.append(floatEntry(i));
        boolean joined = floatBefore || floatEntries == 0;
        boolean switched = histogramBefore != null;
        floatEntries++;
        resets += joined ? floats.resets() - resetsBefore : entryFloats.resets();
        changes += joined ? floats.changes() - changesBefore : entryFloats.changes();
        resets += switched ? 1 : 0;
        changes += switched ? 1 : 0;
        histogramBefore = null;
        floatBefore = true;
      } else {
        HistogramFacts entry = histogramEntry(i, histogram);
        histograms.add(entry);
        histogramSamples += entry.count();
        resets += entry.resets();
        changes += entry.changes();
        if (floatBefore) {
          resets++;
          changes++;
        } else if (histogramBefore != null) {
          resets += LevelHistograms.isReset(entry.first(), histogramBefore) ? 1 : 0;
          changes += LevelHistograms.isChange(entry.first(), histogramBefore) ? 1 : 0;
        }
        histogramBefore = entry.last();
        floatBefore = false;
      }
    }
  }

  private FloatFacts floatEntry(int index) {
    if (levels.resolutionMs(index) > 0) {
      levels.read(index, entryFloats);
    } else {
      entryFloats.clear().add(samples.timestampMs(index), samples.value(index));
    }
    return entryFloats;
  }

  private HistogramFacts histogramEntry(int index, FloatHistogram histogram) {
    HistogramFacts entry = new HistogramFacts().clear();
    if (levels.resolutionMs(index) > 0) {
      levels.read(index, entry);
    } else {
      entry.add(samples.timestampMs(index), histogram);
    }
    return entry;
  }

  /** The facts of each run of floats, oldest first; those of one are valid until the next. */
  void forEachFloats(java.util.function.Consumer<FloatFacts> target) {
    for (int i = from; i < to; i++) {
      if (samples.histogram(i) == null && !Samples.isStale(samples.value(i))) {
        target.accept(floatEntry(i));
      }
    }
  }

  /** The facts of all floats. */
  FloatFacts floats() {
    return floats;
  }

  /** How many rows or samples the floats stand in. */
  int floatEntries() {
    return floatEntries;
  }

  /** The facts of histograms, oldest first. */
  List<HistogramFacts> histograms() {
    return histograms;
  }

  boolean hasFloats() {
    return floats.count() > 0;
  }

  boolean hasHistograms() {
    return histogramSamples > 0;
  }

  long histogramSamples() {
    return histogramSamples;
  }

  long count() {
    return floats.count() + histogramSamples;
  }

  /** Resets within rows, between them, and between floats and histograms. */
  long resets() {
    return resets;
  }

  long changes() {
    return changes;
  }

  /** Where what the rows cover begins, exclusive. */
  long startMs() {
    return startMs;
  }

  /** Where what the rows cover ends, inclusive. */
  long endMs() {
    return endMs;
  }
}
