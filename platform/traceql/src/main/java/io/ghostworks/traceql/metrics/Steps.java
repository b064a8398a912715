package io.ghostworks.traceql.metrics;

/**
 * The steps of an answer. Step i of a range takes the times {@code (start + i * step, start + (i +
 * 1) * step]}; that of an instant query {@code (start, end]}. A step's timestamp is its end.
 * Source: Tempo's interval mappers.
 *
 * @param startNanos a multiple of the step, except of an instant query
 */
record Steps(long startNanos, long endNanos, long stepNanos, boolean instant) {

  private static final long MILLISECOND = 1_000_000;

  static Steps range(long startNanos, long endNanos, long stepNanos) {
    return new Steps(startNanos, endNanos, stepNanos, false);
  }

  static Steps instant(long startNanos, long endNanos) {
    return new Steps(startNanos, endNanos, endNanos - startNanos, true);
  }

  int count() {
    return instant ? 1 : (int) ((endNanos - startNanos) / stepNanos);
  }

  /** The step of a time, or -1. */
  int of(long timeNanos) {
    if (timeNanos <= startNanos || timeNanos > endNanos) {
      return -1;
    }
    return (int) ((timeNanos - startNanos - 1) / stepNanos);
  }

  /** The step of a time in milliseconds, or -1; the bounds are cut to milliseconds as well. */
  int ofMs(long timeMs) {
    long time = timeMs * MILLISECOND;
    long start = startNanos - startNanos % MILLISECOND;
    long end = endNanos - endNanos % MILLISECOND;
    if (instant) {
      return time >= start && time <= end ? 0 : -1;
    }
    long first = start - start % stepNanos;
    long last = end % stepNanos == 0 ? end : end + (stepNanos - end % stepNanos);
    return time <= first || time > last ? -1 : (int) ((time - first - 1) / stepNanos);
  }

  long timestampMs(int step) {
    long nanos = instant ? endNanos : startNanos + (step + 1) * stepNanos;
    return nanos / MILLISECOND;
  }

  /** The step in seconds, as Go divides it. */
  double stepSeconds() {
    return seconds(stepNanos);
  }

  /** Go's {@code Duration.Seconds}. */
  static double seconds(long nanos) {
    long whole = nanos / 1_000_000_000L;
    return whole + nanos % 1_000_000_000L / 1e9;
  }
}
