package io.ghostworks.saas.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
  @ParameterizedTest
  @CsvSource({
    "8000, the API of the SaaS",
    "8001, the worker of the SaaS",
    "8002, the page with the failure switches",
    "3000, the platform's web UI",
    "4317, OTLP over gRPC",
    "4318, OTLP over HTTP",
    "8889, the collector file's prometheus exporter",
    "9090, the platform as Prometheus",
    "3100, the platform as Loki",
    "3200, the platform as Tempo",
    "16686, the platform as Jaeger",
    "9411, the platform as Zipkin",
    "9093, the platform as Alertmanager",
    "14250, spans in Jaeger's format over gRPC",
    "14268, spans in Jaeger's format over HTTP"
  })
  void aPortInUseIsNamedWithWhoNeedsIt(int port, String who) throws IOException {
    for (int attempt = 0; attempt < 20; attempt++) {
      try (ServerSocket taken = bindWithinReachOf(port)) {
        int offset = taken.getLocalPort() - port;
        Optional<String> sentence = new Ports(offset).findTaken();
        String expected = "port %d (%s) is in use".formatted(taken.getLocalPort(), who);
        if (sentence.filter(said -> said.startsWith(expected)).isPresent()) {
          assertThat(sentence.get()).contains("--port-offset");
          return;
        }
        // Another program of this machine has a port at that offset: another one is tried.
        assertThat(sentence).isPresent();
      }
    }
    throw new AssertionError("port " + port + " was never named in 20 attempts");
  }

  @Test
  void anOffsetThatLeavesThePortsIsRefused() {
    assertThatThrownBy(() -> new Ports(60_000))
        .hasMessageContaining("between 0 and 48000, got 60000");
    assertThatThrownBy(() -> new Ports(-1)).hasMessageContaining("got -1");
  }

  /** A free port that an offset can move the given one to. */
  private static ServerSocket bindWithinReachOf(int port) throws IOException {
    while (true) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      int offset = socket.getLocalPort() - port;
      if (offset >= 0 && offset <= 48_000) {
        return socket;
      }
      socket.close();
    }
  }
}
