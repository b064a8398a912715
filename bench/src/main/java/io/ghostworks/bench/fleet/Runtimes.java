package io.ghostworks.bench.fleet;

import io.ghostworks.bench.fleet.Families.Counter;
import io.ghostworks.bench.fleet.Families.Duration;
import io.ghostworks.bench.fleet.Families.Gauge;

/** What every program in Go exposes of itself, and what every scrape adds. */
final class Runtimes {
  private static final String[] MOVING = {
    "alloc_bytes",
    "heap_alloc_bytes",
    "heap_idle_bytes",
    "heap_inuse_bytes",
    "heap_objects",
    "stack_inuse_bytes",
    "next_gc_bytes",
    "mspan_inuse_bytes"
  };
  private static final String[] STAYING = {
    "sys_bytes",
    "heap_sys_bytes",
    "stack_sys_bytes",
    "mspan_sys_bytes",
    "mcache_sys_bytes",
    "mcache_inuse_bytes",
    "gc_sys_bytes",
    "other_sys_bytes",
    "buck_hash_sys_bytes",
    "heap_released_bytes"
  };

  private Runtimes() {}

  static void go(Target.Builder out) {
    for (String name : MOVING) {
      out.add(new Gauge(4_000_000, 0.95, 0.15, 8, 1), "go_memstats_" + name);
    }
    for (String name : STAYING) {
      out.add(new Gauge(9_000_000, 0.002, 0.05, 8192, 1), "go_memstats_" + name);
    }
    out.add(
            new Counter(out.random().nextLong(1L << 36), 700, 1_600, 0.125),
            "go_memstats_alloc_bytes_total")
        .add(new Counter(out.random().nextLong(1L << 30), 9_000, 1, 1), "go_memstats_mallocs_total")
        .add(new Counter(out.random().nextLong(1L << 30), 9_000, 1, 1), "go_memstats_frees_total")
        .add(new Gauge(9, 0.1, 0.2, 1, 1), "go_goroutines")
        .constant(8, "go_threads")
        .constant(1, "go_info", "version", "go1.26.0")
        .constant(100, "go_gc_gogc_percent")
        .constant(2, "go_sched_gomaxprocs_threads")
        .add(new Counter(out.random().nextInt(900_000), 4, 1, 100), "process_cpu_seconds_total")
        .add(new Gauge(24_000_000, 0.1, 0.01, 4096, 1), "process_resident_memory_bytes")
        .constant(1_269_600_256.0, "process_virtual_memory_bytes")
        .constant(1.8446744073709552e19, "process_virtual_memory_max_bytes")
        .add(new Gauge(10, 0.05, 0.1, 1, 1), "process_open_fds")
        .constant(1_048_576, "process_max_fds")
        .constant(1_769_912_400.37, "process_start_time_seconds");
  }

  static void scrape(Target.Builder out, int samples) {
    out.constant(1, "up")
        .add(new Duration(0.012), "scrape_duration_seconds")
        .constant(samples, "scrape_samples_scraped")
        .constant(samples, "scrape_samples_post_metric_relabeling")
        .constant(0, "scrape_series_added");
  }
}
