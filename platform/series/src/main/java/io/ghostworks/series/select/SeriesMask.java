package io.ghostworks.series.select;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.level.LevelBuffer;

/** What of the series of one tenant in one layer may be seen. Safe for use by several threads. */
@FunctionalInterface
public interface SeriesMask {

  /**
   * Gives the visible pieces of a range of a series, ascending, both ends inclusive; none where all
   * of it is hidden.
   */
  void visible(Labels series, long startMs, long endMs, Ranges target);

  /**
   * Adds the rows that may be seen. A row of which a sample is hidden is hidden whole, since nobody
   * can take that one out.
   */
  default void visibleRows(Labels series, LevelBuffer rows, LevelBuffer target) {
    boolean[] whole = new boolean[1];
    for (int i = 0; i < rows.size(); i++) {
      long firstMs = rows.firstMs(i);
      long lastMs = rows.lastMs(i);
      whole[0] = false;
      visible(
          series,
          firstMs,
          lastMs,
          (from, through) -> whole[0] |= from == firstMs && through == lastMs);
      if (whole[0]) {
        target.add(rows, i);
      }
    }
  }

  /** Takes ranges. */
  @FunctionalInterface
  interface Ranges {
    void add(long startMs, long endMs);
  }
}
