package io.ghostworks.collector;

import io.ghostworks.collector.config.ComponentId;
import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A connector between pipelines of traces and of metrics.
 *
 * @param origins which stored spans it gets: of these origins, each changed by the processors of
 *     its pipeline that the stored form has not passed
 * @param metrics where the pipelines of metrics begin behind it
 */
public record ConnectorFeed(
    ComponentId id,
    ConnectorConfig config,
    Map<String, Consumer<SpanBatch>> origins,
    TelemetrySink<MetricBatch> metrics) {
  public ConnectorFeed {
    origins = Map.copyOf(origins);
  }
}
