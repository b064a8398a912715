package io.ghostworks.series;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;
import io.ghostworks.series.select.MergedSelection;
import io.ghostworks.series.select.SeriesMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads series that have downsampled rows beside samples as they came. For each series and UTC day
 * one of them answers, so that no sample counts twice:
 *
 * <ul>
 *   <li>the coarsest rows of the resolution that the query prefers to samples, where they know all
 *       of the day's samples;
 *   <li>otherwise the samples, from the time on that their retention leaves visible;
 *   <li>the finest rows where samples are gone: before that time, and on days without any.
 * </ul>
 *
 * Used by one thread.
 */
final class LevelledReader implements SeriesRows {
  private static final long DAY_MS = LivePart.DAY_MS;

  private final LevelSelection needed;
  private final List<VisibleLayer> layers;
  private final LayersReader reader;
  private final MergedSelection series;
  private final Visibility visibility;
  private final SeriesSelection selection;
  private final QueryContext context;
  private final SampleBuffer samples = new SampleBuffer();
  private final LevelBuffer unmasked = new LevelBuffer();
  private final LevelBuffer rows = new LevelBuffer();
  private final LevelBuffer merged = new LevelBuffer();
  private final Map<Long, List<Integer>> levelsByDay = new TreeMap<>();

  LevelledReader(
      LevelSelection needed,
      List<VisibleLayer> layers,
      MergedSelection series,
      Visibility visibility,
      SeriesSelection selection,
      QueryContext context) {
    this.needed = needed;
    this.layers = layers;
    this.reader = new LayersReader(layers, series);
    this.series = series;
    this.visibility = visibility;
    this.selection = selection;
    this.context = context;
  }

  @Override
  public long bytes() {
    return samples.bytes() + unmasked.bytes() + rows.bytes() + merged.bytes();
  }

  @Override
  public SampleColumns read(int index) {
    samples.clear();
    rows.clear();
    groupByDay(index);
    long rawFromMs = selection.startMs();
    for (Map.Entry<Long, List<Integer>> day : levelsByDay.entrySet()) {
      long startMs = day.getKey() * DAY_MS;
      int layer = finest(index, day.getValue(), startMs);
      long throughMs = layer < 0 ? startMs - 1 : rowsThrough(index, layer, startMs);
      if (throughMs >= startMs) {
        readSamples(index, rawFromMs, startMs - 1);
        readRows(index, layer, startMs, throughMs);
        rawFromMs = Math.max(rawFromMs, throughMs + 1);
      }
    }
    readSamples(index, rawFromMs, selection.endMs());
    samples.normalize();
    if (rows.size() == 0) {
      return samples.columns();
    }
    merge();
    return merged.columns();
  }

  private void groupByDay(int index) {
    levelsByDay.clear();
    int first = needed.samples().size();
    for (int layer = first; layer < reader.layers(); layer++) {
      if (series.number(layer, index) >= 0) {
        levelsByDay.computeIfAbsent(level(layer).day(), day -> new ArrayList<>(2)).add(layer);
      }
    }
  }

  private LivePart level(int layer) {
    return needed.levels().get(layer - needed.samples().size());
  }

  /** The finest rows of a day, or -1 where none may be seen. */
  private int finest(int index, List<Integer> ofDay, long startMs) {
    int best = -1;
    for (int layer : ofDay) {
      if ((best < 0 || level(layer).part.resolutionMs() < level(best).part.resolutionMs())
          && reader.has(index, layer, startMs, startMs + DAY_MS - 1)) {
        best = layer;
      }
    }
    return best;
  }

  /**
   * The last time of a day for which rows answer; before the day where samples answer all of it.
   * Where both answer a part, rows end where a window ends, so that none counts a sample again.
   */
  private long rowsThrough(int index, int layer, long startMs) {
    long lastMs = startMs + DAY_MS - 1;
    LivePart level = level(layer);
    if (needed.preferred().contains(level)) {
      return lastMs;
    }
    long floorMs = visibility.floorMs(context.tenant(), series.labels(index));
    if (floorMs > lastMs || !reader.hasAny(index, needed.samples().size(), startMs, lastMs)) {
      return lastMs;
    }
    return floorMs <= startMs
        ? startMs - 1
        : Math.min(lastMs, LevelColumns.windowEndMs(floorMs, level.part.resolutionMs()));
  }

  private void readSamples(int index, long fromMs, long throughMs) {
    long endMs = Math.min(throughMs, selection.endMs());
    if (fromMs <= endMs) {
      reader.add(index, needed.samples().size(), fromMs, endMs, samples);
    }
  }

  private void readRows(int index, int layer, long fromMs, long throughMs) {
    long resolutionMs = level(layer).part.resolutionMs();
    long firstMs = Math.max(fromMs, LevelSelection.rowsFromMs(selection.startMs(), resolutionMs));
    long endMs = Math.min(throughMs, selection.endMs());
    if (firstMs > endMs) {
      return;
    }
    int before = rows.size();
    int number = series.number(layer, index);
    SeriesMask mask = layers.get(layer).mask();
    if (mask == null) {
      reader.layer(layer).readRows(number, firstMs, endMs, rows);
    } else {
      unmasked.clear();
      reader.layer(layer).readRows(number, firstMs, endMs, unmasked);
      mask.visibleRows(series.labels(index), unmasked, rows);
    }
    if (rows.size() > before) {
      context.countResolution(resolutionMs);
    }
  }

  private void merge() {
    if (samples.size() > 0) {
      context.countResolution(0);
    }
    merged.clear();
    int row = 0;
    int sample = 0;
    while (row < rows.size() || sample < samples.size()) {
      boolean takeRow =
          sample == samples.size()
              || (row < rows.size() && rows.lastMs(row) <= samples.timestampMs(sample));
      if (takeRow) {
        merged.add(rows, row++);
      } else {
        FloatHistogram histogram = samples.histogram(sample);
        merged.add(samples.timestampMs(sample), samples.columns().value(sample), histogram);
        sample++;
      }
    }
  }
}
