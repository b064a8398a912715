package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;

/** The samples of a range aggregation by ascending time, in batches. Used by one thread. */
interface SampleFeed extends AutoCloseable {

  /** The next samples, valid until the next call, of which there may be none; false at the end. */
  boolean next(SampleBatch out);

  /** The labels of a series that a batch had. */
  Labels labels(int series);

  @Override
  void close();
}
