package io.ghostworks.series.select;

import io.ghostworks.model.label.Labels;

/** What of the series of one tenant in one layer may be seen. Safe for use by several threads. */
@FunctionalInterface
public interface SeriesMask {

  /**
   * Gives the visible pieces of a range of a series, ascending, both ends inclusive; none where all
   * of it is hidden.
   */
  void visible(Labels series, long startMs, long endMs, Ranges target);

  /** Takes ranges. */
  @FunctionalInterface
  interface Ranges {
    void add(long startMs, long endMs);
  }
}
