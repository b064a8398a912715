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
import java.util.Comparator;
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
 *   <li>otherwise the samples;
 *   <li>otherwise the finest rows.
 * </ul>
 *
 * Each answers from the time on that its own retention leaves visible; what is older the next of
 * them answers. Where two meet, the older one ends where a window ends for both, so that none
 * counts a sample again and none is left out.
 *
 * <p>Used by one thread.
 */
final class LevelledReader implements SeriesRows {
  private static final long DAY_MS = LivePart.DAY_MS;

  /** Stands for the layers of samples. */
  private static final int SAMPLES = -1;

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
  private final List<Piece> pieces = new ArrayList<>();

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
      divide(index, day.getValue(), startMs, startMs + DAY_MS - 1);
      for (Piece piece : pieces.reversed()) {
        readSamples(index, rawFromMs, piece.fromMs - 1);
        readRows(index, piece);
        rawFromMs = Math.max(rawFromMs, piece.throughMs + 1);
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

  /** Finds the pieces of a day for which rows answer, latest first. */
  private void divide(int index, List<Integer> levels, long startMs, long lastMs) {
    pieces.clear();
    long throughMs = lastMs;
    List<Integer> answering = answering(index, levels, startMs, lastMs);
    for (int i = 0; i < answering.size() && throughMs >= startMs; i++) {
      int layer = answering.get(i);
      long fromMs = startMs;
      if (i + 1 < answering.size()) {
        long floorMs = floorMs(index, layer);
        long coarserMs = Math.max(resolutionMs(layer), resolutionMs(answering.get(i + 1)));
        fromMs =
            floorMs <= startMs
                ? startMs
                : Math.min(lastMs, LevelColumns.windowEndMs(floorMs, coarserMs)) + 1;
      }
      if (layer != SAMPLES && fromMs <= throughMs) {
        pieces.add(new Piece(layer, fromMs, throughMs));
      }
      throughMs = Math.min(throughMs, fromMs - 1);
    }
  }

  /** What has something of a series on a day, that which answers first coming first. */
  private List<Integer> answering(int index, List<Integer> levels, long startMs, long lastMs) {
    List<Integer> answering = new ArrayList<>(3);
    for (int layer : levels) {
      if (reader.has(index, layer, startMs, lastMs)) {
        answering.add(layer);
      }
    }
    if (answering.isEmpty()) {
      return answering;
    }
    if (reader.hasAny(index, needed.samples().size(), startMs, lastMs)) {
      answering.add(SAMPLES);
    }
    answering.sort(
        Comparator.comparing(
                (Integer layer) -> layer == SAMPLES || !needed.preferred().contains(level(layer)))
            .thenComparingLong(this::resolutionMs));
    return answering;
  }

  private long resolutionMs(int layer) {
    return layer == SAMPLES ? 0 : level(layer).part.resolutionMs();
  }

  private long floorMs(int index, int layer) {
    return visibility.floorMs(context.tenant(), series.labels(index), resolutionMs(layer));
  }

  private void readSamples(int index, long fromMs, long throughMs) {
    long endMs = Math.min(throughMs, selection.endMs());
    if (fromMs <= endMs) {
      reader.add(index, needed.samples().size(), fromMs, endMs, samples);
    }
  }

  private void readRows(int index, Piece piece) {
    int layer = piece.layer;
    long resolutionMs = resolutionMs(layer);
    long firstMs =
        Math.max(piece.fromMs, LevelSelection.rowsFromMs(selection.startMs(), resolutionMs));
    long endMs = Math.min(piece.throughMs, selection.endMs());
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

  /** A part of a day for which the rows of a layer answer; both ends inclusive. */
  private record Piece(int layer, long fromMs, long throughMs) {}
}
