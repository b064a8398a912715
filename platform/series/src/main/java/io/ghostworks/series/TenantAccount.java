package io.ghostworks.series;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is counted of one tenant. The number of active series is guarded by the admission lock. */
final class TenantAccount {
  private final TenantId tenant;
  private final PlatformMetrics metrics;
  private final PlatformMetrics.Counter accepted;
  private final Map<Rejection.Reason, PlatformMetrics.Counter> rejected =
      new EnumMap<>(Rejection.Reason.class);
  private volatile int activeSeries;

  TenantAccount(TenantId tenant, PlatformMetrics metrics) {
    this.tenant = tenant;
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

  /** For the holder of the admission lock. */
  void activeSeries(int count) {
    activeSeries = count;
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
