package io.ghostworks.alertmanager.config;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.wire.client.ClientSettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * Sections that say how Alertmanager reports on itself: {@code tracing} and {@code event_recorder}.
 * They are checked as there and have no effect, as the platform reports on itself.
 */
final class UnusedSections {

  private UnusedSections() {}

  static void check(ConfigMap top) {
    top.map("tracing").ifPresent(UnusedSections::tracing);
    top.withoutEffect("tracing", "the platform traces itself without settings of its own");
    top.map("event_recorder").ifPresent(UnusedSections::events);
    top.withoutEffect(
        "event_recorder",
        "no events are written, as in Alertmanager without --enable-feature=event-recorder; what"
            + " happened is under /api/platform/notifications and /api/platform/incidents");
  }

  private static void tracing(ConfigMap map) {
    map.oneOf("client_type", "grpc", List.of("http", "grpc"));
    if (map.string("endpoint", "").isEmpty()) {
      map.error("tracing endpoint must be set", "");
    }
    map.number("sampling_fraction", 0);
    map.bool("insecure", false);
    map.oneOf("compression", "", List.of("", "gzip"));
    map.duration("timeout", DurationForm.PROMETHEUS, Duration.ZERO);
    map.mapOrEmpty("tls_config").keys();
    map.mapOrEmpty("headers").keys();
    map.rejectUnknownKeys();
  }

  private static void events(ConfigMap map) {
    for (ConfigMap output : map.maps("file_outputs")) {
      if (output.string("path", "").isEmpty()) {
        output.error("event_recorder file output requires a path", "");
      }
      output.rejectUnknownKeys();
    }
    map.maps("webhook_outputs").forEach(UnusedSections::webhook);
    map.maps("kafka_outputs").forEach(UnusedSections::kafka);
    map.maps("stdout_outputs").forEach(ConfigMap::rejectUnknownKeys);
    map.rejectUnknownKeys();
  }

  private static void webhook(ConfigMap output) {
    String url = output.string("url", "");
    if (url.isEmpty()) {
      output.error("event_recorder webhook output requires a url", "");
    } else if (!url.matches("https?://[^/]+.*")) {
      output.error("url", "event_recorder webhook output requires an absolute http(s) url", "");
    }
    output.map("http_config").ifPresent(ClientSettingsReader::checked);
    output.duration("timeout", DurationForm.PROMETHEUS, Duration.ZERO);
    output.findInteger("workers", Integer.MIN_VALUE, Integer.MAX_VALUE);
    output.findInteger("max_retries", Integer.MIN_VALUE, Integer.MAX_VALUE);
    output.duration("retry_backoff", DurationForm.PROMETHEUS, Duration.ZERO);
    long events = output.integer("batch_max_events", 0, 0, Integer.MAX_VALUE);
    long bytes = output.integer("batch_max_bytes", 0, 0, Integer.MAX_VALUE);
    Duration interval =
        output.duration("batch_flush_interval", DurationForm.PROMETHEUS, Duration.ZERO);
    boolean settings = events != 0 || bytes != 0 || !interval.isZero();
    if (settings && !output.bool("batch", false)) {
      output.error("event_recorder webhook batch settings require batch: true", "");
    }
    output.know("batch");
    output.rejectUnknownKeys();
  }

  private static void kafka(ConfigMap output) {
    List<String> brokers = output.strings("brokers");
    if (brokers.isEmpty()) {
      output.error("event_recorder kafka: at least one broker is required", "");
    }
    if (brokers.contains("")) {
      output.error("brokers", "event_recorder kafka: broker entries must be non-empty", "");
    }
    if (output.string("topic", "").isEmpty()) {
      output.error("event_recorder kafka output requires a topic", "");
    }
    output.string("client_id", "");
    output.oneOf("format", "json", List.of("", "json", "protobuf"));
    output.oneOf("acks", "", List.of("", "none", "leader", "all"));
    output.oneOf("compression", "", List.of("", "none", "gzip", "snappy", "lz4", "zstd"));
    output.findInteger("buffer_size", Integer.MIN_VALUE, Integer.MAX_VALUE);
    output.know("tls_config");
    output.rejectUnknownKeys();
  }
}
