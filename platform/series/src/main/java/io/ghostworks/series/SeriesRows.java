package io.ghostworks.series;

import io.ghostworks.query.series.SampleColumns;

/** Reads selected series one after the other. Used by one thread. */
interface SeriesRows {

  /** The samples, or downsampled rows, of a series; valid until the next call. */
  SampleColumns read(int index);

  /** The heap bytes of what was read last, without what histograms point to. */
  long bytes();
}
