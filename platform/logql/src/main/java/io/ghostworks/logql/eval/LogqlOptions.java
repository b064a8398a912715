package io.ghostworks.logql.eval;

import java.time.Duration;

/**
 * What one query may ask for, by Loki's names.
 *
 * @param maxQuerySeries how many series a metric query may give
 * @param maxQueryRange how long the range of a range aggregation may be; zero for any
 * @param maxPoints how many steps a range query may have beyond its first
 */
public record LogqlOptions(int maxQuerySeries, Duration maxQueryRange, int maxPoints) {

  /** What Loki sets by default. */
  public static final LogqlOptions DEFAULT = new LogqlOptions(500, Duration.ZERO, 11_000);

  /** No limits but those of memory and time. */
  public static final LogqlOptions UNLIMITED =
      new LogqlOptions(Integer.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE - 1);

  public LogqlOptions {
    if (maxQuerySeries < 1 || maxQueryRange.isNegative() || maxPoints < 1) {
      throw new IllegalArgumentException(
          "limits of queries must be positive, got %d series, a range of %s, %d points"
              .formatted(maxQuerySeries, maxQueryRange, maxPoints));
    }
  }
}
