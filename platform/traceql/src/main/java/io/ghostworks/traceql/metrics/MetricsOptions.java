package io.ghostworks.traceql.metrics;

import io.ghostworks.traceql.TraceqlOptions;
import java.time.Duration;

/**
 * What a metrics query may ask for at most.
 *
 * @param rangeMax the longest range; zero sets no bound (Tempo's {@code max_duration})
 * @param stepsMax the most steps of a range (Tempo's {@code max_intervals})
 * @param exemplarsMax the most exemplars of an answer (Tempo's {@code max_exemplars})
 * @param seriesMax the most series of an answer (Tempo's {@code max_response_series})
 * @param traceReach see {@link TraceqlOptions}
 */
public record MetricsOptions(
    Duration rangeMax, int stepsMax, int exemplarsMax, int seriesMax, Duration traceReach) {

  public static final MetricsOptions DEFAULT =
      new MetricsOptions(Duration.ofDays(7), 10_000, 100, 10_000);

  /** With the usual reach. */
  public MetricsOptions(Duration rangeMax, int stepsMax, int exemplarsMax, int seriesMax) {
    this(rangeMax, stepsMax, exemplarsMax, seriesMax, TraceqlOptions.DEFAULT.traceReach());
  }

  public MetricsOptions {
    if (stepsMax < 1 || exemplarsMax < 0 || seriesMax < 1) {
      throw new IllegalArgumentException(
          "metrics queries need at least 1 step, 0 exemplars and 1 series, got %d, %d and %d"
              .formatted(stepsMax, exemplarsMax, seriesMax));
    }
  }
}
