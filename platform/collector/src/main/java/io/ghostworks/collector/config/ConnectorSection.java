package io.ghostworks.collector.config;

import io.ghostworks.collector.config.ConnectorConfig.Dimension;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connector.
 *
 * <p>Source: the configuration of opentelemetry-collector-contrib connector/spanmetricsconnector
 * and connector/servicegraphconnector.
 */
final class ConnectorSection {
  private static final String CUMULATIVE = "AGGREGATION_TEMPORALITY_CUMULATIVE";
  private static final double[] SECONDS = {
    0.002, 0.004, 0.006, 0.008, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1, 1.4, 2, 5, 10, 15
  };
  private static final double[] MILLIS = {
    2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000
  };
  private static final int BOUNDS_MAX = 200;
  private static final int EXPONENTIAL_DEFAULT = 160;
  private static final int COUNT_MAX = 100_000_000;

  private ConnectorSection() {}

  static ConnectorConfig read(ComponentId id, ConfigMap map) {
    return switch (id.type()) {
      case "spanmetrics" -> spanMetrics(map);
      case "servicegraph" -> serviceGraph(map);
      default -> new ConnectorConfig.Other();
    };
  }

  private static ConnectorConfig spanMetrics(ConfigMap map) {
    temporality(map);
    map.withoutEffect("dimensions_cache_size", "nothing is cached by dimensions");
    map.withoutEffect("metric_timestamp_cache_size", "it is for delta temporality only");
    map.withoutEffect(
        "resource_metrics_cache_size",
        "aggregation_cardinality_limit, expiration and memory bound what is kept");
    List<Dimension> dimensions = dimensions(map, "dimensions", "failed validating dimensions: ");
    ConfigMap events = map.mapOrEmpty("events");
    boolean withEvents = events.bool("enabled", false);
    List<Dimension> eventDimensions =
        dimensions(events, "dimensions", "failed validating event dimensions: ");
    if (withEvents && eventDimensions.isEmpty()) {
      events.error(
          "dimensions",
          "failed validating event dimensions: no dimensions configured for events",
          "");
    }
    ConfigMap exemplars = map.mapOrEmpty("exemplars");
    boolean withExemplars = exemplars.bool("enabled", false);
    int exemplarsMax = (int) exemplars.integer("max_per_data_point", 5, 0, COUNT_MAX);
    return new ConnectorConfig.SpanMetrics(
        map.string("namespace", "traces.span.metrics"),
        Set.copyOf(map.strings("exclude_dimensions")),
        dimensions,
        dimensions(map, "calls_dimensions", ""),
        durations(map.mapOrEmpty("histogram")),
        withEvents,
        eventDimensions,
        withExemplars ? exemplarsMax : 0,
        Set.copyOf(map.strings("include_instrumentation_scope")),
        map.bool("enable_metrics_sampling_method", false),
        new ConnectorConfig.Resources(
            map.bool("add_resource_attributes", false),
            Set.copyOf(map.strings("resource_metrics_key_attributes"))),
        new ConnectorConfig.Flushing(
            interval(map, Duration.ofSeconds(15)),
            notNegative(map, "metrics_expiration"),
            notNegative(map, "series_expiration")),
        (int) limit(map));
  }

  private static void temporality(ConfigMap map) {
    if (!map.string("aggregation_temporality", CUMULATIVE).equals(CUMULATIVE)) {
      map.unsupported(
          "aggregation_temporality",
          "metrics are made cumulative, as they are stored; use " + CUMULATIVE);
    }
  }

  private static long limit(ConfigMap map) {
    long limit = map.integer("aggregation_cardinality_limit", 0, Integer.MIN_VALUE, COUNT_MAX);
    if (limit < 0) {
      map.error(
          "aggregation_cardinality_limit",
          "invalid aggregation_cardinality_limit: %d, the limit should be positive"
              .formatted(limit),
          "");
    }
    return Math.max(0, limit);
  }

  private static ConnectorConfig.Durations durations(ConfigMap map) {
    boolean millis = map.oneOf("unit", "ms", List.of("ms", "s")).equals("ms");
    boolean exponential = map.findIncludingNull("exponential").isPresent();
    if (exponential && map.findIncludingNull("explicit").isPresent()) {
      map.error("use either `explicit` or `exponential` buckets histogram", "");
    }
    double @Nullable [] seconds = bounds(map.mapOrEmpty("explicit"), "buckets");
    double[] bounds = millis ? MILLIS : SECONDS;
    if (seconds != null) {
      bounds = Arrays.stream(seconds).map(bound -> millis ? bound * 1e3 : bound).toArray();
    }
    return new ConnectorConfig.Durations(
        !map.bool("disable", false),
        millis,
        exponential ? null : bounds,
        exponentialMax(map.mapOrEmpty("exponential"), "max_size"),
        dimensions(map, "dimensions", ""));
  }

  /** A size of 0 is that of the Collector's default. */
  private static int exponentialMax(ConfigMap map, String key) {
    long size = map.integer(key, EXPONENTIAL_DEFAULT, 0, 10_000);
    if (size == 1) {
      map.error(key, "must be at least 2", "");
    }
    return size == 0 ? EXPONENTIAL_DEFAULT : (int) size;
  }

  private static List<Dimension> dimensions(ConfigMap map, String key, String place) {
    List<Dimension> dimensions = new ArrayList<>();
    Set<String> names =
        new HashSet<>(List.of("service.name", "span.kind", "status.code", "span.name"));
    for (ConfigMap item : map.maps(key)) {
      String name = item.string("name", "");
      if (!names.add(name)) {
        item.error("name", place + "duplicate dimension name " + name, "");
      }
      dimensions.add(new Dimension(name, item.findString("default").orElse(null)));
    }
    return dimensions;
  }

  private static ConnectorConfig serviceGraph(ConfigMap map) {
    map.withoutEffect("cache_loop", "series end 15 minutes after their last request");
    map.withoutEffect("store_expiration_loop", "what waits is looked at once a second");
    map.unsupported("metrics_timestamp_offset", "samples are stored at the time of their making");
    double @Nullable [] bounds = bounds(map, "latency_histogram_buckets");
    boolean exponential = map.integer("exponential_histogram_max_size", 0, 0, 10_000) > 0;
    if (exponential && bounds != null) {
      map.error(
          "exponential_histogram_max_size",
          "use either `latency_histogram_buckets` or `exponential_histogram_max_size`",
          "");
    }
    ConfigMap store = map.mapOrEmpty("store");
    List<String> databases = map.strings("database_name_attributes");
    return new ConnectorConfig.ServiceGraph(
        exponential ? null : bounds == null ? SECONDS : bounds,
        exponentialMax(map, "exponential_histogram_max_size"),
        map.strings("dimensions"),
        positive(store, "ttl", Duration.ofSeconds(2)),
        (int) store.integer("max_items", 1_000, 1, 1_000_000),
        map.has("virtual_node_peer_attributes")
            ? map.strings("virtual_node_peer_attributes")
            : List.of("peer.service", "db.name", "db.system"),
        map.bool("virtual_node_extra_label", false),
        databases.isEmpty() ? List.of("db.name") : databases,
        interval(map, Duration.ofSeconds(60)));
  }

  /** The file's list of durations in seconds; null where it has none. */
  private static double @Nullable [] bounds(ConfigMap map, String key) {
    map.know(key);
    if (!map.has(key)) {
      return null;
    }
    List<Double> bounds = new ArrayList<>();
    for (ConfigNode item : map.list(key)) {
      try {
        map.text(item).map(ConnectorSection::seconds).ifPresent(bounds::add);
      } catch (IllegalArgumentException e) {
        map.findings().error(item, String.valueOf(e.getMessage()), "write for example 100ms");
      }
    }
    if (bounds.size() > BOUNDS_MAX) {
      map.error(key, "must be at most " + BOUNDS_MAX, "");
      return null;
    }
    return bounds.stream().mapToDouble(Double::doubleValue).sorted().distinct().toArray();
  }

  /** A number without a unit counts nanoseconds, as the Collector reads it. */
  private static double seconds(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return DurationForm.GO.parse(digits ? text + "ns" : text).toNanos() / 1e9;
  }

  private static Duration interval(ConfigMap map, Duration absent) {
    Duration interval = map.duration("metrics_flush_interval", DurationForm.GO, absent);
    if (interval.isNegative()) {
      map.error(
          "metrics_flush_interval",
          "invalid metrics_flush_interval: %s, the duration should be positive"
              .formatted(DurationForm.GO.format(interval)),
          "");
      return absent;
    }
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      map.unsupported("metrics_flush_interval", "samples are made at most once a second");
      return absent;
    }
    return interval;
  }

  private static Duration positive(ConfigMap map, String key, Duration absent) {
    Duration duration = map.duration(key, DurationForm.GO, absent);
    if (duration.isNegative() || duration.isZero()) {
      map.error(key, "must be greater than 0", "");
      return absent;
    }
    return duration;
  }

  private static Duration notNegative(ConfigMap map, String key) {
    Duration duration = map.duration(key, DurationForm.GO, Duration.ZERO);
    if (duration.isNegative()) {
      map.error(
          key,
          "invalid %s: %s, the duration should be positive"
              .formatted(key, DurationForm.GO.format(duration)),
          "");
      return Duration.ZERO;
    }
    return duration;
  }
}
