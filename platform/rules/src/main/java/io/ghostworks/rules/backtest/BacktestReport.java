package io.ghostworks.rules.backtest;

import io.ghostworks.model.label.Labels;
import java.util.List;

/**
 * What a rule would have done. Times are milliseconds since the epoch.
 *
 * @param startMs the first evaluation that counts
 * @param endMs the last evaluation
 * @param steps how many evaluations there were, those before the start included that show what
 *     stood then
 * @param failedSteps how many of them failed; alerts stay as they are at such a step
 * @param failure the first failure, or ""
 * @param fired alerts that fired, by number
 * @param pendingOnly alerts that were pending and never fired, by number
 * @param firingMs how long alerts fired, all together
 * @param anyFiringMs how long at least one alert fired
 * @param flaps how often an alert fired again within an hour of its end
 * @param standingMax the most alerts that were pending or firing at once
 * @param episodes the alerts, oldest first; not all of them where {@code truncated}
 */
public record BacktestReport(
    BacktestRule rule,
    long startMs,
    long endMs,
    int steps,
    int failedSteps,
    String failure,
    int fired,
    int pendingOnly,
    long firingMs,
    long anyFiringMs,
    int flaps,
    int standingMax,
    boolean truncated,
    List<Episode> episodes) {

  public BacktestReport {
    episodes = List.copyOf(episodes);
  }

  /**
   * The life of one alert.
   *
   * @param annotations as they were when it fired, or else when it became pending
   * @param pendingAtMs when its condition began to hold
   * @param firingAtMs when it fired; 0 if it never did
   * @param keptSinceMs since when only {@code keep_firing_for} kept it, last; 0 if it never did
   * @param endedAtMs when it was gone; 0 if it stood at the end
   * @param firstValue the value at the beginning
   * @param leastValue the smallest value
   * @param mostValue the largest value
   */
  public record Episode(
      Labels labels,
      Labels annotations,
      long pendingAtMs,
      long firingAtMs,
      long keptSinceMs,
      long endedAtMs,
      double firstValue,
      double leastValue,
      double mostValue) {

    public boolean hasFired() {
      return firingAtMs != 0;
    }
  }
}
