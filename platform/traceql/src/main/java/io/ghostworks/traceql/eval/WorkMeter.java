package io.ghostworks.traceql.eval;

import io.ghostworks.query.QueryContext;

/**
 * Counts what an evaluation does, so that one which goes on for long notices within a batch, and
 * within a large trace, that its query was cancelled or its time is up. Used by one thread.
 */
final class WorkMeter {

  private static final int CHECKED = 1_024;

  private final QueryContext context;
  private int unchecked;

  WorkMeter(QueryContext context) {
    this.context = context;
  }

  /**
   * Counts spans that one step has looked at.
   *
   * @throws io.ghostworks.query.QueryException if the query is to end
   */
  void count(int spans) {
    unchecked += spans;
    if (unchecked >= CHECKED) {
      unchecked = 0;
      context.check();
    }
  }
}
