package io.ghostworks.bench.fleet;

import java.util.SplittableRandom;

/** Series of one target whose values arise together: a counter, or the series of a histogram. */
interface Family {

  /** How many series it has. */
  int size();

  /**
   * Writes the values of the next scrape.
   *
   * @param activity how busy the target is at this time of the day, 1 on average
   * @param out gets {@link #size} values from {@code at} on
   */
  void next(SplittableRandom random, double activity, double[] out, int at);

  /** How often something that happens {@code mean} times on average happens this time. */
  static long poisson(SplittableRandom random, double mean) {
    if (mean > 50) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    long count = -1;
    for (double product = 1; product > limit || count < 0; count++) {
      product *= random.nextDouble();
    }
    return count;
  }
}
