package io.ghostworks.records.rollup;

import org.jspecify.annotations.Nullable;

/** Counts the rows of one stream, which come in the order of time. Not thread-safe. */
public final class RollupBuilder {

  private RollupCells cells = new RollupCells(0);
  private long minTimeNanos;
  private long maxTimeNanos;
  private boolean counted = true;

  /** Counts a row. */
  public void add(long timeNanos, int level, long lineBytes) {
    if (cells.size() == 0 && counted) {
      minTimeNanos = timeNanos;
    }
    maxTimeNanos = timeNanos;
    if (level >= RollupFormat.LEVELS_MAX) {
      // Somebody makes up levels: their number is what must stay bounded.
      counted = false;
    }
    if (counted) {
      cells.add(RollupCells.cell(timeNanos, 0), level, 1, lineBytes);
    }
  }

  /** What was counted, in the step that fits the number of rows; null where it must not be used. */
  @Nullable RollupCells cells() {
    if (!counted) {
      return null;
    }
    RollupCells fitting = cells;
    long rows = fitting.totalRows();
    while (fitting.stepCode() < RollupCells.STEPS.length - 1
        && rows < (long) RollupFormat.ROWS_MIN * fitting.size()) {
      fitting = fitting.coarser();
    }
    return fitting;
  }

  /** Whether the counts are good: whether there were few enough levels. */
  boolean counted() {
    return counted;
  }

  /** What was counted, in the finest step. */
  RollupCells finest() {
    return cells;
  }

  long minTimeNanos() {
    return minTimeNanos;
  }

  long maxTimeNanos() {
    return maxTimeNanos;
  }
}
