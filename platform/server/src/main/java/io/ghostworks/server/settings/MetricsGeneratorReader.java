package io.ghostworks.server.settings;

import io.ghostworks.collector.generator.GeneratorSettings;
import io.ghostworks.collector.generator.GeneratorSettings.DimensionMapping;
import io.ghostworks.collector.generator.GeneratorSettings.Histograms;
import io.ghostworks.collector.generator.GeneratorSettings.Intrinsics;
import io.ghostworks.collector.generator.GeneratorSettings.Names;
import io.ghostworks.collector.generator.GeneratorSettings.ServiceGraphs;
import io.ghostworks.collector.generator.GeneratorSettings.SpanMetrics;
import io.ghostworks.collector.generator.GeneratorSettings.Weighing;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code metrics_generator} of {@code ghostworks.yml}: the keys of Tempo's overrides, for all
 * tenants and, under {@code tenants}, for single ones.
 */
final class MetricsGeneratorReader {
  private static final String SPAN_METRICS = "span-metrics";
  private static final String SERVICE_GRAPHS = "service-graphs";
  private static final List<String> PROCESSORS =
      List.of(
          SPAN_METRICS,
          "span-metrics-count",
          "span-metrics-latency",
          "span-metrics-size",
          SERVICE_GRAPHS,
          "service-graphs-request",
          "service-graphs-latency",
          "service-graphs-connection-info");

  private MetricsGeneratorReader() {}

  static MetricsGeneratorSettings read(ConfigMap map) {
    GeneratorSettings standard = settings(map, GeneratorSettings.DEFAULT);
    Map<TenantId, GeneratorSettings> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            if (!TenantId.isValid(id)) {
              named.error(id, "must match [A-Za-z0-9_-]{1,64}", "");
              continue;
            }
            named
                .map(id)
                .ifPresent(own -> {
                  tenants.put(new TenantId(id), settings(own, standard));
                  own.rejectUnknownKeys();
                });
          }
        });
    map.rejectUnknownKeys();
    return new MetricsGeneratorSettings(standard, tenants);
  }

  private static GeneratorSettings settings(ConfigMap map, GeneratorSettings absent) {
    Set<String> processors = processors(map, absent);
    ConfigMap processor = map.mapOrEmpty("processor");
    Names names = names(map, absent.names());
    boolean others = names != absent.names();
    GeneratorSettings settings =
        new GeneratorSettings(
            names,
            spanMetrics(
                processor.mapOrEmpty("span_metrics"),
                absent.spanMetrics(),
                others ? names.spanBuckets() : absent.spanMetrics().buckets(),
                processors),
            serviceGraphs(
                processor.mapOrEmpty("service_graphs"),
                absent.serviceGraphs(),
                others ? names.requestBuckets() : absent.serviceGraphs().buckets(),
                processors),
            histograms(map, absent.histograms()),
            duration(map, "collection_interval", absent.collectionInterval(), 1),
            duration(map, "stale_duration", absent.staleDuration(), 60),
            (int) map.integer("max_active_series", absent.maxActiveSeries(), 0, 100_000_000),
            map.string("trace_id_label_name", absent.traceIdLabelName()),
            map.duration(
                "ingestion_time_range_slack", DurationForm.PROMETHEUS, absent.ingestionSlack()),
            map.has("external_labels") ? map.stringMap("external_labels") : absent.externalLabels(),
            (int) map.integer("max_label_name_length", absent.labelNameMax(), 0, 65_536),
            (int) map.integer("max_label_value_length", absent.labelValueMax(), 0, 65_536));
    map.know("external_labels");
    processor.rejectUnknownKeys();
    return settings;
  }

  private static Names names(ConfigMap map, Names absent) {
    String word = absent == Names.TEMPO ? "tempo" : "connector";
    boolean tempo = map.oneOf("metric_names", word, List.of("tempo", "connector")).equals("tempo");
    return tempo ? Names.TEMPO : Names.CONNECTOR;
  }

  private static Duration duration(ConfigMap map, String key, Duration absent, int secondsMin) {
    Duration duration = map.duration(key, DurationForm.PROMETHEUS, absent);
    if (duration.compareTo(Duration.ofSeconds(secondsMin)) < 0
        || duration.compareTo(Duration.ofDays(1)) > 0) {
      map.error(key, "must be from %ds to 1d".formatted(secondsMin), "");
      return absent;
    }
    return duration;
  }

  private static Set<String> processors(ConfigMap map, GeneratorSettings absent) {
    if (!map.has("processors")) {
      map.know("processors");
      return named(absent);
    }
    Set<String> chosen = new HashSet<>();
    for (String word : map.strings("processors")) {
      if (!PROCESSORS.contains(word)) {
        map.error(
            "processors",
            "must be of %s, got '%s'".formatted(String.join(", ", PROCESSORS), word),
            "");
      }
      switch (word) {
        case SPAN_METRICS ->
            chosen.addAll(
                List.of("span-metrics-count", "span-metrics-latency", "span-metrics-size"));
        case SERVICE_GRAPHS ->
            chosen.addAll(List.of("service-graphs-request", "service-graphs-latency"));
        default -> chosen.add(word);
      }
    }
    return chosen;
  }

  private static Set<String> named(GeneratorSettings settings) {
    Set<String> chosen = new HashSet<>();
    addIf(chosen, settings.spanMetrics().count(), "span-metrics-count");
    addIf(chosen, settings.spanMetrics().latency(), "span-metrics-latency");
    addIf(chosen, settings.spanMetrics().size(), "span-metrics-size");
    addIf(chosen, settings.serviceGraphs().request(), "service-graphs-request");
    addIf(chosen, settings.serviceGraphs().latency(), "service-graphs-latency");
    addIf(chosen, settings.serviceGraphs().connectionInfo(), "service-graphs-connection-info");
    return chosen;
  }

  private static void addIf(Set<String> chosen, boolean is, String word) {
    if (is) {
      chosen.add(word);
    }
  }

  private static Histograms histograms(ConfigMap map, Histograms absent) {
    String before = absent.classic() ? absent.nativeOnes() ? "both" : "classic" : "native";
    String mode =
        map.oneOf("generate_native_histograms", before, List.of("classic", "native", "both"));
    double factor = map.number("native_histogram_bucket_factor", absent.bucketFactor());
    if (factor <= 1) {
      map.error("native_histogram_bucket_factor", "must be greater than 1", "");
      factor = absent.bucketFactor();
    }
    return new Histograms(
        !mode.equals("native"),
        !mode.equals("classic"),
        factor,
        (int) map.integer("native_histogram_max_bucket_number", absent.bucketsMax(), 4, 10_000));
  }

  private static Weighing weighing(ConfigMap map, Weighing absent) {
    return new Weighing(
        map.string("span_multiplier_key", absent.multiplierKey()),
        map.bool("enable_tracestate_span_multiplier", absent.traceState()));
  }

  private static SpanMetrics spanMetrics(
      ConfigMap map, SpanMetrics absent, double[] buckets, Set<String> processors) {
    SpanMetrics settings =
        new SpanMetrics(
            processors.contains("span-metrics-count"),
            processors.contains("span-metrics-latency"),
            processors.contains("span-metrics-size"),
            buckets(map, buckets),
            intrinsics(map.mapOrEmpty("intrinsic_dimensions"), absent.intrinsics()),
            strings(map, "dimensions", absent.dimensions()),
            mappings(map, absent.mappings()),
            map.bool("enable_target_info", absent.targetInfo()),
            strings(map, "target_info_excluded_dimensions", absent.targetInfoExcluded()),
            map.bool("enable_instance_label", absent.instanceLabel()),
            weighing(map, absent.weighing()),
            FilterPolicyReader.read(map, absent.filterPolicies()));
    map.rejectUnknownKeys();
    return settings;
  }

  private static Intrinsics intrinsics(ConfigMap map, Intrinsics absent) {
    Intrinsics intrinsics =
        new Intrinsics(
            map.bool("service", absent.service()),
            map.bool("span_name", absent.spanName()),
            map.bool("span_kind", absent.spanKind()),
            map.bool("status_code", absent.statusCode()),
            map.bool("status_message", absent.statusMessage()));
    map.rejectUnknownKeys();
    return intrinsics;
  }

  private static List<DimensionMapping> mappings(ConfigMap map, List<DimensionMapping> absent) {
    if (!map.has("dimension_mappings")) {
      map.know("dimension_mappings");
      return absent;
    }
    List<DimensionMapping> mappings = new ArrayList<>();
    for (ConfigMap mapping : map.maps("dimension_mappings")) {
      List<String> sources = mapping.strings("source_labels");
      if (sources.isEmpty()) {
        mapping.error("source_labels", "must name at least one attribute", "");
      }
      mappings.add(
          new DimensionMapping(
              mapping.requiredString("name"), sources, mapping.string("join", "")));
      mapping.rejectUnknownKeys();
    }
    return mappings;
  }

  private static ServiceGraphs serviceGraphs(
      ConfigMap map, ServiceGraphs absent, double[] buckets, Set<String> processors) {
    ServiceGraphs settings =
        new ServiceGraphs(
            processors.contains("service-graphs-request"),
            processors.contains("service-graphs-latency"),
            processors.contains("service-graphs-connection-info"),
            duration(map, "wait", absent.waitTime(), 1),
            (int) map.integer("max_items", absent.itemsMax(), 1, 1_000_000),
            buckets(map, buckets),
            strings(map, "dimensions", absent.dimensions()),
            map.bool("enable_client_server_prefix", absent.clientServerPrefix()),
            map.bool("enable_messaging_system_latency_histogram", absent.messagingLatency()),
            strings(map, "peer_attributes", absent.peerAttributes()),
            strings(map, "database_name_attributes", absent.databaseNameAttributes()),
            map.bool("enable_virtual_node_label", absent.virtualNodeLabel()),
            weighing(map, absent.weighing()),
            FilterPolicyReader.read(map, absent.filterPolicies()),
            false);
    map.rejectUnknownKeys();
    return settings;
  }

  private static List<String> strings(ConfigMap map, String key, List<String> absent) {
    map.know(key);
    return map.has(key) ? map.strings(key) : absent;
  }

  private static double[] buckets(ConfigMap map, double[] absent) {
    map.know("histogram_buckets");
    if (!map.has("histogram_buckets")) {
      return absent;
    }
    List<Double> bounds = new ArrayList<>();
    for (ConfigNode item : map.list("histogram_buckets")) {
      try {
        bounds.add(map.text(item).map(Double::parseDouble).orElse(Double.NaN));
      } catch (NumberFormatException e) {
        bounds.add(Double.NaN);
      }
    }
    for (int i = 0; i < bounds.size(); i++) {
      boolean ascending = i == 0 || bounds.get(i) > bounds.get(i - 1);
      if (!Double.isFinite(bounds.get(i)) || !ascending) {
        map.error("histogram_buckets", "must be numbers, strictly increasing", "");
        return absent;
      }
    }
    if (bounds.size() > 200) {
      map.error("histogram_buckets", "must be at most 200", "");
      return absent;
    }
    return bounds.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
