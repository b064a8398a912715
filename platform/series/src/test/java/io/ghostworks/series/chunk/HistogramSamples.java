package io.ghostworks.series.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;

/** Native histograms for tests. */
public final class HistogramSamples {
  private HistogramSamples() {}

  /** A histogram of three buckets whose counts grow with a number. */
  public static FloatHistogram of(int n) {
    return new FloatHistogram(
        CounterReset.NOT_RESET,
        3,
        0.001,
        n,
        4.0 * n,
        12.5 * n,
        new int[] {-2, 3},
        new int[] {1, 2},
        new double[] {n, n, n % 2 == 0 ? n : n + 0.5},
        new int[0],
        new int[0],
        new double[0],
        new double[0]);
  }
}
