package io.ghostworks.traceql.analysis;

/** How long each span worked itself: its time without that of its children, which may overlap. */
final class SelfTimes {
  private SelfTimes() {}

  /** Nanoseconds by row. */
  static long[] of(SpanForest forest) {
    long[] nanos = new long[forest.rows()];
    for (int row = 0; row < nanos.length; row++) {
      nanos[row] = forest.durationNanos(row) - covered(forest, row);
    }
    return nanos;
  }

  /** The part of a span's time in which at least one child ran. */
  private static long covered(SpanForest forest, int row) {
    long end = forest.endNanos(row);
    long at = forest.startNanos(row);
    long covered = 0;
    for (int i = forest.childStart(row); i < forest.childEnd(row); i++) {
      int child = forest.child(i);
      long from = Math.max(at, forest.startNanos(child));
      long to = Math.min(end, forest.endNanos(child));
      if (to > from) {
        covered += to - from;
        at = to;
      }
    }
    return covered;
  }
}
