package io.ghostworks.query.series;

import io.ghostworks.model.label.Labels;

/**
 * Walks over selected series. Used by one thread; must be closed, which unpins what the store keeps
 * for it.
 */
public interface SeriesCursor extends AutoCloseable {

  /** Goes to the next series; before the first call there is none. */
  boolean next();

  /** The labels of the current series. */
  Labels labels();

  /**
   * The samples of the current series, oldest first, one a timestamp. The columns are reused by
   * {@link #next}.
   */
  SampleColumns samples();

  @Override
  void close();
}
