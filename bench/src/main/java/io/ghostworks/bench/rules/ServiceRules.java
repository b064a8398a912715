package io.ghostworks.bench.rules;

/** Ten rules for each service, as people write them for a service's objectives: one group. */
final class ServiceRules {
  static final int COUNT = 10;

  private static final String GROUP =
      """
      - name: svc-SERVICE
        interval: 15s
        rules:
        - record: job:bench_requests:rate5m
          expr: sum by (job) (rate(bench_requests_total{job="svc-SERVICE"}[5m]))
        - record: job:bench_errors:rate5m
          expr: sum by (job) (rate(bench_requests_total{job="svc-SERVICE",code=~"5.."}[5m]))
        - record: job:bench_error_ratio:rate5m
          expr: job:bench_errors:rate5m{job="svc-SERVICE"} / job:bench_requests:rate5m{job="svc-SERVICE"}
        - record: instance:bench_requests:rate1m
          expr: sum by (job, instance) (rate(bench_requests_total{job="svc-SERVICE"}[1m]))
        - record: job:bench_duration_seconds:p99
          expr: histogram_quantile(0.99, sum by (job, le) (rate(bench_duration_seconds_bucket{job="svc-SERVICE"}[5m])))
        - alert: HighErrorRatio
          expr: job:bench_error_ratio:rate5m{job="svc-SERVICE"} > 0.05
          for: 1m
          labels: {severity: page}
          annotations: {summary: "{{ $labels.job }} fails {{ $value | humanizePercentage }} of its requests"}
        - alert: HighLatency
          expr: job:bench_duration_seconds:p99{job="svc-SERVICE"} > 4.9
          for: 1m
          labels: {severity: ticket}
          annotations: {summary: "{{ $labels.job }} takes {{ $value | humanizeDuration }}"}
        - alert: Saturated
          expr: avg_over_time(bench_inflight{job="svc-SERVICE"}[5m]) > 80
          labels: {severity: ticket}
        - alert: InstanceDown
          expr: bench_up{job="svc-SERVICE"} == 0
          for: 2m
          labels: {severity: page}
          annotations: {summary: "{{ $labels.instance }} of {{ $labels.job }} is down"}
        - alert: TrafficGone
          expr: sum by (job) (rate(bench_requests_total{job="svc-SERVICE"}[1m])) < 1
          for: 5m
          labels: {severity: page}
      """;

  private ServiceRules() {}

  /** A rule file for services 0 to {@code services - 1}. */
  static String of(int services) {
    StringBuilder text = new StringBuilder("groups:\n");
    for (int i = 0; i < services; i++) {
      text.append(GROUP.replace("SERVICE", Integer.toString(i)));
    }
    return text.toString();
  }
}
