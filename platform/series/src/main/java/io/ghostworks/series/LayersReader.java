package io.ghostworks.series;

import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.series.select.MergedSelection;
import io.ghostworks.series.select.SeriesMask;
import java.util.List;

/** Reads what may be seen of selected series from layers. Used by one thread. */
final class LayersReader {
  private final List<VisibleLayer> layers;
  private final LayerReader[] readers;
  private final MergedSelection series;
  private boolean found;

  /**
   * @param layers oldest first, as they were selected from
   */
  LayersReader(List<VisibleLayer> layers, MergedSelection series) {
    this.layers = layers;
    this.readers = layers.stream().map(layer -> layer.layer().reader()).toArray(LayerReader[]::new);
    this.series = series;
  }

  /** How many layers there are. */
  int layers() {
    return readers.length;
  }

  /** What reads a layer without regard to what is hidden. */
  LayerReader layer(int layer) {
    return readers[layer];
  }

  /**
   * Adds the samples of a series in a range, as they come from one layer after the other: of those
   * at the same time that of the older layer counts.
   *
   * @param firstLayers only so many of the layers are read
   */
  void add(int index, int firstLayers, long startMs, long endMs, SampleBuffer target) {
    for (int layer = 0; layer < firstLayers; layer++) {
      int number = series.number(layer, index);
      if (number < 0) {
        continue;
      }
      LayerReader reader = readers[layer];
      SeriesMask mask = layers.get(layer).mask();
      if (mask == null) {
        reader.read(number, startMs, endMs, target);
      } else {
        mask.visible(
            series.labels(index),
            startMs,
            endMs,
            (from, through) -> reader.read(number, from, through, target));
      }
    }
  }

  /** Whether one of the first layers has something of a series in a range. */
  boolean hasAny(int index, int firstLayers, long startMs, long endMs) {
    for (int layer = 0; layer < firstLayers; layer++) {
      if (has(index, layer, startMs, endMs)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a layer has something of a series in a range. */
  boolean has(int index, int layer, long startMs, long endMs) {
    int number = series.number(layer, index);
    if (number < 0) {
      return false;
    }
    LayerReader reader = readers[layer];
    SeriesMask mask = layers.get(layer).mask();
    if (mask == null) {
      return reader.hasSamples(number, startMs, endMs);
    }
    found = false;
    mask.visible(
        series.labels(index),
        startMs,
        endMs,
        (from, through) -> found |= !found && reader.hasSamples(number, from, through));
    return found;
  }
}
