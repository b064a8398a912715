package io.ghostworks.promql.eval;

import java.util.Arrays;

/** Quantiles of plain values. */
final class Quantiles {

  private Quantiles() {}

  /** The quantile of the first values of an array, which is sorted; NaN counts as the least. */
  static double of(double q, double[] values, int size) {
    if (size == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    sortNansFirst(values, size);
    double rank = q * (size - 1.0);
    double lower = Math.max(0, Math.floor(rank));
    double upper = Math.min(size - 1.0, lower + 1);
    double weight = rank - Math.floor(rank);
    return values[(int) lower] * (1 - weight) + values[(int) upper] * weight;
  }

  private static void sortNansFirst(double[] values, int size) {
    Arrays.sort(values, 0, size);
    int numbers = size;
    while (numbers > 0 && Double.isNaN(values[numbers - 1])) {
      numbers--;
    }
    int nans = size - numbers;
    if (nans > 0) {
      System.arraycopy(values, 0, values, nans, numbers);
      Arrays.fill(values, 0, nans, Double.NaN);
    }
  }
}
