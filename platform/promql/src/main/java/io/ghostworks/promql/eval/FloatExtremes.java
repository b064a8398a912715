package io.ghostworks.promql.eval;

/**
 * max_over_time and min_over_time of floats: the values that may still become the extreme wait in
 * order, so that each is looked at once however far windows overlap. Of equal values the earliest
 * counts, of NaNs alone the last.
 */
final class FloatExtremes extends FloatWindows {
  private final boolean max;
  private int[] waiting = new int[256];

  FloatExtremes(boolean max) {
    this.max = max;
  }

  @Override
  void fill(WindowPlan plan, double[] values, int size, double[] result) {
    if (waiting.length < size) {
      waiting = new int[size];
    }
    int head = 0;
    int tail = 0;
    int next = 0;
    for (int step = 0; step < result.length; step++) {
      int from = plan.from[step];
      int to = plan.to[step];
      for (; next < to; next++) {
        double value = values[next];
        if (Double.isNaN(value)) {
          continue;
        }
        while (tail > head && isBeyond(value, values[waiting[tail - 1]])) {
          tail--;
        }
        waiting[tail++] = next;
      }
      while (head < tail && waiting[head] < from) {
        head++;
      }
      if (from < to) {
        result[step] = head < tail ? values[waiting[head]] : values[to - 1];
      }
    }
  }

  private boolean isBeyond(double value, double other) {
    return max ? value > other : value < other;
  }
}
