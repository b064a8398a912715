package io.ghostworks.bench.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ten queries that dashboards ask, by a short name. */
final class DashboardQueries {
  static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put("rate by instance", "sum by (instance) (rate(http_requests_total[5m]))");
    ALL.put("rate by uri", "sum by (uri) (rate(http_server_request_duration_seconds_count[5m]))");
    ALL.put(
        "p99",
        "histogram_quantile(0.99, sum by (le)"
            + " (rate(http_server_request_duration_seconds_bucket[5m])))");
    ALL.put(
        "p95 by uri",
        "histogram_quantile(0.95, sum by (le, uri)"
            + " (rate(http_server_request_duration_seconds_bucket[5m])))");
    ALL.put("top uris", "topk(10, sum by (uri) (rate(http_requests_total[5m])))");
    ALL.put(
        "share of errors",
        "sum by (instance) (rate(http_requests_total{status=~\"[45]..\"}[5m])) / sum by (instance)"
            + " (rate(http_requests_total[5m]))");
    ALL.put(
        "CPU in use",
        "100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[5m])))");
    ALL.put("memory in use", "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes");
    ALL.put("heap, max", "max_over_time(jvm_memory_used_bytes{area=\"heap\"}[10m])");
    ALL.put("stock, average", "avg by (instance) (avg_over_time(stock_units[1h]))");
  }

  private DashboardQueries() {}
}
