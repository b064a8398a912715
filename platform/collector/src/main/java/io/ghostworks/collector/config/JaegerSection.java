package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a receiver of Jaeger's protocols.
 *
 * <p>Source: the configuration of opentelemetry-collector-contrib receiver/jaegerreceiver.
 */
final class JaegerSection {
  private static final int QUEUE_DEFAULT = 1_000;
  private static final int QUEUE_MAX = 1_000_000;
  private static final int PACKET_BYTES_DEFAULT = 65_000;
  private static final int PACKET_BYTES_MAX = 65_535;

  private JaegerSection() {}

  static ReceiverConfig read(ConfigMap map) {
    map.unsupported(
        "remote_sampling",
        "Jaeger's clients ask for sampling on port 5778 and are told to sample everything");
    if (map.findIncludingNull("protocols").isEmpty()) {
      map.error("protocols", "empty \"protocols\" config for Jaeger receiver", "");
    }
    ConfigMap protocols = map.mapOrEmpty("protocols");
    Optional<String> grpc = endpoint(protocols, "grpc", "localhost:14250");
    Optional<String> http = endpoint(protocols, "thrift_http", "localhost:14268");
    ReceiverConfig.Datagrams compact = datagrams(protocols, "thrift_compact", "localhost:6831");
    ReceiverConfig.Datagrams binary = datagrams(protocols, "thrift_binary", "localhost:6832");
    if (grpc.isEmpty() && http.isEmpty() && compact == null && binary == null) {
      map.error(
          "protocols", "must specify at least one protocol when using the Jaeger receiver", "");
    }
    return new ReceiverConfig.Jaeger(grpc.orElse(""), http.orElse(""), compact, binary);
  }

  private static Optional<String> endpoint(ConfigMap protocols, String name, String absent) {
    return protocols
        .findIncludingNull(name)
        .map(node -> ReceiverSection.endpoint(ConfigMap.of(node, protocols.findings()), absent));
  }

  private static ReceiverConfig.@Nullable Datagrams datagrams(
      ConfigMap protocols, String name, String absent) {
    Optional<ConfigNode> node = protocols.findIncludingNull(name);
    if (node.isEmpty()) {
      return null;
    }
    ConfigMap section = ConfigMap.of(node.get(), protocols.findings());
    section.withoutEffect("workers", "datagrams are decoded as they come");
    section.withoutEffect("socket_buffer_size", "the socket's buffer is asked to have 4 MiB");
    String endpoint = section.string("endpoint", absent);
    Endpoints.check(section, "endpoint", endpoint);
    return new ReceiverConfig.Datagrams(
        endpoint,
        (int) section.integer("queue_size", QUEUE_DEFAULT, 1, QUEUE_MAX),
        (int)
            Math.min(
                PACKET_BYTES_MAX, // More does not fit into a datagram.
                section.integer("max_packet_size", PACKET_BYTES_DEFAULT, 1, Integer.MAX_VALUE)));
  }
}
