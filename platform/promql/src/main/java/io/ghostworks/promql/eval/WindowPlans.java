package io.ghostworks.promql.eval;

import io.ghostworks.query.QueryContext;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the plans of windows for the columns of times that were met last, since the series of a
 * target come between those of others. Used by one thread.
 */
final class WindowPlans {
  private static final int PLANS_MAX = 256;
  private static final long BYTES_MAX = 4 << 20;

  private final QueryContext context;
  private final long firstEndMs;
  private final long stepMs;
  private final int steps;
  private final long rangeMs;
  private final boolean extrapolates;
  private @Nullable WindowPlan[] plans = new @Nullable WindowPlan[0];
  private long reservedBytes;

  WindowPlans(
      QueryContext context,
      long firstEndMs,
      long stepMs,
      int steps,
      long rangeMs,
      boolean extrapolates) {
    this.context = context;
    this.firstEndMs = firstEndMs;
    this.stepMs = stepMs;
    this.steps = steps;
    this.rangeMs = rangeMs;
    this.extrapolates = extrapolates;
  }

  WindowPlan of(long[] times, int size) {
    if (plans.length == 0) {
      long each = WindowPlan.bytes(size, steps);
      plans =
          new @Nullable
              WindowPlan[Integer.highestOneBit(Math.clamp(BYTES_MAX / each, 1, PLANS_MAX))];
    }
    long hash = (times[0] * 31 + times[size - 1]) * 31 + times[size / 2] + size;
    int slot = (int) ((hash * 0x9E3779B97F4A7C15L) >>> 32) & (plans.length - 1);
    WindowPlan plan = plans[slot];
    if (plan == null || !plan.isOf(times, size)) {
      if (plan == null) {
        long bytes = WindowPlan.bytes(size, steps);
        context.reserve(bytes);
        reservedBytes += bytes;
      }
      plan = new WindowPlan(times, size, firstEndMs, stepMs, steps, rangeMs, extrapolates);
      plans[slot] = plan;
    }
    return plan;
  }

  /** Gives the memory back. */
  void close() {
    context.release(reservedBytes);
    reservedBytes = 0;
    plans = new @Nullable WindowPlan[0];
  }
}
