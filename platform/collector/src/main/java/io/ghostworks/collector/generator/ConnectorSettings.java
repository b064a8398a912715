package io.ghostworks.collector.generator;

import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.collector.generator.GeneratorSettings.Histograms;
import io.ghostworks.collector.generator.GeneratorSettings.Names;
import io.ghostworks.collector.generator.GeneratorSettings.ServiceGraphs;
import io.ghostworks.collector.generator.GeneratorSettings.SpanMetrics;
import io.ghostworks.collector.generator.GeneratorSettings.Weighing;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the Collector's connectors ask of a generator, and what they leave to the built-in one. */
public final class ConnectorSettings {
  private static final Duration NEVER = Duration.ofDays(36_500);
  private static final Duration EDGES_END = Duration.ofMinutes(15);

  private ConnectorSettings() {}

  /** What a connector makes for every tenant. */
  public static GeneratorSettings of(ConnectorConfig connector) {
    return switch (connector) {
      case ConnectorConfig.SpanMetrics spans -> {
        Duration series = spans.flushing().seriesExpiration();
        yield settings(
            noGraph(),
            Histograms.DEFAULT,
            spans.flushing().interval(),
            series.isZero() ? NEVER : series);
      }
      case ConnectorConfig.ServiceGraph graph ->
          settings(
              graph(graph),
              new Histograms(
                  graph.bounds() != null, graph.bounds() == null, 0, graph.exponentialMax()),
              graph.flushInterval(),
              EDGES_END);
      case ConnectorConfig.Other other ->
          throw new IllegalArgumentException("a connector that is not built makes no metrics");
    };
  }

  private static GeneratorSettings settings(
      ServiceGraphs graph, Histograms histograms, Duration interval, Duration stale) {
    return new GeneratorSettings(
        Names.CONNECTOR,
        withoutSpans(SpanMetrics.DEFAULT),
        graph,
        histograms,
        interval,
        stale,
        0,
        "trace_id",
        Duration.ZERO,
        Map.of(),
        0,
        0);
  }

  private static ServiceGraphs graph(ConnectorConfig.ServiceGraph graph) {
    double[] bounds = graph.bounds();
    return new ServiceGraphs(
        true,
        true,
        false,
        graph.ttl(),
        graph.itemsMax(),
        bounds == null ? new double[0] : bounds,
        graph.dimensions(),
        true,
        false,
        graph.peerAttributes(),
        graph.databaseNameAttributes(),
        graph.virtualNodeLabel(),
        Weighing.DEFAULT,
        List.of(),
        true);
  }

  private static ServiceGraphs noGraph() {
    return withoutRequests(ServiceGraphs.DEFAULT);
  }

  /**
   * The built-in generator's settings beside a connector: what the connector stores under the same
   * names is not made twice.
   */
  public static GeneratorSettings beside(GeneratorSettings builtIn, ConnectorConfig connector) {
    boolean sameGraph = connector instanceof ConnectorConfig.ServiceGraph;
    boolean sameSpans =
        connector instanceof ConnectorConfig.SpanMetrics spans
            && LabelName.of(spans.namespace() + "_calls_total")
                .equals(SpanMetricsNames.of(builtIn.names()).calls());
    return new GeneratorSettings(
        builtIn.names(),
        sameSpans ? withoutSpans(builtIn.spanMetrics()) : builtIn.spanMetrics(),
        sameGraph ? withoutRequests(builtIn.serviceGraphs()) : builtIn.serviceGraphs(),
        builtIn.histograms(),
        builtIn.collectionInterval(),
        builtIn.staleDuration(),
        builtIn.maxActiveSeries(),
        builtIn.traceIdLabelName(),
        builtIn.ingestionSlack(),
        builtIn.externalLabels(),
        builtIn.labelNameMax(),
        builtIn.labelValueMax());
  }

  private static SpanMetrics withoutSpans(SpanMetrics of) {
    return new SpanMetrics(
        false,
        false,
        false,
        of.buckets(),
        of.intrinsics(),
        of.dimensions(),
        of.mappings(),
        of.targetInfo(),
        of.targetInfoExcluded(),
        of.instanceLabel(),
        of.weighing(),
        of.filterPolicies());
  }

  private static ServiceGraphs withoutRequests(ServiceGraphs of) {
    return new ServiceGraphs(
        false,
        false,
        false,
        of.waitTime(),
        of.itemsMax(),
        of.buckets(),
        of.dimensions(),
        of.clientServerPrefix(),
        of.messagingLatency(),
        of.peerAttributes(),
        of.databaseNameAttributes(),
        of.virtualNodeLabel(),
        of.weighing(),
        of.filterPolicies(),
        of.connector());
  }
}
