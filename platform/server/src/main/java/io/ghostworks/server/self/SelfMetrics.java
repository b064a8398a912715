package io.ghostworks.server.self;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The platform's own metrics as samples, with those of its JVM and process under the names of
 * Prometheus's client libraries.
 */
public final class SelfMetrics {

  private final PlatformMetrics metrics;
  private final String instance;

  public SelfMetrics(PlatformMetrics metrics, String instance) {
    this.metrics = metrics;
    this.instance = instance;
    registerProcess(metrics);
  }

  /** Everything as it stands now. */
  public SeriesBatch read(long timestampMs) {
    MetricWriter out = new MetricWriter("ghostworks", instance, timestampMs);
    metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {
            out.family(name, type, "", help);
          }

          @Override
          public void sample(String name, Labels labels, double value) {
            out.sample(name, labels, value);
          }
        });
    return out.batch();
  }

  private static void registerProcess(PlatformMetrics metrics) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    metrics.counterOf(
        "process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds.",
        Labels.EMPTY,
        () -> system.getProcessCpuTime() / 1e9);
    metrics.gauge(
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds.",
        Labels.EMPTY,
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    metrics.gauge(
        "process_resident_memory_bytes",
        "Resident memory size in bytes.",
        Labels.EMPTY,
        SelfMetrics::residentBytes);
    metrics.gauge(
        "jvm_memory_used_bytes",
        "Used bytes of a given JVM memory area.",
        Labels.of("area", "heap"),
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    metrics.gauge(
        "jvm_memory_used_bytes",
        "Used bytes of a given JVM memory area.",
        Labels.of("area", "nonheap"),
        () -> ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed());
    metrics.gauge(
        "jvm_memory_max_bytes",
        "Max (bytes) of a given JVM memory area.",
        Labels.of("area", "heap"),
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
    metrics.gauge(
        "jvm_threads_current",
        "Current thread count of a JVM.",
        Labels.EMPTY,
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      metrics.gauge(
          "jvm_buffer_pool_used_bytes",
          "Used bytes of a given JVM buffer pool.",
          Labels.of("pool", pool.getName()),
          pool::getMemoryUsed);
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      metrics.counterOf(
          "jvm_gc_collection_seconds_total",
          "Time spent in a given JVM garbage collector in seconds.",
          Labels.of("gc", collector.getName()),
          () -> collector.getCollectionTime() / 1e3);
    }
  }

  private static double residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024.0;
        }
      }
    } catch (java.io.IOException e) {
      return 0; // not Linux
    }
    return 0;
  }
}
