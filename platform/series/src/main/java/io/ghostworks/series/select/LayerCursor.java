package io.ghostworks.series.select;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;

/** Walks over selected series of one layer in the order of their labels. Used by one thread. */
public interface LayerCursor {
  boolean next();

  Labels labels();

  /** Adds the samples of the current series in a range, both ends inclusive, in any order. */
  void read(long startMs, long endMs, SampleBuffer target);

  /** Adds the downsampled rows of the current series; see {@link LayerReader#readRows}. */
  default void readRows(long startMs, long endMs, LevelBuffer target) {
    throw new IllegalStateException("a layer of samples has no rows");
  }
}
