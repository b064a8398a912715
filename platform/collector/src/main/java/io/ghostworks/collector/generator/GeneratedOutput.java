package io.ghostworks.collector.generator;

import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.MetricBatch;
import org.jspecify.annotations.Nullable;

/** Where generated metrics go. */
public sealed interface GeneratedOutput {

  /** Names the reader of spans among the saved positions. */
  String reader();

  /**
   * Into the store. Up to where spans are counted is stored with them.
   *
   * @param sink takes samples for which nobody waits
   */
  record Series(TelemetrySink<SeriesBatch> sink, StoredSamples stored) implements GeneratedOutput {
    @Override
    public String reader() {
      return "metrics generator";
    }
  }

  /**
   * Into pipelines of metrics, as OTLP points. Up to where spans are counted is saved once a
   * pipeline took them, so that a crash between both counts those of one interval again.
   *
   * @param connector the id of the component
   * @param spans what is made of spans; null for requests between services
   */
  record Points(
      String connector,
      TelemetrySink<MetricBatch> sink,
      ConnectorConfig.@Nullable SpanMetrics spans)
      implements GeneratedOutput {
    /** How readers begin that are connectors. */
    public static final String READER_PREFIX = "connector ";

    @Override
    public String reader() {
      return READER_PREFIX + connector;
    }
  }
}
