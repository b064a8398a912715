package io.ghostworks.promql.eval;

/**
 * The times at which an expression is evaluated.
 *
 * @param startMs the first
 * @param stepMs the distance, at least 1
 * @param steps how many, at least 1
 * @param isInstant whether there is one time by itself; a range that is shorter than its step has
 *     one time, too, but its results are those of a range
 */
record Grid(long startMs, long stepMs, int steps, boolean isInstant) {

  static Grid instant(long timeMs) {
    return new Grid(timeMs, 1, 1, true);
  }

  long timeMs(int step) {
    return startMs + step * stepMs;
  }

  long endMs() {
    return timeMs(steps - 1);
  }
}
