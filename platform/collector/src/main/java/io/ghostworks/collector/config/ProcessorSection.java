package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Reads one processor. */
final class ProcessorSection {
  private static final long COUNT_MAX = 0xffffffffL;
  private static final long MIB = 1 << 20;

  private ProcessorSection() {}

  static ProcessorConfig read(ComponentId id, ConfigMap map) {
    return switch (id.type()) {
      case "batch" -> batch(map);
      case "memory_limiter" -> memoryLimiter(map);
      case "attributes" -> {
        map.unsupported("include", "spans and records cannot be chosen by include here");
        map.unsupported("exclude", "spans and records cannot be chosen by exclude here");
        yield new ProcessorConfig.Attributes(AttributeActionSection.read(map, "actions"));
      }
      case "resource" ->
          new ProcessorConfig.Resource(AttributeActionSection.read(map, "attributes"));
      default -> new ProcessorConfig.Other();
    };
  }

  private static ProcessorConfig batch(ConfigMap map) {
    Duration timeout = map.duration("timeout", DurationForm.GO, Duration.ofMillis(200));
    long size = map.integer("send_batch_size", 8192, 0, COUNT_MAX);
    long max = map.integer("send_batch_max_size", 0, 0, COUNT_MAX);
    map.integer("metadata_cardinality_limit", 1000, 0, COUNT_MAX);
    if (max > 0 && max < size) {
      map.error(
          "send_batch_max_size",
          "send_batch_max_size must be greater or equal to send_batch_size",
          "");
    }
    if (timeout.isNegative()) {
      map.error("timeout", "timeout must be greater or equal to 0", "");
    }
    Set<String> seen = new HashSet<>();
    for (String key : map.strings("metadata_keys")) {
      String lower = key.toLowerCase(Locale.ROOT);
      if (!seen.add(lower)) {
        map.error(
            "metadata_keys",
            "duplicate entry in metadata_keys: \"%s\" (case-insensitive)".formatted(lower),
            "");
      }
    }
    return new ProcessorConfig.Batch(timeout, size, max);
  }

  private static ProcessorConfig memoryLimiter(ConfigMap map) {
    Duration interval = map.duration("check_interval", DurationForm.GO, Duration.ZERO);
    long limit = map.integer("limit_mib", 0, 0, COUNT_MAX);
    long spike = map.integer("spike_limit_mib", 0, 0, COUNT_MAX);
    long percentage = map.integer("limit_percentage", 0, 0, COUNT_MAX);
    long spikePercentage = map.integer("spike_limit_percentage", 0, 0, COUNT_MAX);
    for (String key :
        new String[] {
          "min_gc_interval_when_soft_limited",
          "min_gc_interval_when_hard_limited",
          "max_gc_interval_when_soft_limited",
          "max_gc_interval_when_hard_limited"
        }) {
      map.duration(key, DurationForm.GO, Duration.ZERO);
      map.unsupported(key, "the collector's pauses are the virtual machine's own affair here");
    }
    if (interval.isZero() || interval.isNegative()) {
      map.error("check_interval", "'check_interval' must be greater than zero", "");
    }
    if (limit == 0 && percentage == 0) {
      map.error("'limit_mib' or 'limit_percentage' must be greater than zero", "");
    }
    if (percentage > 100 || spikePercentage > 100) {
      map.error(
          percentage > 100 ? "limit_percentage" : "spike_limit_percentage",
          "'limit_percentage' and 'spike_limit_percentage' must be greater than zero and less than"
              + " or equal to hundred",
          "");
    }
    if (limit > 0 && limit <= spike) {
      map.error("spike_limit_mib", "'spike_limit_mib' must be smaller than 'limit_mib'", "");
    }
    if (percentage > 0 && percentage <= spikePercentage) {
      map.error(
          "spike_limit_percentage",
          "'spike_limit_percentage' must be smaller than 'limit_percentage'",
          "");
    }
    return new ProcessorConfig.MemoryLimiter(
        interval, limit * MIB, spike * MIB, (int) percentage, (int) spikePercentage);
  }
}
