package io.ghostworks.promql.eval;

import java.util.Arrays;

/** rate, increase and delta of floats; the places of resets are found once a series. */
final class FloatRates extends FloatWindows {
  /** Above it a product is not too small to be exact. */
  private static final double SAFE_MIN = 1e-280;

  private final boolean counter;
  private final double rangeSeconds;
  private int[] resets = new int[16];

  /**
   * @param rangeSeconds what a rate is divided by, or 0
   */
  FloatRates(boolean counter, double rangeSeconds) {
    this.counter = counter;
    this.rangeSeconds = rangeSeconds;
  }

  @Override
  void fill(WindowPlan plan, double[] values, int size, double[] result) {
    int resetCount = counter ? findResets(values, size) : 0;
    int nextReset = 0;
    double[] factors = rangeSeconds == 0 ? plan.reach : plan.reachPerSecond;
    for (int step = 0; step < result.length; step++) {
      int from = plan.from[step];
      int last = plan.to[step] - 1;
      if (last <= from) {
        continue;
      }
      double first = values[from];
      double difference = values[last] - first;
      while (nextReset < resetCount && resets[nextReset] <= from) {
        nextReset++;
      }
      for (int i = nextReset; i < resetCount && resets[i] <= last; i++) {
        difference += values[resets[i] - 1];
      }
      double factor = factors[step];
      if (counter && difference > 0 && first >= 0) {
        double reachesZero = difference * plan.zeroShare[step];
        if (!(first > reachesZero && reachesZero > SAFE_MIN)) {
          factor = reachToZero(plan, step, first, difference);
        }
      }
      result[step] = difference * factor;
    }
  }

  private int findResets(double[] values, int size) {
    int count = 0;
    for (int i = 1; i < size; i++) {
      if (values[i] < values[i - 1]) {
        if (count == resets.length) {
          resets = Arrays.copyOf(resets, count * 2);
        }
        resets[count++] = i;
      }
    }
    return count;
  }

  /** The factor where a counter's zero may be after the window's start. */
  private double reachToZero(WindowPlan plan, int step, double first, double difference) {
    double share = first / difference;
    double toZero = plan.sampled[step] * share;
    double reach =
        toZero < plan.toStart[step]
            ? WindowPlan.reach(plan.sampled[step], toZero, plan.toEnd[step])
            : plan.reach[step];
    return rangeSeconds == 0 ? reach : reach / rangeSeconds;
  }
}
