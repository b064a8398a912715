package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.metrics.TranslationStrategy;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one exporter. */
final class ExporterSection {
  private static final String NOT_FOR_EXPORTERS = "is not done for exporters here";

  private ExporterSection() {}

  static ExporterConfig read(ComponentId id, ConfigMap map) {
    return switch (id.type()) {
      case "debug" -> debug(map);
      case "prometheus" -> prometheus(map);
      case "otlp", "otlp_grpc" -> otlp(map);
      case "otlphttp", "otlp_http" -> otlpHttp(map);
      case "jaeger" -> jaeger(map);
      default -> new ExporterConfig.Other();
    };
  }

  private static ExporterConfig debug(ConfigMap map) {
    String verbosity = map.string("verbosity", "basic").toLowerCase(Locale.ROOT);
    map.integer("sampling_initial", 2, 0, Integer.MAX_VALUE);
    map.integer("sampling_thereafter", 1, 0, Integer.MAX_VALUE);
    map.bool("use_internal_logger", true);
    map.unsupported("sampling_initial", "every item is logged; there is no sampling");
    map.unsupported("sampling_thereafter", "every item is logged; there is no sampling");
    map.unsupported("use_internal_logger", "items go to the platform's log");
    map.unsupportedRest("items go to the platform's log as they come");
    return new ExporterConfig.Debug(
        switch (verbosity) {
          case "basic" -> ExporterConfig.Verbosity.BASIC;
          case "normal" -> ExporterConfig.Verbosity.NORMAL;
          case "detailed" -> ExporterConfig.Verbosity.DETAILED;
          default -> {
            map.error(
                "verbosity",
                "verbosity level \"%s\" is not supported".formatted(verbosity),
                "use basic, normal or detailed");
            yield ExporterConfig.Verbosity.BASIC;
          }
        });
  }

  private static ExporterConfig prometheus(ConfigMap map) {
    String endpoint = map.string("endpoint", "");
    Endpoints.check(map, "endpoint", endpoint);
    String namespace = map.string("namespace", "");
    Map<String, String> constLabels = map.stringMap("const_labels");
    boolean timestamps = map.bool("send_timestamps", false);
    Duration expiration = map.duration("metric_expiration", DurationForm.GO, Duration.ofMinutes(5));
    boolean suffixes = map.bool("add_metric_suffixes", true);
    boolean openMetrics = map.bool("enable_open_metrics", false);
    ConfigMap conversion = map.mapOrEmpty("resource_to_telemetry_conversion");
    boolean withResource = conversion.bool("enabled", false);
    conversion.unsupportedRest(
        "either all attributes of a resource become labels or none, by enabled");
    String word =
        map.oneOf(
            "translation_strategy",
            (suffixes
                    ? TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES
                    : TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES)
                .word(),
            java.util.Arrays.stream(TranslationStrategy.values())
                .map(TranslationStrategy::word)
                .toList());
    map.unsupportedRest("a port of this process is served as ghostworks.yml says");
    TranslationStrategy strategy =
        TranslationStrategy.find(word)
            .orElse(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);
    return new ExporterConfig.Prometheus(
        endpoint,
        namespace,
        constLabels,
        timestamps,
        expiration,
        withResource,
        openMetrics,
        strategy);
  }

  private static ExporterConfig otlp(ConfigMap map) {
    String endpoint = map.string("endpoint", "");
    boolean plaintext = plaintext(map, endpoint.startsWith("http://"));
    String address = Endpoints.withoutScheme(endpoint);
    if (address.isEmpty()) {
      map.error("endpoint", "requires a non-empty \"endpoint\"", "");
    } else if (Endpoints.port(address) < 0) {
      map.error("endpoint", "invalid port \"%s\"".formatted(address), "write host:port");
    }
    ExporterConfig.Sending sending = sending(map, Duration.ofSeconds(5), false);
    map.unsupportedRest(NOT_FOR_EXPORTERS);
    return new ExporterConfig.Otlp(address, plaintext, sending);
  }

  private static ExporterConfig otlpHttp(ConfigMap map) {
    String base = map.string("endpoint", "");
    Map<Signal, String> urls = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      String key = signal.word() + "_endpoint";
      String url = map.string(key, "");
      if (url.isEmpty() && !base.isEmpty()) {
        url =
            (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/v1/"
                + signal.word();
      }
      if (!url.isEmpty() && checkUrl(map, map.has(key) ? key : "endpoint", url)) {
        urls.put(signal, url);
      }
    }
    if (urls.isEmpty() && !map.findings().hasErrors()) {
      map.error("at least one endpoint must be specified", "");
    }
    plaintext(map, false);
    String encoding = map.oneOf("encoding", "proto", List.of("proto", "json"));
    ExporterConfig.Sending sending = sending(map, Duration.ofSeconds(30), true);
    map.unsupportedRest(NOT_FOR_EXPORTERS);
    return new ExporterConfig.OtlpHttp(
        urls, encoding.equals("json") ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF, sending);
  }

  private static boolean checkUrl(ConfigMap map, String key, String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return true;
      }
    } catch (IllegalArgumentException e) {
      // Noted below, in the same words.
    }
    map.error(key, "endpoint must be a valid URL", "write for example https://example.com:4318");
    return false;
  }

  private static ExporterConfig jaeger(ConfigMap map) {
    map.findings()
        .warning(
            map.node(),
            "the Collector no longer has the jaeger exporter; today's form is the otlp exporter with"
                + " Jaeger's port 4317, and serve refuses an endpoint that leads to another system");
    String endpoint = map.string("endpoint", "");
    if (endpoint.isEmpty()) {
      map.error("endpoint", "requires a non-empty \"endpoint\"", "");
    } else {
      Endpoints.check(map, "endpoint", Endpoints.withoutScheme(endpoint));
    }
    return new ExporterConfig.Jaeger(Endpoints.withoutScheme(endpoint));
  }

  private static boolean plaintext(ConfigMap map, boolean absent) {
    ConfigMap tls = map.mapOrEmpty("tls");
    boolean insecure = tls.bool("insecure", absent);
    tls.unsupportedRest("only the platform's trusted certificates are used for exporters");
    return insecure;
  }

  private static ExporterConfig.Sending sending(ConfigMap map, Duration timeout, boolean http) {
    ConfigMap retry = map.mapOrEmpty("retry_on_failure");
    ConfigMap queue = map.mapOrEmpty("sending_queue");
    Map<String, String> headers = new LinkedHashMap<>(map.stringMap("headers"));
    String compression =
        map.oneOf(
            "compression",
            "gzip",
            http
                ? List.of(
                    "",
                    "none",
                    "gzip",
                    "zstd",
                    "snappy",
                    "deflate",
                    "zlib",
                    "lz4",
                    "x-snappy-framed")
                : List.of("", "none", "gzip", "zstd", "snappy"));
    ContentCoding coding =
        switch (compression) {
          case "", "none" -> ContentCoding.IDENTITY;
          case "gzip" -> ContentCoding.GZIP;
          case "zstd" -> ContentCoding.ZSTD;
          case "deflate", "zlib" -> ContentCoding.DEFLATE;
          default -> {
            map.unsupported("compression", "use gzip, zstd or none");
            yield ContentCoding.IDENTITY;
          }
        };
    if (!http && coding != ContentCoding.GZIP && coding != ContentCoding.IDENTITY) {
      map.unsupported("compression", "use gzip or none with gRPC");
    }
    boolean queued = queue.bool("enabled", true);
    long queueSize = queue.integer("queue_size", 1000, Long.MIN_VALUE, Integer.MAX_VALUE);
    long consumers = queue.integer("num_consumers", 10, Long.MIN_VALUE, 10_000);
    if (queueSize <= 0) {
      queue.error("queue_size", "`queue_size` must be positive", "");
    }
    if (consumers <= 0) {
      queue.error("num_consumers", "`num_consumers` must be positive", "");
    }
    if (!queued) {
      queue.unsupported(
          "enabled", "what is sent elsewhere always waits in a queue, so that the sender does not");
    }
    queue.unsupportedRest(
        "what waits is the journal, and where that cannot be a queue in memory that counts requests");
    ExporterConfig.Sending sending =
        new ExporterConfig.Sending(
            headers,
            coding,
            map.duration("timeout", DurationForm.GO, timeout),
            retry.bool("enabled", true),
            retry.duration("initial_interval", DurationForm.GO, Duration.ofSeconds(5)),
            retry.duration("max_interval", DurationForm.GO, Duration.ofSeconds(30)),
            retry.duration("max_elapsed_time", DurationForm.GO, Duration.ofMinutes(5)),
            retry.number("multiplier", 1.5),
            retry.number("randomization_factor", 0.5),
            (int) Math.max(1, queueSize),
            (int) Math.max(1, consumers));
    checkRetry(retry, sending);
    return sending;
  }

  private static void checkRetry(ConfigMap retry, ExporterConfig.Sending sending) {
    if (sending.initialInterval().isNegative()) {
      retry.error("initial_interval", "'initial_interval' must be non-negative", "");
    }
    if (sending.randomization() < 0 || sending.randomization() > 1) {
      retry.error("randomization_factor", "'randomization_factor' must be within [0, 1]", "");
    }
    if (sending.multiplier() < 0) {
      retry.error("multiplier", "'multiplier' must be non-negative", "");
    }
    if (sending.maxInterval().isNegative()) {
      retry.error("max_interval", "'max_interval' must be non-negative", "");
    }
    Duration elapsed = sending.maxElapsed();
    if (elapsed.isNegative()) {
      retry.error("max_elapsed_time", "'max_elapsed_time' must be non-negative", "");
    } else if (!elapsed.isZero() && elapsed.compareTo(sending.initialInterval()) < 0) {
      retry.error(
          "max_elapsed_time", "'max_elapsed_time' must not be less than 'initial_interval'", "");
    } else if (!elapsed.isZero() && elapsed.compareTo(sending.maxInterval()) < 0) {
      retry.error(
          "max_elapsed_time", "'max_elapsed_time' must not be less than 'max_interval'", "");
    }
  }
}
