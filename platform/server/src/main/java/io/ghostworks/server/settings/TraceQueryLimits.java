package io.ghostworks.server.settings;

import java.time.Duration;

/**
 * What one query of traces may ask for, by Tempo's names. 0 is no limit.
 *
 * @param searchDurationMax {@code max_search_duration}: from start to end of a search
 * @param metricsDurationMax {@code max_metrics_duration}: from start to end of a metrics query
 * @param resultsMax {@code max_result_limit}: traces of one answer
 * @param spansPerSetMax {@code max_spans_per_span_set}
 * @param seriesMax {@code max_response_series}: of a metrics query's answer
 * @param traceBytesMax {@code max_bytes_per_trace}: of a trace that is given whole
 * @param tagBytesMax {@code max_bytes_per_tag_values_query}: of names or values of one answer
 */
public record TraceQueryLimits(
    Duration searchDurationMax,
    Duration metricsDurationMax,
    int resultsMax,
    int spansPerSetMax,
    int seriesMax,
    long traceBytesMax,
    long tagBytesMax) {

  /** Tempo's defaults, except that traces of any size are given. */
  public static TraceQueryLimits defaults() {
    return new TraceQueryLimits(
        Duration.ofHours(168), Duration.ofHours(24), 256 * 1024, 100, 0, 0, 1_000_000);
  }

  /** Of each the smaller one: for a query of several tenants. */
  public TraceQueryLimits and(TraceQueryLimits other) {
    return new TraceQueryLimits(
        Duration.ofNanos(smaller(searchDurationMax.toNanos(), other.searchDurationMax.toNanos())),
        Duration.ofNanos(smaller(metricsDurationMax.toNanos(), other.metricsDurationMax.toNanos())),
        (int) smaller(resultsMax, other.resultsMax),
        (int) smaller(spansPerSetMax, other.spansPerSetMax),
        (int) smaller(seriesMax, other.seriesMax),
        smaller(traceBytesMax, other.traceBytesMax),
        smaller(tagBytesMax, other.tagBytesMax));
  }

  private static long smaller(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }
}
