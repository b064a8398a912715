package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;

/**
 * A part of a metric query that gives a vector a step. Series have numbers, small and counted from
 * 0, that stay the same over all steps, so that whoever reads them can remember what it found out
 * about a series. Several numbers may have equal labels. Used by one thread.
 */
interface StepNode extends AutoCloseable {

  /** Goes on to the next step and fills in its vector; false at the end, which leaves it as is. */
  boolean next(StepVector out);

  /** The labels of a series that a vector had. */
  Labels labels(int series);

  @Override
  void close();
}
