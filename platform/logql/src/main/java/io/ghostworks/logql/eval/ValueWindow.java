package io.ghostworks.logql.eval;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Functions that need every value of the window in its order, computed anew for each step. Sums of
 * whole numbers, which are exact in any order, go on from step to step as long as all values of the
 * window are whole and small enough.
 */
final class ValueWindow implements SeriesWindow {
  private static final int ENTRY_BYTES = Integer.BYTES + Long.BYTES + Double.BYTES;

  /** Sums of magnitudes up to here are exact whatever the order. */
  private static final double EXACT_MAX = 0x1p53;

  private final WindowFunction function;
  private final LongConsumer memory;
  private int[] lasts = new int[4];
  private long[] times = new long[4];
  private double[] values = new double[4];
  private int head;
  private int tail;
  private int inexact;
  private double sum;
  private double magnitude;

  /** A function over values by time, of which there is at least one. */
  interface WindowFunction {

    /**
     * The function's value.
     *
     * @param from the first of the window in both arrays
     * @param to behind the last one
     */
    double of(double[] values, long[] times, int from, int to, long windowEndNanos);

    /** What the exact sum of the values is divided by if the function is that, or 0. */
    default double sumDivisor() {
      return 0;
    }
  }

  ValueWindow(WindowFunction function, LongConsumer memory) {
    this.function = function;
    this.memory = memory;
  }

  @Override
  public void add(int firstStep, int lastStep, long timeNanos, double value) {
    if (tail == lasts.length) {
      makeRoom();
    }
    lasts[tail] = lastStep;
    times[tail] = timeNanos;
    values[tail++] = value;
    count(value, 1);
  }

  /** Whole values beyond the bound, infinite ones and those that are no number are inexact. */
  private void count(double value, int sign) {
    if (Math.rint(value) == value && Math.abs(value) <= EXACT_MAX) {
      sum += sign * value;
      magnitude += sign * Math.abs(value);
    } else {
      inexact += sign;
    }
    if (magnitude > EXACT_MAX) {
      // Too large to go on: what is left over by rounding must not stay behind.
      inexact = Integer.MAX_VALUE / 2;
    }
  }

  private void makeRoom() {
    int held = tail - head;
    if (held > lasts.length / 2) {
      memory.accept((long) lasts.length * ENTRY_BYTES);
      lasts = Arrays.copyOfRange(lasts, head, head + 2 * lasts.length);
      times = Arrays.copyOfRange(times, head, head + 2 * times.length);
      values = Arrays.copyOfRange(values, head, head + 2 * values.length);
    } else {
      System.arraycopy(lasts, head, lasts, 0, held);
      System.arraycopy(times, head, times, 0, held);
      System.arraycopy(values, head, values, 0, held);
    }
    head = 0;
    tail = held;
  }

  @Override
  public boolean slide(int step) {
    while (head < tail && lasts[head] < step) {
      count(values[head++], -1);
    }
    if (head == tail) {
      inexact = 0;
      sum = 0;
      magnitude = 0;
    }
    return head < tail;
  }

  @Override
  public double value(long windowEndNanos) {
    double divisor = function.sumDivisor();
    return divisor != 0 && inexact == 0
        ? sum / divisor
        : function.of(values, times, head, tail, windowEndNanos);
  }
}
