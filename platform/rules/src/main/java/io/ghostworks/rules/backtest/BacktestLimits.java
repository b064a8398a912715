package io.ghostworks.rules.backtest;

/**
 * How much one backtest may do.
 *
 * @param stepsMax evaluations of a rule in all
 * @param stepsAtOnce evaluations of one range query
 * @param episodesMax alerts that are told one by one; further ones are counted
 * @param failuresMax evaluations that fail before the rest is given up
 * @param standingMax alerts that stand at once
 */
public record BacktestLimits(
    int stepsMax, int stepsAtOnce, int episodesMax, int failuresMax, int standingMax) {

  /** A month at one evaluation a minute. */
  public static final BacktestLimits DEFAULT =
      new BacktestLimits(50_000, 1_000, 2_000, 100, 50_000);
}
