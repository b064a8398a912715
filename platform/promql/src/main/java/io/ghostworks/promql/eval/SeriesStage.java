package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.series.SampleColumns;

/**
 * What is computed of each selected series by itself: at each step the sample of an instant
 * selector, or a function over a range. Used by one thread.
 */
interface SeriesStage extends AutoCloseable {

  /**
   * Computes one series.
   *
   * @param result without values; what has none afterwards is left out
   * @return how many samples were looked at
   */
  int fill(Labels labels, SampleColumns samples, Series result);

  /** Gives memory back that was held over all series. */
  @Override
  default void close() {}
}
