package io.ghostworks.series.level;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.series.chunk.SampleBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of one resolution from the samples or the finer rows of a series, which come in
 * ascending order. A row ends where its window or its UTC day ends, before a staleness marker,
 * before a sample of another kind and before a histogram of another layout: so that a row's facts
 * combine with its neighbours' to what the samples themselves would give. One object serves one
 * thread.
 */
public final class RowBuilder {
  private static final long DAY_MS = 86_400_000;

  private final int resolutionMs;
  private final FloatFacts floats = new FloatFacts().clear();
  private final HistogramFacts histograms = new HistogramFacts().clear();
  private final FloatFacts finerFloats = new FloatFacts();
  private final HistogramFacts finerHistograms = new HistogramFacts();
  private long windowEndMs;
  private long day;

  public RowBuilder(int resolutionMs) {
    this.resolutionMs = resolutionMs;
  }

  /** Replaces the target's content by rows of samples. */
  public void build(SampleBuffer samples, LevelBuffer target) {
    target.clear();
    for (int i = 0; i < samples.size(); i++) {
      add(samples.timestampMs(i), samples.columns().value(i), samples.histogram(i), target);
    }
    end(target);
  }

  /**
   * Replaces the target's content by rows of finer rows, or joins neighbours of this resolution.
   */
  public void build(LevelBuffer rows, LevelBuffer target) {
    target.clear();
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.isRow(i)) {
        add(rows.lastMs(i), rows.value(i), rows.histogram(i), target);
      } else if (rows.levels().isHistogram(i)) {
        rows.levels().read(i, finerHistograms);
        begin(rows.lastMs(i), finerHistograms.first(), target);
        histograms.append(finerHistograms);
      } else {
        rows.levels().read(i, finerFloats);
        begin(rows.lastMs(i), null, target);
        floats.append(finerFloats);
      }
    }
    end(target);
  }

  private void add(
      long timeMs, double value, @Nullable FloatHistogram histogram, LevelBuffer target) {
    if (histogram == null ? Samples.isStale(value) : histogram.isStale()) {
      end(target);
      target.add(timeMs, value, histogram);
      return;
    }
    begin(timeMs, histogram, target);
    if (histogram == null) {
      floats.add(timeMs, value);
    } else {
      histograms.add(timeMs, histogram);
    }
  }

  /** Ends the row so far where a sample does not belong to it. */
  private void begin(long timeMs, @Nullable FloatHistogram histogram, LevelBuffer target) {
    long end = LevelColumns.windowEndMs(timeMs, resolutionMs);
    long ofDay = Math.floorDiv(timeMs, DAY_MS);
    boolean sameKind =
        histogram == null
            ? histograms.count() == 0
            : floats.count() == 0 && histograms.fits(histogram);
    if (end != windowEndMs || ofDay != day || !sameKind) {
      end(target);
      windowEndMs = end;
      day = ofDay;
    }
  }

  private void end(LevelBuffer target) {
    if (floats.count() > 0) {
      target.add(resolutionMs, floats);
      floats.clear();
    }
    if (histograms.count() > 0) {
      target.add(resolutionMs, histograms);
      histograms.clear();
    }
  }
}
