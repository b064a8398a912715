package io.ghostworks.promql.cache;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what a cache does. Thread-safe. */
final class CacheMetrics {
  private final Map<CacheUse.Outcome, PlatformMetrics.Counter> requests =
      new EnumMap<>(CacheUse.Outcome.class);
  private final PlatformMetrics.Counter steps;
  private final PlatformMetrics.Counter invalidations;

  CacheMetrics(ExtentStore store, PlatformMetrics metrics) {
    for (CacheUse.Outcome outcome : CacheUse.Outcome.values()) {
      requests.put(
          outcome,
          metrics.counter(
              "ghostworks_promql_result_cache_requests_total",
              "Range queries by what the result cache did for them.",
              Labels.of("outcome", outcome.name().toLowerCase(Locale.ROOT))));
    }
    steps =
        metrics.counter(
            "ghostworks_promql_result_cache_steps_total",
            "Steps of range queries that came out of the result cache.",
            Labels.EMPTY);
    invalidations =
        metrics.counter(
            "ghostworks_promql_result_cache_invalidations_total",
            "Kept results of which some were dropped since their samples had changed.",
            Labels.EMPTY);
    metrics.counterOf(
        "ghostworks_promql_result_cache_evictions_total",
        "Kept results that were dropped to make room for others.",
        Labels.EMPTY,
        store::evictions);
    metrics.gauge(
        "ghostworks_promql_result_cache_entries",
        "Queries of which results are kept.",
        Labels.EMPTY,
        store::size);
    metrics.gauge(
        "ghostworks_promql_result_cache_bytes",
        "Memory of kept results.",
        Labels.EMPTY,
        store::bytes);
  }

  void count(CacheUse use) {
    PlatformMetrics.Counter counter = requests.get(use.outcome());
    if (counter != null) {
      counter.increment();
    }
    steps.add(use.steps());
  }

  void countInvalidation() {
    invalidations.increment();
  }
}
