package io.ghostworks.server.settings;

import java.time.Duration;

/**
 * What one query of log records may ask for, by Loki's names. 0 is no limit.
 *
 * @param entriesMax {@code max_entries_limit_per_query}: lines of one answer
 * @param lengthMax {@code max_query_length}: from start to end
 * @param lookbackMax {@code max_query_lookback}: how far back a query sees
 * @param seriesMax {@code max_query_series}: series of a metric query's answer
 * @param rangeMax {@code max_query_range}: of a range inside a metric query
 * @param timeout {@code query_timeout}
 * @param matchersMax {@code max_streams_matchers_per_query}
 * @param streamsMax {@code cardinality_limit}: streams of a look-up
 * @param tailsMax {@code max_concurrent_tail_requests}
 * @param volumeSeriesMax {@code volume_max_series}
 * @param bytesMax {@code max_query_bytes_read}
 * @param downloadEntriesMax {@code max_entries_limit_per_download}: lines of one download
 */
public record LogQueryLimits(
    int entriesMax,
    Duration lengthMax,
    Duration lookbackMax,
    int seriesMax,
    Duration rangeMax,
    Duration timeout,
    int matchersMax,
    int streamsMax,
    int tailsMax,
    int volumeSeriesMax,
    long bytesMax,
    int downloadEntriesMax) {

  /**
   * Loki's defaults; a download is an addition.
   *
   * @param timeout of all queries
   */
  static LogQueryLimits defaults(Duration timeout) {
    return new LogQueryLimits(
        5000,
        Duration.ofHours(721),
        Duration.ZERO,
        500,
        Duration.ZERO,
        timeout,
        1000,
        100_000,
        10,
        1000,
        0,
        10_000_000);
  }
}
