package io.ghostworks.logql.eval;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** What was found out about series, by their number: another number, asked for once a series. */
final class SeriesCache {
  private static final int UNKNOWN = -1;

  private final IntUnaryOperator source;
  private int[] known = new int[16];

  /**
   * @param source gives a number that is not negative
   */
  SeriesCache(IntUnaryOperator source) {
    this.source = source;
    Arrays.fill(known, UNKNOWN);
  }

  int get(int series) {
    if (series < known.length && known[series] != UNKNOWN) {
      return known[series];
    }
    if (series >= known.length) {
      int length = known.length;
      known = Arrays.copyOf(known, Math.max(series + 1, 2 * length));
      Arrays.fill(known, length, known.length, UNKNOWN);
    }
    int found = source.applyAsInt(series);
    known[series] = found;
    return found;
  }
}
