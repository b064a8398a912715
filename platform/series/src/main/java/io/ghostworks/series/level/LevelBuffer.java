package io.ghostworks.series.level;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one series in ascending order, and between them the samples that stand for themselves:
 * staleness markers, which end a row. Not thread-safe.
 */
public final class LevelBuffer {
  /** About what an entry takes without the histograms. */
  private static final long ENTRY_BYTES = 128;

  private final SampleColumns samples = new SampleColumns();
  private final LevelColumns levels = new LevelColumns();

  public void clear() {
    samples.clear();
    levels.clear();
  }

  public int size() {
    return samples.size();
  }

  /** The heap bytes of the entries, without what histograms point to. */
  public long bytes() {
    return ENTRY_BYTES * samples.size();
  }

  public void add(int resolutionMs, FloatFacts facts) {
    samples.add(facts.lastMs(), facts.last());
    levels.add(resolutionMs, facts);
  }

  public void add(int resolutionMs, HistogramFacts facts) {
    samples.add(facts.lastMs(), facts.last());
    levels.add(resolutionMs, facts);
  }

  /** Adds a sample that stands for itself. */
  public void add(long timeMs, double value, @Nullable FloatHistogram histogram) {
    if (histogram == null) {
      samples.add(timeMs, value);
    } else {
      samples.add(timeMs, histogram);
    }
    levels.addSample();
  }

  /** Adds an entry of another buffer. */
  public void add(LevelBuffer other, int index) {
    FloatHistogram histogram = other.samples.histogram(index);
    if (histogram == null) {
      samples.add(other.samples.timestampMs(index), other.samples.value(index));
    } else {
      samples.add(other.samples.timestampMs(index), histogram);
    }
    levels.add(other.levels, index);
  }

  /** The samples with their facts beside them; valid until the next change. */
  public SampleColumns columns() {
    samples.setLevels(levels);
    return samples;
  }

  LevelColumns levels() {
    return levels;
  }

  /** Whether an entry is a row; otherwise it is a sample that stands for itself. */
  public boolean isRow(int index) {
    return levels.resolutionMs(index) != 0;
  }

  /** The time of the first sample of an entry. */
  public long firstMs(int index) {
    return isRow(index) ? levels.firstMs(index) : samples.timestampMs(index);
  }

  /** The time of the last sample of an entry. */
  public long lastMs(int index) {
    return samples.timestampMs(index);
  }

  /** How many samples an entry stands for; none where it is a staleness marker. */
  public long count(int index) {
    return isRow(index) ? levels.count(index) : 0;
  }

  double value(int index) {
    return samples.value(index);
  }

  @Nullable FloatHistogram histogram(int index) {
    return samples.histogram(index);
  }
}
