package io.ghostworks.logql.eval;

import io.ghostworks.logql.LogEngine;

/**
 * A query and when it is asked for.
 *
 * @param startNanos since the epoch, inclusive
 * @param endNanos the last time of a metric query; of a log query the end, exclusive
 * @param stepNanos between the values of a metric query; 0 for an instant query, whose start is its
 *     end
 * @param limit how many lines a log query gives at most
 * @param direction which lines those are
 */
public record LogqlRequest(
    String query,
    long startNanos,
    long endNanos,
    long stepNanos,
    int limit,
    LogEngine.Direction direction) {

  /** How many lines a log query gives where the request does not say. */
  public static final int LIMIT_DEFAULT = 100;

  public LogqlRequest {
    if (stepNanos < 0 || endNanos < startNanos) {
      throw new IllegalArgumentException(
          "a query needs a step that is not negative and an end that is not before its start, got %d to %d in steps of %d"
              .formatted(startNanos, endNanos, stepNanos));
    }
  }

  /** A metric query at one time. */
  public static LogqlRequest instant(String query, long timeNanos) {
    return new LogqlRequest(
        query, timeNanos, timeNanos, 0, LIMIT_DEFAULT, LogEngine.Direction.BACKWARD);
  }

  /** A query over a range. */
  public static LogqlRequest range(String query, long startNanos, long endNanos, long stepNanos) {
    return new LogqlRequest(
        query, startNanos, endNanos, stepNanos, LIMIT_DEFAULT, LogEngine.Direction.BACKWARD);
  }

  /** Whether it asks for one time rather than a range. */
  public boolean isInstant() {
    return stepNanos == 0;
  }
}
