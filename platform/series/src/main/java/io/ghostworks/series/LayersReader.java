package io.ghostworks.series;

import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.series.select.MergedSelection;
import io.ghostworks.series.select.SeriesMask;
import java.util.List;

/**
 * Reads what may be seen of selected series in a range from all layers. Of samples at the same time
 * that of the older layer counts. Used by one thread.
 */
final class LayersReader {
  private final List<VisibleLayer> layers;
  private final LayerReader[] readers;
  private final MergedSelection series;
  private final long startMs;
  private final long endMs;
  private boolean found;

  /**
   * @param layers oldest first, as they were selected from
   */
  LayersReader(List<VisibleLayer> layers, MergedSelection series, long startMs, long endMs) {
    this.layers = layers;
    this.readers = layers.stream().map(layer -> layer.layer().reader()).toArray(LayerReader[]::new);
    this.series = series;
    this.startMs = startMs;
    this.endMs = endMs;
  }

  /** Replaces the buffer's content by the samples of a series. */
  void read(int index, SampleBuffer target) {
    target.clear();
    for (int layer = 0; layer < readers.length; layer++) {
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
    target.normalize();
  }

  /** Whether a series has samples. */
  boolean hasSamples(int index) {
    for (int layer = 0; layer < readers.length; layer++) {
      int number = series.number(layer, index);
      if (number >= 0 && hasSamples(layer, number, index)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasSamples(int layer, int number, int index) {
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
