package io.ghostworks.traceql.metrics;

/**
 * A metrics query.
 *
 * @param startNanos since the epoch, exclusive: Tempo's steps are open at their start
 * @param endNanos inclusive
 * @param stepNanos of a range query; 0 takes {@link MetricsTimes#defaultStepNanos}. An instant
 *     query has one step, the whole range
 * @param exemplars how many are asked for; 0 takes the most there may be, unless the query's hint
 *     says otherwise
 * @param seriesMax the most series of the answer; 0 takes the most there may be
 */
public record MetricsRequest(
    String query, long startNanos, long endNanos, long stepNanos, int exemplars, int seriesMax) {

  /** Over a range, with defaults. */
  public static MetricsRequest of(String query, long startNanos, long endNanos, long stepNanos) {
    return new MetricsRequest(query, startNanos, endNanos, stepNanos, 0, 0);
  }
}
