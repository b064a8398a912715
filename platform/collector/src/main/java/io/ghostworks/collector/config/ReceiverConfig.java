package io.ghostworks.collector.config;

import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a receiver of the file asks for. */
public sealed interface ReceiverConfig {

  /** What it can take in. */
  default Set<Signal> signals() {
    return EnumSet.allOf(Signal.class);
  }

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
  record Prometheus(PrometheusFile file) implements ReceiverConfig {
    @Override
    public Set<Signal> signals() {
      return Set.of(Signal.METRICS);
    }
  }

  /** A component that this version does not have. */
  record Other() implements ReceiverConfig {}
}
