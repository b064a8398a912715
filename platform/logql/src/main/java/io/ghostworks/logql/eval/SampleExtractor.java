package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.ColumnBatch;

/**
 * Makes samples of rows: what a pipeline keeps, with the series that its labels are. Numbers its
 * series itself. Used by one thread at a time.
 */
interface SampleExtractor {

  /** Adds the samples of rows, in their order. */
  void extract(ColumnBatch rows, SampleBatch out);

  /** The labels of a series that a sample had. */
  Labels labels(int series);
}
