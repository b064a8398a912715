package io.ghostworks.promql.eval;

import io.ghostworks.query.QueryContext;

/**
 * Counts work in samples or pairs of labels that were looked at, and every now and then asks
 * whether the query may go on: for every loop whose length data or times decide. Used by one
 * thread.
 */
final class WorkMeter {
  private static final int WORK_PER_CHECK = 100_000;

  private final QueryContext context;
  private long sinceCheck;

  WorkMeter(QueryContext context) {
    this.context = context;
  }

  void count(long units) {
    sinceCheck += units + 1;
    if (sinceCheck > WORK_PER_CHECK) {
      sinceCheck = 0;
      context.check();
    }
  }
}
