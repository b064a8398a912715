package io.ghostworks.collector.config;

import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import java.util.List;

/** What a receiver of the file asks for. */
public sealed interface ReceiverConfig {

  /**
   * OTLP.
   *
   * @param grpcEndpoint host and port, or "" where the protocol is not asked for
   * @param httpEndpoint likewise
   * @param allowedOrigins for browsers, with {@code *} as a wildcard
   */
  record Otlp(String grpcEndpoint, String httpEndpoint, List<String> allowedOrigins)
      implements ReceiverConfig {
    public Otlp {
      allowedOrigins = List.copyOf(allowedOrigins);
    }
  }

  /** Scraping, with a configuration of Prometheus. */
  record Prometheus(PrometheusFile file) implements ReceiverConfig {}

  /** A component that this version does not have. */
  record Other() implements ReceiverConfig {}
}
