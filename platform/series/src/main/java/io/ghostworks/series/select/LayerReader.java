package io.ghostworks.series.select;

import io.ghostworks.series.chunk.SampleBuffer;

/** Reads samples of one layer by the numbers of its series. Used by one thread. */
public interface LayerReader {

  /** Adds the samples of a series in a range, both ends inclusive, in any order. */
  void read(int series, long startMs, long endMs, SampleBuffer target);

  /** Whether a series has samples in a range. */
  boolean hasSamples(int series, long startMs, long endMs);
}
