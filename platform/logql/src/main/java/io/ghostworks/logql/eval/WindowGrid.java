package io.ghostworks.logql.eval;

/**
 * The windows of a range aggregation: window i ends with the time of step i less the offset, which
 * belongs to it, and starts behind the time a range before, which does not.
 *
 * <p>Between two neighbouring edges of windows lies a <em>cell</em>: all times of a cell belong to
 * the same windows. The grid remembers the cell it was asked for last, since times come in order.
 * Not thread-safe.
 */
final class WindowGrid {
  private final long startNanos;
  private final long stepNanos;
  private final int steps;
  private final long rangeNanos;
  private final long offsetNanos;
  private long cellStart = Long.MAX_VALUE;
  private long cellEnd = Long.MIN_VALUE;
  private int first;
  private int last;

  /**
   * @throws ArithmeticException if an offset leads beyond the times that a long holds
   */
  WindowGrid(StepGrid grid, long rangeNanos, long offsetNanos) {
    Math.addExact(Math.subtractExact(grid.endNanos(), offsetNanos), 1);
    this.startNanos = Math.subtractExact(grid.startNanos(), offsetNanos);
    this.stepNanos = grid.stepNanos();
    this.steps = grid.steps();
    this.rangeNanos = rangeNanos;
    this.offsetNanos = offsetNanos;
  }

  private WindowGrid(WindowGrid other) {
    this.startNanos = other.startNanos;
    this.stepNanos = other.stepNanos;
    this.steps = other.steps;
    this.rangeNanos = other.rangeNanos;
    this.offsetNanos = other.offsetNanos;
  }

  /** The same windows for another thread. */
  WindowGrid another() {
    return new WindowGrid(this);
  }

  int steps() {
    return steps;
  }

  /** The first time of all windows. */
  long fromNanos() {
    long from = startNanos - rangeNanos + 1;
    return from > startNanos ? Long.MIN_VALUE : from;
  }

  /** The end of all windows, exclusive. */
  long toNanos() {
    return endNanos(steps - 1) + 1;
  }

  /** A length of time into which all windows can be cut, from the edge of the first one on. */
  long cellNanos() {
    if (steps == 1) {
      return rangeNanos;
    }
    long cell = rangeNanos;
    for (long rest = stepNanos; rest != 0; ) {
      long next = cell % rest;
      cell = rest;
      rest = next;
    }
    return cell;
  }

  /** The last time that belongs to a window. */
  long endNanos(int step) {
    return startNanos + step * stepNanos;
  }

  /**
   * What the points of a step bear as their time. Loki divides the two parts on their own, which
   * differs where they are no whole milliseconds.
   */
  long timeMs(int step) {
    return endNanos(step) / 1_000_000 + offsetNanos / 1_000_000;
  }

  /** Whether a time belongs to any window; sets what {@link #first} and {@link #last} answer. */
  boolean locate(long timeNanos) {
    if (timeNanos <= cellStart || timeNanos > cellEnd) {
      cell(timeNanos);
    }
    return first <= last;
  }

  /** The first window of the time that was located. */
  int first() {
    return first;
  }

  /** The last window of the time that was located. */
  int last() {
    return last;
  }

  private void cell(long timeNanos) {
    long behind = timeNanos - startNanos;
    long firstStep = behind <= 0 ? 0 : ceil(behind);
    long reach = behind + rangeNanos;
    if (((behind ^ reach) & (rangeNanos ^ reach)) < 0) {
      reach = Long.MAX_VALUE;
    }
    long lastStep = reach <= 0 ? -1 : ceil(reach) - 1;
    first = (int) Math.min(firstStep, steps);
    last = (int) Math.min(lastStep, steps - 1);
    cellStart = first == 0 ? Long.MIN_VALUE : endNanos(first - 1);
    cellEnd = first == steps ? Long.MAX_VALUE : endNanos(first);
    if (last >= 0) {
      cellStart = Math.max(cellStart, endNanos(last) - rangeNanos);
    }
    if (last < steps - 1) {
      cellEnd = Math.min(cellEnd, endNanos(last + 1) - rangeNanos);
    }
  }

  private long ceil(long nanos) {
    return (nanos - 1) / stepNanos + 1;
  }
}
