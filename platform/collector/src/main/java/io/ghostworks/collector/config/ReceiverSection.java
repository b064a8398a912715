package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.scrape.prometheusfile.PrometheusFileReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads one receiver. */
final class ReceiverSection {
  private static final String LISTENER =
      "listeners have their certificates and limits in ghostworks.yml";

  private ReceiverSection() {}

  static ReceiverConfig read(ComponentId id, ConfigMap map, Path file) {
    return switch (id.type()) {
      case "otlp" -> otlp(map);
      case "prometheus" -> prometheus(map, file);
      case "jaeger" -> JaegerSection.read(map);
      case "zipkin" -> zipkin(map);
      default -> new ReceiverConfig.Other();
    };
  }

  private static ReceiverConfig otlp(ConfigMap map) {
    ConfigMap protocols = map.mapOrEmpty("protocols");
    Optional<ConfigNode> grpc = protocols.findIncludingNull("grpc");
    Optional<ConfigNode> http = protocols.findIncludingNull("http");
    if (grpc.isEmpty() && http.isEmpty()) {
      map.error("protocols", "must specify at least one protocol when using the OTLP receiver", "");
    }
    String grpcEndpoint =
        grpc.map(node -> endpoint(ConfigMap.of(node, map.findings()), "localhost:4317")).orElse("");
    List<String> origins = List.of();
    String httpEndpoint = "";
    if (http.isPresent()) {
      ConfigMap section = ConfigMap.of(http.get(), map.findings());
      ConfigMap cors = section.mapOrEmpty("cors");
      origins = cors.strings("allowed_origins");
      cors.strings("allowed_headers");
      cors.integer("max_age", 0, 0, Integer.MAX_VALUE);
      cors.unsupportedRest(LISTENER);
      httpEndpoint = endpoint(section, "localhost:4318");
    }
    return new ReceiverConfig.Otlp(grpcEndpoint, httpEndpoint, origins);
  }

  private static ReceiverConfig zipkin(ConfigMap map) {
    boolean parseStringTags = map.bool("parse_string_tags", false);
    Optional<ConfigNode> http = map.mapOrEmpty("protocols").findIncludingNull("http");
    map.know("protocols");
    String endpoint = endpoint(map, "localhost:9411");
    if (http.isPresent()) {
      endpoint = endpoint(ConfigMap.of(http.get(), map.findings()), "localhost:9411");
    }
    return new ReceiverConfig.Zipkin(endpoint, parseStringTags);
  }

  /** The address of a section of the Collector's servers; what else stands there is refused. */
  static String endpoint(ConfigMap map, String absent) {
    String endpoint = map.string("endpoint", absent);
    Endpoints.check(map, "endpoint", endpoint);
    map.know("cors");
    map.unsupportedRest(LISTENER);
    return endpoint;
  }

  private static ReceiverConfig prometheus(ConfigMap map, Path file) {
    Optional<ConfigNode> config = map.find("config");
    map.unsupported("target_allocator", "targets come from the receiver's own configuration only");
    map.unsupported("api_server", "the targets are under /prometheus/api/v1/targets");
    map.unsupported("trim_metric_suffixes", "names stay as they are scraped");
    map.bool("use_start_time_metric", false);
    map.bool("report_extra_scrape_metrics", false);
    for (String key :
        List.of(
            "use_start_time_metric", "start_time_metric_regex", "report_extra_scrape_metrics")) {
      map.unsupported(key, "scrapes are stored as Prometheus stores them");
    }
    map.unsupportedRest("targets come from the receiver's own configuration only");
    if (config.isEmpty()) {
      map.error("config", "no Prometheus scrape_configs or target_allocator set", "");
      return new ReceiverConfig.Other();
    }
    ConfigMap prometheus = ConfigMap.of(config.get(), map.findings());
    prometheus.unsupported("otlp", "names of OTLP metrics are set up in prometheus.yml itself");
    if (prometheus.list("scrape_configs").isEmpty()
        && prometheus.list("scrape_config_files").isEmpty()) {
      map.error("config", "no Prometheus scrape_configs or target_allocator set", "");
    }
    for (String key : List.of("remote_write", "remote_read", "rule_files")) {
      refuseFeature(prometheus, key, key);
    }
    ConfigMap global = prometheus.mapOrEmpty("global");
    if (!global.string("query_log_file", "").isEmpty()) {
      global.unsupported("query_log_file", "a receiver asks nothing; name it in prometheus.yml");
    }
    ConfigMap alerting = prometheus.mapOrEmpty("alerting");
    refuseFeature(alerting, "alert_relabel_configs", "alert_config.relabel_configs");
    refuseFeature(alerting, "alertmanagers", "alert_config.alertmanagers");
    // The Collector has replaced every reference before Prometheus's reader sees the text.
    UnaryOperator<String> asWritten = name -> "${" + name + "}";
    return new ReceiverConfig.Prometheus(
        PrometheusFileReader.read(file, config.get(), asWritten, map.findings()));
  }

  /** What the Collector's receiver does not take of Prometheus's configuration. */
  private static void refuseFeature(ConfigMap map, String key, String feature) {
    if (!map.list(key).isEmpty()) {
      map.findings()
          .errorWithoutValue(
              map.find(key).orElse(map.node()),
              "unsupported features: " + feature,
              "the receiver only scrapes; name the rest in prometheus.yml");
    }
  }
}
