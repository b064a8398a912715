package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;

/** {@code vector(n)}: one series without labels. Its steps are whole milliseconds, at least one. */
final class ConstantNode implements StepNode {
  private final double value;
  private final long stepMs;
  private final long endMs;
  private long timeMs;

  ConstantNode(double value, StepGrid grid) {
    this.value = value;
    this.stepMs = Math.max(1, grid.stepNanos() / 1_000_000);
    this.endMs = Math.floorDiv(grid.endNanos(), 1_000_000L);
    this.timeMs = Math.floorDiv(grid.startNanos(), 1_000_000L) - stepMs;
  }

  @Override
  public boolean next(StepVector out) {
    timeMs += stepMs;
    if (timeMs > endMs) {
      return false;
    }
    out.start(timeMs);
    out.add(0, value);
    return true;
  }

  @Override
  public Labels labels(int series) {
    return Labels.EMPTY;
  }

  @Override
  public void close() {}
}
