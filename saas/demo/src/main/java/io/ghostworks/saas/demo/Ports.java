package io.ghostworks.saas.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ports of the demo, all moved by one offset.
 *
 * @param offset what is added to every port, in [0, 48000]
 */
record Ports(int offset) {
  private static final int OFFSET_MAX = 48_000;

  Ports {
    if (offset < 0 || offset > OFFSET_MAX) {
      throw new IllegalArgumentException(
          "--port-offset must be between 0 and " + OFFSET_MAX + ", got " + offset);
    }
  }

  int api() {
    return 8000 + offset;
  }

  int worker() {
    return 8001 + offset;
  }

  int page() {
    return 8002 + offset;
  }

  int platform() {
    return 3000 + offset;
  }

  int otlpHttp() {
    return 4318 + offset;
  }

  /** A sentence that names the first port of the demo that is in use; empty where all are free. */
  Optional<String> findTaken() {
    Map<Integer, String> needed = new LinkedHashMap<>();
    needed.put(api(), "the API of the SaaS");
    needed.put(worker(), "the worker of the SaaS");
    needed.put(page(), "the page with the failure switches");
    needed.put(platform(), "the platform's web UI");
    needed.put(4317 + offset, "OTLP over gRPC");
    needed.put(otlpHttp(), "OTLP over HTTP");
    needed.put(8889 + offset, "the collector file's prometheus exporter");
    needed.put(9090 + offset, "the platform as Prometheus");
    needed.put(3100 + offset, "the platform as Loki");
    needed.put(3200 + offset, "the platform as Tempo");
    needed.put(16686 + offset, "the platform as Jaeger");
    needed.put(9411 + offset, "the platform as Zipkin");
    needed.put(9093 + offset, "the platform as Alertmanager");
    needed.put(14250 + offset, "spans in Jaeger's format over gRPC");
    needed.put(14268 + offset, "spans in Jaeger's format over HTTP");
    return needed.entrySet().stream()
        .filter(port -> !isFree(port.getKey()))
        .findFirst()
        .map(port ->
            "port "
                + port.getKey()
                + " ("
                + port.getValue()
                + ") is in use; end what uses it, or move every port with --port-offset N");
  }

  /** On either loopback: what printed addresses call localhost may be the one or the other. */
  private static boolean isFree(int port) {
    return Stream.of("127.0.0.1", "::1").allMatch(loopback -> isFree(loopback, port));
  }

  private static boolean isFree(String loopback, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: what still lingers from a connection that was closed does not count as in
      // use.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(loopback), port));
      return true;
    } catch (IOException e) {
      // A machine without IPv6 has no ::1 to be in use.
      return loopback.contains(":") && !String.valueOf(e.getMessage()).contains("in use");
    }
  }
}
