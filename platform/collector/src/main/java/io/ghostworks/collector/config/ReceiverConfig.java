package io.ghostworks.collector.config;

import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * Jaeger's protocols.
   *
   * @param grpcEndpoint host and port, or "" where the protocol is not asked for
   * @param thriftHttpEndpoint likewise
   * @param compact of the agent; null where it is not asked for
   * @param binary likewise
   */
  record Jaeger(
      String grpcEndpoint,
      String thriftHttpEndpoint,
      @Nullable Datagrams compact,
      @Nullable Datagrams binary)
      implements ReceiverConfig {
    @Override
    public Set<Signal> signals() {
      return Set.of(Signal.TRACES);
    }
  }

  /**
   * A protocol of datagrams.
   *
   * @param queueMax datagrams that may wait to be stored
   * @param packetBytesMax longer ones are dropped
   */
  record Datagrams(String endpoint, int queueMax, int packetBytesMax) {}

  /**
   * Zipkin's protocols over HTTP.
   *
   * @param parseStringTags whether texts that look like numbers or booleans become such
   */
  record Zipkin(String endpoint, boolean parseStringTags) implements ReceiverConfig {
    @Override
    public Set<Signal> signals() {
      return Set.of(Signal.TRACES);
    }
  }

  /** A component that this version does not have. */
  record Other() implements ReceiverConfig {}
}
