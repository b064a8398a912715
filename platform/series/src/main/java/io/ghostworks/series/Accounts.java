package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of all tenants. Thread-safe. */
final class Accounts {
  /** Metrics whose series are counted one by one. */
  private static final int METRICS_MAX = 50_000;

  private final PlatformMetrics metrics;
  private final MetricActivity activity = new MetricActivity(METRICS_MAX);
  private final Map<TenantId, TenantAccount> byTenant = new ConcurrentHashMap<>();

  Accounts(PlatformMetrics metrics) {
    this.metrics = metrics;
  }

  TenantAccount of(TenantId tenant) {
    return byTenant.computeIfAbsent(tenant, t -> new TenantAccount(t, activity, metrics));
  }

  /**
   * Which metrics of a tenant have series that begin and end; for the holder of the admission lock.
   */
  SeriesChurn churn(TenantId tenant, int limit, long nowMs) {
    return activity.churn(tenant, limit, nowMs);
  }

  /** Counts parts that were dropped whole. */
  void dropped(String reason, int parts) {
    metrics
        .counter(
            "ghostworks_series_retention_parts_total",
            "Parts of series that were dropped whole, because of their age or of the limit of"
                + " size.",
            Labels.of("reason", reason))
        .add(parts);
  }

  /** Counts a part that was written anew. */
  void rewritten(String reason) {
    metrics
        .counter(
            "ghostworks_series_rewritten_parts_total",
            "Parts of series that were written anew without what is deleted, or past retention.",
            Labels.of("reason", reason))
        .increment();
  }
}
