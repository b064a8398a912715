package io.ghostworks.logql.eval;

import java.util.Arrays;

/**
 * The values of one step by the numbers that their node gives to its series. A series comes at most
 * once. Filled by a node, kept and used again by the one that asked.
 */
final class StepVector {
  private int[] series = new int[16];
  private double[] values = new double[16];
  private int size;
  private long timeMs;

  /** Empties it for a step whose points bear this time. */
  void start(long stepTimeMs) {
    size = 0;
    timeMs = stepTimeMs;
  }

  void add(int number, double value) {
    if (size == series.length) {
      series = Arrays.copyOf(series, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    series[size] = number;
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int series(int index) {
    return series[index];
  }

  double value(int index) {
    return values[index];
  }

  long timeMs() {
    return timeMs;
  }
}
