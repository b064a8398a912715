package io.ghostworks.series;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is counted of one tenant. The number of active series and the refused series are guarded by
 * the admission lock.
 */
final class TenantAccount {
  /** Metrics of one tenant that the platform's own metrics name. */
  private static final int OFFENDERS_MAX = 20;

  private final TenantId tenant;
  private final MetricActivity activity;
  private final PlatformMetrics metrics;
  private final PlatformMetrics.Counter accepted;
  private final Map<Rejection.Reason, PlatformMetrics.Counter> rejected =
      new EnumMap<>(Rejection.Reason.class);
  private final Map<String, PlatformMetrics.Counter> refusedSeries = new HashMap<>();
  private final Set<String> offenders = new HashSet<>();
  private volatile int activeSeries;

  TenantAccount(TenantId tenant, MetricActivity activity, PlatformMetrics metrics) {
    this.tenant = tenant;
    this.activity = activity;
    this.metrics = metrics;
    this.accepted =
        metrics.counter(
            "ghostworks_ingest_rows_total",
            "Rows that were accepted.",
            Labels.of("signal", "metrics", "tenant", tenant.value()));
    metrics.gauge(
        "ghostworks_series_active",
        "Series with a sample in the last hour.",
        Labels.of("tenant", tenant.value()),
        () -> activeSeries);
  }

  int activeSeries() {
    return activeSeries;
  }

  /** How many active series a metric has, or -1 if it is not counted by itself. */
  int activeSeries(String metric) {
    return activity.active(tenant, metric);
  }

  /** A series begins, or begins again. */
  void began(String metric, long nowMs) {
    count(1);
    activity.began(tenant, metric, nowMs);
  }

  /** A series was active before a restart. */
  void restored(String metric, long nowMs) {
    count(1);
    activity.restored(tenant, metric, nowMs);
  }

  void ended(String metric, long nowMs) {
    count(-1);
    activity.ended(tenant, metric, nowMs);
  }

  void accepted(int rows) {
    accepted.add(rows);
  }

  void rejected(List<Rejection> rejections) {
    for (Rejection rejection : rejections) {
      counter(rejection.reason()).add(rejection.rows());
    }
  }

  /** Counts what an import wrote. */
  void imported(long samples, int parts) {
    metrics
        .counter(
            "ghostworks_series_imported_samples_total",
            "Samples that imports wrote into parts of their own.",
            Labels.of("tenant", tenant.value()))
        .add(samples);
    metrics
        .counter(
            "ghostworks_series_imported_parts_total",
            "Parts that imports wrote.",
            Labels.of("tenant", tenant.value()))
        .add(parts);
  }

  /**
   * Counts a refused sample of a series by the limit that refuses it and the series' metric; the
   * first metrics are told by name, and "" stands for all others.
   */
  void refusedSeries(String limit, String metric) {
    refusedSeries
        .computeIfAbsent(limit + "\n" + named(metric), key -> refusals(limit, key))
        .increment();
  }

  void rejectedExemplar() {
    metrics
        .counter(
            "ghostworks_rejected_exemplars_total",
            "Exemplars that were not kept: their series or time was refused, or they are too"
                + " large.",
            Labels.of("tenant", tenant.value()))
        .increment();
  }

  void rejectedMetadata() {
    metrics
        .counter(
            "ghostworks_rejected_metadata_total",
            "Metadata of families that was not kept: too large, or too many families.",
            Labels.of("tenant", tenant.value()))
        .increment();
  }

  /** Only the holder of the admission lock changes it. */
  private void count(int difference) {
    int now = activeSeries;
    activeSeries = now + difference;
  }

  private String named(String metric) {
    if (offenders.contains(metric)) {
      return metric;
    }
    return offenders.size() < OFFENDERS_MAX && offenders.add(metric) ? metric : "";
  }

  private PlatformMetrics.Counter refusals(String limit, String key) {
    return metrics.counter(
        "ghostworks_refused_series_samples_total",
        "Samples of new series that a limit refused, by the limit and, for the first metrics of a"
            + " tenant, the metric's name.",
        Labels.of(
            "tenant", tenant.value(), "limit", limit, "metric", key.substring(limit.length() + 1)));
  }

  private synchronized PlatformMetrics.Counter counter(Rejection.Reason reason) {
    return rejected.computeIfAbsent(
        reason,
        r ->
            metrics.counter(
                "ghostworks_rejected_rows_total",
                "Rows that were refused, by reason.",
                Labels.of("signal", "metrics", "reason", r.label(), "tenant", tenant.value())));
  }
}
