package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says about queries of traces, for all tenants
 * and, under {@code tenants}, with the same keys for single ones.
 */
final class TraceQueryLimitsReader {

  private static final int MAX = Integer.MAX_VALUE;

  private TraceQueryLimitsReader() {}

  static TraceQueryLimitSettings read(ConfigMap map) {
    TraceQueryLimits standard = limits(map, TraceQueryLimits.defaults());
    Map<TenantId, TraceQueryLimits> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .filter(own -> TenantId.isValid(id))
                .ifPresent(own -> tenants.put(new TenantId(id), limits(own, standard)));
          }
        });
    return new TraceQueryLimitSettings(standard, tenants);
  }

  /** Names the keys of a tenant's mapping that belong to this reader. */
  static void know(ConfigMap ofTenant) {
    ofTenant.know(
        "max_search_duration",
        "max_metrics_duration",
        "max_result_limit",
        "max_spans_per_span_set",
        "max_response_series",
        "max_bytes_per_trace",
        "max_bytes_per_tag_values_query");
  }

  private static TraceQueryLimits limits(ConfigMap map, TraceQueryLimits absent) {
    return new TraceQueryLimits(
        duration(map, "max_search_duration", absent.searchDurationMax()),
        duration(map, "max_metrics_duration", absent.metricsDurationMax()),
        integer(map, "max_result_limit", absent.resultsMax()),
        integer(map, "max_spans_per_span_set", absent.spansPerSetMax()),
        integer(map, "max_response_series", absent.seriesMax()),
        map.size("max_bytes_per_trace", absent.traceBytesMax()),
        map.size("max_bytes_per_tag_values_query", absent.tagBytesMax()));
  }

  private static int integer(ConfigMap map, String key, int absent) {
    return (int) map.integer(key, absent, 0, MAX);
  }

  private static Duration duration(ConfigMap map, String key, Duration absent) {
    return map.duration(key, DurationForm.PROMETHEUS, absent);
  }
}
