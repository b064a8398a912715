package io.ghostworks.saas.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

  /**
   * A sentence that names the first port without which the demo cannot run and that is in use;
   * empty where all are free.
   */
  Optional<String> findTaken() {
    Map<Integer, String> needed = new LinkedHashMap<>();
    needed.put(api(), "the API of the SaaS");
    needed.put(worker(), "the worker of the SaaS");
    needed.put(page(), "the page with the failure switches");
    needed.put(platform(), "the platform's web UI");
    needed.put(4317 + offset, "OTLP over gRPC");
    needed.put(otlpHttp(), "OTLP over HTTP");
    needed.put(8889 + offset, "the collector file's prometheus exporter");
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

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: what still lingers from a connection that was closed does not count as in
      // use.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
