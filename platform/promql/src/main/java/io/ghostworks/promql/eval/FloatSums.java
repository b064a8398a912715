package io.ghostworks.promql.eval;

import io.ghostworks.query.histogram.KahanSum;

/**
 * sum_over_time and avg_over_time of floats. Of whole numbers that are small enough every partial
 * sum is exact and nothing is to compensate, so that differences of running sums have the bits of
 * the compensated sum; others are summed window by window.
 */
final class FloatSums extends FloatWindows {
  private static final long EXACT_MAX = 1L << 53;

  private final boolean mean;
  private final WorkMeter work;
  private long[] running = new long[256];

  FloatSums(boolean mean, WorkMeter work) {
    this.mean = mean;
    this.work = work;
  }

  @Override
  void fill(WindowPlan plan, double[] values, int size, double[] result) {
    boolean exact = sumUp(values, size);
    for (int step = 0; step < result.length; step++) {
      int from = plan.from[step];
      int to = plan.to[step];
      if (from >= to) {
        continue;
      }
      if (exact) {
        double sum = running[to] - running[from];
        result[step] = mean ? sum / (to - from) + 0.0 : sum;
      } else {
        work.count(to - from);
        result[step] = mean ? OverTime.average(values, from, to) : sum(values, from, to);
      }
    }
  }

  /** Makes the running sums; false where one of them might not be exact. */
  private boolean sumUp(double[] values, int size) {
    if (running.length <= size) {
      running = new long[size + 1];
    }
    long most = EXACT_MAX / Math.max(1, size);
    long sum = 0;
    for (int i = 0; i < size; i++) {
      long whole = (long) values[i];
      if (whole != values[i] || whole > most || whole < -most) {
        return false;
      }
      sum += whole;
      running[i + 1] = sum;
    }
    return true;
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    double owed = 0;
    for (int i = from; i < to; i++) {
      owed = KahanSum.nextCompensation(values[i], sum, owed);
      sum += values[i];
    }
    return Double.isInfinite(sum) ? sum : sum + owed;
  }
}
