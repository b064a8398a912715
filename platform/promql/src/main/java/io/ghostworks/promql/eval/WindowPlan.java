package io.ghostworks.promql.eval;

import java.util.Arrays;

/**
 * Which samples the window of each step holds, for one column of times, and by what a rate
 * extrapolates there. Series that were scraped together share it. Immutable once made.
 */
final class WindowPlan {
  private static final double MARGIN = 1 + 1e-9;

  private final long[] times;

  /** The first sample of each step's window, and the one after its last. */
  final int[] from;

  final int[] to;

  /** From the window's start to its first sample in seconds, as far as a rate reaches. */
  final double[] toStart;

  /** From the first sample to the last in seconds. */
  final double[] sampled;

  /** From the last sample to the window's end in seconds, as far as a rate reaches. */
  final double[] toEnd;

  /** How far a difference reaches beyond its samples, where a counter's zero does not matter. */
  final double[] reach;

  /** {@link #reach} a second of the window. */
  final double[] reachPerSecond;

  /**
   * A counter whose first value is more than this times its difference reached zero before the
   * window's start; a little more than that is, so that no rounding decides.
   */
  final double[] zeroShare;

  /**
   * @param columnOfTimes ascending, of which the first {@code size} count
   * @param firstEndMs the last time of the first step's window; windows are a grid's step apart, or
   *     all the same where {@code stepMs} is 0
   * @param extrapolates whether the columns for rates are needed
   */
  WindowPlan(
      long[] columnOfTimes,
      int size,
      long firstEndMs,
      long stepMs,
      int steps,
      long rangeMs,
      boolean extrapolates) {
    times = Arrays.copyOf(columnOfTimes, size);
    from = new int[steps];
    to = new int[steps];
    int low = 0;
    int high = 0;
    for (int step = 0; step < steps; step++) {
      long endMs = firstEndMs + step * stepMs;
      while (high < size && times[high] <= endMs) {
        high++;
      }
      while (low < high && times[low] <= endMs - rangeMs) {
        low++;
      }
      from[step] = low;
      to[step] = high;
    }
    toStart = new double[extrapolates ? steps : 0];
    sampled = new double[toStart.length];
    toEnd = new double[toStart.length];
    reach = new double[toStart.length];
    reachPerSecond = new double[toStart.length];
    zeroShare = new double[toStart.length];
    for (int step = 0; step < toStart.length; step++) {
      if (to[step] - from[step] > 1) {
        extrapolate(step, firstEndMs + step * stepMs, rangeMs);
      }
    }
  }

  /** The order of operations is that of {@link Rate}. */
  private void extrapolate(int step, long endMs, long rangeMs) {
    long firstMs = times[from[step]];
    long lastMs = times[to[step] - 1];
    double start = (firstMs - (endMs - rangeMs)) / 1000.0;
    double end = (endMs - lastMs) / 1000.0;
    double between = (lastMs - firstMs) / 1000.0;
    double mean = between / (to[step] - 1 - from[step]);
    double threshold = mean * 1.1;
    toStart[step] = start >= threshold ? mean / 2 : start;
    toEnd[step] = end >= threshold ? mean / 2 : end;
    sampled[step] = between;
    reach[step] = reach(between, toStart[step], toEnd[step]);
    reachPerSecond[step] = reach[step] / RangeStep.seconds(rangeMs);
    zeroShare[step] = toStart[step] / between * MARGIN;
  }

  static double reach(double sampled, double toStart, double toEnd) {
    return sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
  }

  boolean isOf(long[] columnOfTimes, int size) {
    return times.length == size && Arrays.equals(times, 0, size, columnOfTimes, 0, size);
  }

  /** Memory held. */
  static long bytes(int size, int steps) {
    return 8L * size + 56L * steps + 200;
  }
}
