package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;

/** What the generator says of itself, for all tenants together. */
final class GeneratorMetrics {
  private static final String PREFIX = "ghostworks_metrics_generator_";

  private final Labels labels;
  private final PlatformMetrics.Counter spans;
  private final PlatformMetrics.Counter unknownProbability;
  private final PlatformMetrics.Counter edges;
  private final PlatformMetrics.Counter droppedSpans;
  private final PlatformMetrics.Counter droppedEdges;
  private final PlatformMetrics.Counter expiredClients;
  private final PlatformMetrics.Counter expiredServers;
  private final PlatformMetrics.Counter limited;
  private final PlatformMetrics.Counter rejected;
  private final PlatformMetrics.Counter missed;

  /**
   * @param labels which generator it is
   */
  GeneratorMetrics(PlatformMetrics metrics, Labels labels) {
    this.labels = labels;
    spans = counter(metrics, "spans_total", "Spans of which metrics were made.");
    unknownProbability =
        counter(
            metrics,
            "spans_of_unknown_probability_total",
            "Times a span that told no sampling probability was counted as one span.");
    edges = counter(metrics, "service_graph_edges_total", "Sides of requests that began an edge.");
    droppedSpans =
        counter(
            metrics,
            "service_graph_dropped_spans_total",
            "Spans that found no room to wait for their other side.");
    droppedEdges =
        counter(
            metrics,
            "service_graph_dropped_edges_total",
            "Requests of which a filter left one side out.");
    expiredClients = expired(metrics, "SPAN_KIND_CLIENT");
    expiredServers = expired(metrics, "SPAN_KIND_SERVER");
    limited =
        counter(
            metrics,
            "series_limited_total",
            "Times that series found no room and were counted in the overflow series.");
    rejected =
        counter(metrics, "rejected_samples_total", "Generated samples that the store refused.");
    missed =
        counter(
            metrics,
            "missed_frames_total",
            "Frames of the journal that were gone or unreadable before metrics were made of them.");
  }

  private PlatformMetrics.Counter counter(PlatformMetrics metrics, String name, String help) {
    return metrics.counter(PREFIX + name, help, labels);
  }

  private PlatformMetrics.Counter expired(PlatformMetrics metrics, String kind) {
    return metrics.counter(
        PREFIX + "service_graph_expired_edges_total",
        "Edges of which one side did not come in time, by the side that waited.",
        labels.toBuilder().set("unmatched_span_kind", kind).build());
  }

  PlatformMetrics.Counter spans() {
    return spans;
  }

  PlatformMetrics.Counter unknownProbability() {
    return unknownProbability;
  }

  PlatformMetrics.Counter edges() {
    return edges;
  }

  PlatformMetrics.Counter droppedSpans() {
    return droppedSpans;
  }

  PlatformMetrics.Counter droppedEdges() {
    return droppedEdges;
  }

  PlatformMetrics.Counter expiredEdges(boolean client) {
    return client ? expiredClients : expiredServers;
  }

  PlatformMetrics.Counter limited() {
    return limited;
  }

  PlatformMetrics.Counter rejected() {
    return rejected;
  }

  PlatformMetrics.Counter missed() {
    return missed;
  }
}
