package io.ghostworks.bench.fleet;

import io.ghostworks.bench.fleet.Families.Counter;
import io.ghostworks.bench.fleet.Families.Gauge;
import io.ghostworks.bench.fleet.Families.Histogram;
import io.ghostworks.bench.fleet.Families.Summary;
import java.util.SplittableRandom;

/** A Prometheus server as it exposes itself: about 430 series. */
final class PrometheusTarget {
  private static final double[] SECONDS = {0.1, 0.2, 0.4, 1, 3, 8, 20, 60, 120};
  private static final double[] BYTES = {100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final double[] COMPACTION = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
  private static final String[] HANDLERS = {
    "/",
    "/-/ready",
    "/api/v1/query",
    "/api/v1/query_range",
    "/api/v1/series",
    "/api/v1/labels",
    "/metrics",
    "/static/*filepath"
  };
  private static final String[] SLICES = {
    "inner_eval", "prepare_time", "queue_time", "result_sort"
  };

  private PrometheusTarget() {}

  static Target of(SplittableRandom random, int number) {
    Target.Builder out =
        new Target.Builder(random, "prometheus", "prometheus-%d:9090".formatted(number));
    for (int i = 0; i < HANDLERS.length; i++) {
      double mean = i == 6 ? 1 : i == 2 || i == 3 ? 6 : 0.01;
      out.histogram(
          new Histogram(SECONDS, mean, 0.03, true),
          SECONDS,
          "prometheus_http_request_duration_seconds",
          "handler",
          HANDLERS[i]);
      out.histogram(
          new Histogram(BYTES, mean, 9_000, false),
          BYTES,
          "prometheus_http_response_size_bytes",
          "handler",
          HANDLERS[i]);
      out.add(
          new Counter(random.nextInt(90_000), mean, 1, 1),
          "prometheus_http_requests_total",
          "code",
          "200",
          "handler",
          HANDLERS[i]);
    }
    for (String kind : new String[] {"chunk_range", "chunk_samples", "chunk_size"}) {
      out.histogram(
          new Histogram(COMPACTION, 0.002, 100, false),
          COMPACTION,
          "prometheus_tsdb_compaction_" + kind);
    }
    for (String slice : SLICES) {
      out.summary(
          new Summary(3, 7, slice.equals("inner_eval") ? 0.02 : 3e-5),
          3,
          "prometheus_engine_query_duration_seconds",
          "slice",
          slice);
    }
    out.summary(
        new Summary(5, 3, 15), 5, "prometheus_target_interval_length_seconds", "interval", "15s");
    out.summary(new Summary(5, 0.4, 6e-5), 5, "go_gc_duration_seconds");
    out.add(
            new Counter(random.nextLong(1L << 30), 20, 220, 1),
            "prometheus_tsdb_head_samples_appended_total")
        .add(new Gauge(4_400, 0.05, 0.01, 1, 1), "prometheus_tsdb_head_series")
        .add(new Gauge(9_000, 0.6, 0.01, 1, 1), "prometheus_tsdb_head_chunks")
        .add(
            new Counter(random.nextLong(1L << 24), 60, 1, 1),
            "prometheus_tsdb_head_chunks_created_total")
        .add(
            new Counter(random.nextLong(1L << 24), 3, 1, 1),
            "prometheus_tsdb_wal_page_flushes_total")
        .add(new Gauge(1_000_000, 0.9, 0.02, 1, 1), "prometheus_tsdb_wal_storage_size_bytes")
        .add(new Counter(random.nextLong(1L << 33), 3, 9_000, 1), "net_conntrack_bytes_total");
    for (int i = 0; i < 112; i++) {
      out.constant(i % 7 == 0 ? i * 13 : 0, "prometheus_internal_%03d_total".formatted(i));
    }
    Runtimes.go(out);
    Runtimes.scrape(out, 430);
    return out.build();
  }
}
