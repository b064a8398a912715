package io.ghostworks.collector.generator;

import java.util.ArrayList;
import java.util.List;

/** The names of the counters and classic histograms that settings ask for. */
final class SeriesNames {
  private SeriesNames() {}

  static List<String> of(GeneratorSettings settings) {
    List<String> names = new ArrayList<>();
    if (settings.spanMetrics().isOn()) {
      SpanMetricsNames of = SpanMetricsNames.of(settings.names());
      names.add(of.calls());
      names.add(of.size());
      addHistogram(names, of.latency());
    }
    if (settings.serviceGraphs().isOn()) {
      names.add("traces_service_graph_request_total");
      names.add("traces_service_graph_request_failed_total");
      addHistogram(names, "traces_service_graph_request_server_seconds");
      addHistogram(names, "traces_service_graph_request_client_seconds");
      addHistogram(names, "traces_service_graph_request_messaging_system_seconds");
    }
    return names;
  }

  private static void addHistogram(List<String> names, String name) {
    names.add(name + "_count");
    names.add(name + "_sum");
    names.add(name + "_bucket");
  }
}
