package io.ghostworks.collector.export;

import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;

/**
 * Counts what became of an exporter's items, under the names of the Collector's own telemetry.
 *
 * @param sent items that the other system took
 * @param failed items that it refused, or that were given up
 * @param notQueued items that found the queue in memory full
 */
record SentItems(
    PlatformMetrics.Counter sent,
    PlatformMetrics.Counter failed,
    PlatformMetrics.Counter notQueued) {

  static SentItems of(String exporter, Signal signal, PlatformMetrics metrics) {
    Labels labels = Labels.of("exporter", exporter);
    String items =
        switch (signal) {
          case TRACES -> "spans";
          case LOGS -> "log_records";
          case METRICS -> "metric_points";
        };
    return new SentItems(
        metrics.counter(
            "otelcol_exporter_sent_" + items, "Items that another system took.", labels),
        metrics.counter(
            "otelcol_exporter_send_failed_" + items,
            "Items that another system refused, or that were given up.",
            labels),
        metrics.counter(
            "otelcol_exporter_enqueue_failed_" + items,
            "Items that found no room in an exporter's queue in memory.",
            labels));
  }
}
