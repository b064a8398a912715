package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says about queries of log records, for all
 * tenants and, under {@code tenants}, with the same keys for single ones.
 */
final class LogQueryLimitsReader {

  private static final String TIMEOUT = "query_timeout";
  private static final int MAX = Integer.MAX_VALUE;

  private LogQueryLimitsReader() {}

  /**
   * @param timeout of all queries, which a tenant's own replaces for log queries
   */
  static LogQueryLimitSettings read(ConfigMap map, Duration timeout) {
    LogQueryLimits standard = limits(map, LogQueryLimits.defaults(timeout));
    Map<TenantId, LogQueryLimits> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .filter(own -> TenantId.isValid(id))
                .ifPresent(own -> tenants.put(new TenantId(id), limits(own, standard)));
          }
        });
    return new LogQueryLimitSettings(standard, tenants);
  }

  /** Names the keys of a tenant's mapping that belong to this reader. */
  static void know(ConfigMap ofTenant) {
    ofTenant.know(
        "max_entries_limit_per_query",
        "max_query_length",
        "max_query_lookback",
        "max_query_series",
        "max_query_range",
        TIMEOUT,
        "max_streams_matchers_per_query",
        "cardinality_limit",
        "max_concurrent_tail_requests",
        "volume_max_series",
        "max_query_bytes_read",
        "max_entries_limit_per_download");
  }

  private static LogQueryLimits limits(ConfigMap map, LogQueryLimits absent) {
    return new LogQueryLimits(
        integer(map, "max_entries_limit_per_query", absent.entriesMax()),
        duration(map, "max_query_length", absent.lengthMax()),
        duration(map, "max_query_lookback", absent.lookbackMax()),
        integer(map, "max_query_series", absent.seriesMax()),
        duration(map, "max_query_range", absent.rangeMax()),
        timeout(map, absent.timeout()),
        integer(map, "max_streams_matchers_per_query", absent.matchersMax()),
        integer(map, "cardinality_limit", absent.streamsMax()),
        integer(map, "max_concurrent_tail_requests", absent.tailsMax()),
        integer(map, "volume_max_series", absent.volumeSeriesMax()),
        map.size("max_query_bytes_read", absent.bytesMax()),
        integer(map, "max_entries_limit_per_download", absent.downloadEntriesMax()));
  }

  private static Duration timeout(ConfigMap map, Duration absent) {
    Duration timeout = duration(map, TIMEOUT, absent);
    if (timeout.isZero()) {
      map.error(TIMEOUT, "must be more than 0", "leave it out for 2m");
      return absent;
    }
    return timeout;
  }

  private static int integer(ConfigMap map, String key, int absent) {
    return (int) map.integer(key, absent, 0, MAX);
  }

  private static Duration duration(ConfigMap map, String key, Duration absent) {
    return map.duration(key, DurationForm.PROMETHEUS, absent);
  }
}
