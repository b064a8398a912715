package io.ghostworks.collector;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import java.util.function.Function;

/**
 * Where items are stored. Spans and log records are stored with their origin, the id of the
 * receiver whose pipelines they passed, so that {@link SignalTails} finds them again.
 *
 * @param spans the sink of an origin
 * @param logs the sink of an origin; takes batches whose rows have no streams yet, as they come
 *     from OTLP
 * @param metrics takes OTLP metrics, which it translates itself
 * @param series takes scrapes
 */
public record SignalSinks(
    Function<String, TelemetrySink<SpanBatch>> spans,
    Function<String, TelemetrySink<LogBatch>> logs,
    TelemetrySink<MetricBatch> metrics,
    TelemetrySink<SeriesBatch> series) {

  /**
   * Sinks that file OTLP's items as Loki and Prometheus do before an engine takes them.
   *
   * @param logs takes batches whose rows have their streams
   * @param metrics takes translated metrics
   * @param scrapes takes scrapes
   */
  public static SignalSinks filing(
      Function<String, TelemetrySink<SpanBatch>> spans,
      Function<String, TelemetrySink<LogBatch>> logs,
      TelemetrySink<SeriesBatch> metrics,
      TelemetrySink<SeriesBatch> scrapes,
      Filing filing) {
    return new SignalSinks(
        spans,
        origin -> {
          TelemetrySink<LogBatch> filed = logs.apply(origin);
          return (tenant, batch) -> filed.offer(tenant, filing.filed(tenant, batch));
        },
        (tenant, batch) -> filing.offer(tenant, batch, metrics),
        scrapes);
  }
}
