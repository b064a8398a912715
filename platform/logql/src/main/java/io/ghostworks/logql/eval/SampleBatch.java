package io.ghostworks.logql.eval;

import java.util.Arrays;

/** Samples as columns: the number of the series, the time in nanoseconds, the value. */
final class SampleBatch {
  private int[] series = new int[256];
  private long[] times = new long[256];
  private double[] values = new double[256];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int number, long timeNanos, double value) {
    if (size == series.length) {
      series = Arrays.copyOf(series, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    series[size] = number;
    times[size] = timeNanos;
    values[size++] = value;
  }

  /** Takes over the samples of another batch, which gets those of this one. */
  void swap(SampleBatch other) {
    int[] otherSeries = other.series;
    long[] otherTimes = other.times;
    double[] otherValues = other.values;
    int otherSize = other.size;
    other.series = series;
    other.times = times;
    other.values = values;
    other.size = size;
    series = otherSeries;
    times = otherTimes;
    values = otherValues;
    size = otherSize;
  }

  /** Replaces the numbers of the series. */
  void renumber(SeriesCache numbers) {
    for (int i = 0; i < size; i++) {
      series[i] = numbers.get(series[i]);
    }
  }

  int size() {
    return size;
  }

  int series(int index) {
    return series[index];
  }

  long timeNanos(int index) {
    return times[index];
  }

  double value(int index) {
    return values[index];
  }
}
