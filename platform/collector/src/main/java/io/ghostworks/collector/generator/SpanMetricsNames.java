package io.ghostworks.collector.generator;

/**
 * Names of the metrics of spans.
 *
 * @param service of the label that holds the service's name
 * @param nanosPerUnit of latencies
 */
record SpanMetricsNames(
    String calls, String latency, String size, String service, double nanosPerUnit) {

  private static final SpanMetricsNames TEMPO =
      new SpanMetricsNames(
          "traces_spanmetrics_calls_total",
          "traces_spanmetrics_latency",
          "traces_spanmetrics_size_total",
          "service",
          1e9);
  private static final SpanMetricsNames CONNECTOR =
      new SpanMetricsNames(
          "traces_span_metrics_calls_total",
          "traces_span_metrics_duration_milliseconds",
          "traces_span_metrics_size_total",
          "service_name",
          1e6);

  static SpanMetricsNames of(GeneratorSettings.Names names) {
    return names == GeneratorSettings.Names.TEMPO ? TEMPO : CONNECTOR;
  }
}
