package io.ghostworks.collector.config;

import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.metrics.TranslationStrategy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What an exporter of the file asks for. */
public sealed interface ExporterConfig {

  /** What it can give on. */
  default Set<Signal> signals() {
    return EnumSet.allOf(Signal.class);
  }

  /** Logs that something passed. */
  record Debug(Verbosity verbosity) implements ExporterConfig {}

  /** How much {@link Debug} logs. */
  enum Verbosity {
    BASIC,
    NORMAL,
    DETAILED
  }

  /**
   * Serves the last values of metrics to scrapes.
   *
   * @param endpoint host and port to serve at
   * @param expiration after which a series that got no value is no longer served
   */
  record Prometheus(
      String endpoint,
      String namespace,
      Map<String, String> constLabels,
      boolean sendTimestamps,
      Duration expiration,
      boolean resourceToTelemetry,
      boolean openMetrics,
      TranslationStrategy strategy)
      implements ExporterConfig {
    public Prometheus {
      constLabels = Map.copyOf(constLabels);
    }

    @Override
    public Set<Signal> signals() {
      return Set.of(Signal.METRICS);
    }
  }

  /** OTLP over gRPC. */
  record Otlp(String endpoint, boolean plaintext, Sending sending) implements ExporterConfig {}

  /**
   * OTLP over HTTP.
   *
   * @param urls where each signal goes; a signal that is missing is not sent
   */
  record OtlpHttp(Map<Signal, String> urls, OtlpEncoding encoding, Sending sending)
      implements ExporterConfig {
    public OtlpHttp {
      urls = Map.copyOf(urls);
    }
  }

  /** Jaeger's own protocol over gRPC, which the Collector no longer has. */
  record Jaeger(String endpoint) implements ExporterConfig {
    @Override
    public Set<Signal> signals() {
      return Set.of(Signal.TRACES);
    }
  }

  /** A component that this version does not have. */
  record Other() implements ExporterConfig {}

  /**
   * How requests are sent, and sent again.
   *
   * @param maxElapsed after which a request is given up; zero for never
   */
  record Sending(
      Map<String, String> headers,
      ContentCoding compression,
      Duration timeout,
      boolean retries,
      Duration initialInterval,
      Duration maxInterval,
      Duration maxElapsed,
      double multiplier,
      double randomization,
      int queueSize,
      int consumers) {
    public Sending {
      headers = Map.copyOf(headers);
    }
  }
}
