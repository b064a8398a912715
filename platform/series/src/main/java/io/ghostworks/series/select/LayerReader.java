package io.ghostworks.series.select;

import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;

/** Reads samples of one layer by the numbers of its series. Used by one thread. */
public interface LayerReader {

  /** Adds the samples of a series in a range, both ends inclusive, in any order. */
  void read(int series, long startMs, long endMs, SampleBuffer target);

  /**
   * Adds the downsampled rows of a series whose last sample lies in a range, both ends inclusive,
   * ascending. Only layers of a resolution have rows, and they have nothing else.
   */
  default void readRows(int series, long startMs, long endMs, LevelBuffer target) {
    throw new IllegalStateException("a layer of samples has no rows");
  }

  /** Whether a series has samples in a range. */
  boolean hasSamples(int series, long startMs, long endMs);
}
