package io.ghostworks.query.series;

import io.ghostworks.model.label.Labels;

/**
 * The series of a selection, resolved, in the order of their labels, each label set once. Keeps
 * what it reads from until it is closed. Safe for use from several threads, each with a {@link
 * Reader} of its own; closed once all of them are done.
 */
public interface SeriesScan extends AutoCloseable {

  /** How many series there are; some may turn out to have no samples in the range. */
  int size();

  /**
   * The labels of a series.
   *
   * @param series in {@code [0, size)}
   */
  Labels labels(int series);

  /** A reader for one thread. */
  Reader reader();

  @Override
  void close();

  /** Reads samples. Used by one thread. */
  interface Reader {

    /**
     * The samples of a series in the selection's range, oldest first, one a timestamp; empty where
     * there is none. The columns are reused by the next call and must not be changed.
     */
    SampleColumns read(int series);
  }
}
