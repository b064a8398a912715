package io.ghostworks.bench.fleet;

import io.ghostworks.bench.fleet.Families.Counter;
import io.ghostworks.bench.fleet.Families.Gauge;
import io.ghostworks.bench.fleet.Families.Histogram;
import java.util.SplittableRandom;

/**
 * A shop in Java with 60 URIs, their durations as histograms: about 3,500 series. Few URIs get most
 * of the requests (Zipf).
 */
final class AppTarget {
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
  };
  private static final int URIS = 60;
  private static final String[] METHODS = {"GET", "POST"};
  private static final String[] FAILED = {"404", "500"};
  private static final String[] POOLS = {
    "CodeCache",
    "Compressed Class Space",
    "Metaspace",
    "Eden Space",
    "Survivor Space",
    "Tenured Gen"
  };

  private final SplittableRandom random;
  private final Target.Builder out;

  private AppTarget(SplittableRandom random, int number) {
    this.random = random;
    this.out = new Target.Builder(random, "shop", "shop-%d:8080".formatted(number));
  }

  static Target of(SplittableRandom random, int number) {
    AppTarget target = new AppTarget(random, number);
    for (int uri = 0; uri < URIS; uri++) {
      target.uri(uri);
    }
    target.dependencies();
    target.orders();
    target.jvm();
    Runtimes.scrape(target.out, 3_500);
    return target.out.build();
  }

  private void uri(int uri) {
    String path = "/api/v1/%s/{id}".formatted("resource-" + uri);
    double requests = 50 / Math.pow(1 + uri, 1.0);
    double typical = 0.004 * Math.exp(random.nextDouble() * 3.5);
    for (int i = 0; i < METHODS.length; i++) {
      double mean = i == 0 ? requests : requests / 6;
      out.histogram(
          new Histogram(BOUNDS, mean, typical * (1 + i), false),
          BOUNDS,
          "http_server_request_duration_seconds",
          "method",
          METHODS[i],
          "uri",
          path);
      out.add(
          new Counter(random.nextInt(1 << 22), mean, 1, 1),
          "http_requests_total",
          "method",
          METHODS[i],
          "status",
          "200",
          "uri",
          path);
      for (int k = 0; k < FAILED.length; k++) {
        out.add(
            new Counter(random.nextInt(1 << 12), mean / (k == 0 ? 60 : 300), 1, 1),
            "http_requests_total",
            "method",
            METHODS[i],
            "status",
            FAILED[k],
            "uri",
            path);
      }
    }
  }

  /** Calls to databases and other services. */
  private void dependencies() {
    for (int i = 0; i < 30; i++) {
      out.histogram(
          new Histogram(BOUNDS, 40 / Math.pow(1 + i, 1.2), 0.002 * (1 + i % 4), false),
          BOUNDS,
          "client_call_duration_seconds",
          "client",
          "dependency-" + i);
    }
    for (int pool = 0; pool < 8; pool++) {
      String name = "pool-" + pool;
      out.add(new Gauge(6, 0.5, 0.4, 1, 1), "db_connections_active", "pool", name)
          .add(new Gauge(4, 0.5, 0.4, 1, 1), "db_connections_idle", "pool", name)
          .constant(10, "db_connections_max", "pool", name)
          .constant(2, "db_connections_min", "pool", name)
          .add(new Gauge(0.1, 0.05, 1, 1, 1), "db_connections_pending", "pool", name)
          .constant(0, "db_connections_timeout_total", "pool", name);
    }
  }

  private void orders() {
    for (int product = 0; product < 100; product++) {
      double mean = 4 / Math.pow(1 + product, 0.8);
      String name = "product-%03d".formatted(product);
      out.add(new Counter(random.nextInt(90_000), mean, 1, 1), "orders_total", "product", name)
          .add(
              new Counter(random.nextInt(90_000_000), mean, 3_500, 100),
              "revenue_euros_total",
              "product",
              name)
          .add(new Gauge(400, mean / 5, 0.01, 1, 1), "stock_units", "product", name);
    }
  }

  private void jvm() {
    for (int i = 0; i < POOLS.length; i++) {
      String area = i < 3 ? "nonheap" : "heap";
      out.add(
              new Gauge(90e6, i < 3 ? 0.1 : i == 4 ? 0.3 : 0.99, i < 3 ? 0.0005 : 0.2, 8, 1),
              "jvm_memory_used_bytes",
              "area",
              area,
              "pool",
              POOLS[i])
          .add(
              new Gauge(200e6, 0.01, 0.02, 65_536, 1),
              "jvm_memory_committed_bytes",
              "area",
              area,
              "pool",
              POOLS[i])
          .constant(536_870_912, "jvm_memory_max_bytes", "area", area, "pool", POOLS[i]);
    }
    for (String collector : new String[] {"Copy", "MarkSweepCompact"}) {
      double mean = collector.equals("Copy") ? 0.6 : 0.01;
      out.add(
              new Counter(random.nextInt(90_000), mean, 1, 1),
              "jvm_gc_collections_total",
              "gc",
              collector)
          .add(
              new Counter(random.nextInt(9_000_000), mean, 7, 1000),
              "jvm_gc_collection_seconds_total",
              "gc",
              collector);
    }
    out.add(new Gauge(64, 0.2, 0.03, 1, 1), "jvm_threads_current")
        .constant(90, "jvm_threads_peak")
        .add(new Gauge(11_000, 0.02, 0.001, 1, 1), "jvm_classes_loaded")
        .add(new Counter(random.nextInt(900_000), 130, 1, 100), "process_cpu_seconds_total")
        .add(new Gauge(612e6, 0.7, 0.002, 4096, 1), "process_resident_memory_bytes")
        .constant(1_769_912_400.37, "process_start_time_seconds");
    for (int i = 0; i < 150; i++) {
      out.constant(i % 3 == 0 ? 1 : 0, "feature_enabled", "feature", "feature-%03d".formatted(i));
    }
  }
}
