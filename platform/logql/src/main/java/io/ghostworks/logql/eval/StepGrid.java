package io.ghostworks.logql.eval;

/**
 * The times at which a metric query is evaluated: from start to end, both included, a step apart.
 *
 * @param stepNanos at least 1
 */
record StepGrid(long startNanos, long endNanos, long stepNanos) {

  StepGrid {
    if (stepNanos < 1 || endNanos < startNanos) {
      throw new IllegalArgumentException(
          "a query needs a step of at least 1 ns and an end that is not before its start, got %d to %d in steps of %d"
              .formatted(startNanos, endNanos, stepNanos));
    }
  }

  /** The one time of an instant query. */
  static StepGrid instant(long timeNanos) {
    return new StepGrid(timeNanos, timeNanos, 1);
  }

  int steps() {
    return Math.toIntExact((endNanos - startNanos) / stepNanos + 1);
  }

  /** Whether it is that of an instant query; a range of one step has a step of its own. */
  boolean isInstant() {
    return startNanos == endNanos && stepNanos == 1;
  }
}
