package io.ghostworks.collector;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;

/**
 * Where items are stored.
 *
 * @param logs takes batches whose rows have no streams yet, as they come from OTLP
 * @param metrics takes OTLP metrics, which it translates itself
 * @param series takes scrapes
 */
public record Stores(
    TelemetrySink<SpanBatch> spans,
    TelemetrySink<LogBatch> logs,
    TelemetrySink<MetricBatch> metrics,
    TelemetrySink<SeriesBatch> series) {

  /**
   * Stores that file OTLP's items as Loki and Prometheus do before an engine takes them.
   *
   * @param logs takes batches whose rows have their streams
   * @param series takes scrapes and translated metrics
   */
  public static Stores filing(
      TelemetrySink<SpanBatch> spans,
      TelemetrySink<LogBatch> logs,
      TelemetrySink<SeriesBatch> series,
      Filing filing) {
    return new Stores(
        spans,
        (tenant, batch) -> logs.offer(tenant, filing.filed(batch)),
        (tenant, batch) -> filing.offer(tenant, batch, series),
        series);
  }
}
