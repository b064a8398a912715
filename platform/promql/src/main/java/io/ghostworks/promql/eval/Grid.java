package io.ghostworks.promql.eval;

/**
 * The times at which an expression is evaluated.
 *
 * @param startMs the first
 * @param stepMs the distance, at least 1
 * @param steps how many, at least 1
 */
record Grid(long startMs, long stepMs, int steps) {

  static Grid instant(long timeMs) {
    return new Grid(timeMs, 1, 1);
  }

  long timeMs(int step) {
    return startMs + step * stepMs;
  }

  long endMs() {
    return timeMs(steps - 1);
  }

  boolean isInstant() {
    return steps == 1;
  }
}
