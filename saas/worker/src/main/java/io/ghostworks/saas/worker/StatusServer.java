package io.ghostworks.saas.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ghostworks.instrumentation.metrics.MetricsPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Serves {@code /metrics} and {@code /ready} on loopback. */
final class StatusServer implements AutoCloseable {
  private final MetricsPage metrics;
  private final HttpServer server;

  private StatusServer(HttpServer server, MetricsPage metrics) {
    this.server = server;
    this.metrics = metrics;
  }

  /** Opens the port; it serves from now on. */
  static StatusServer open(int port, MetricsPage metrics) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    StatusServer server = new StatusServer(http, metrics);
    http.createContext("/metrics", server::metrics);
    http.createContext(
        "/ready",
        exchange -> answer(exchange, "text/plain", "ready\n".getBytes(StandardCharsets.UTF_8)));
    http.start();
    return server;
  }

  private void metrics(HttpExchange exchange) throws IOException {
    MetricsPage.Page page = metrics.render(exchange.getRequestHeaders().getFirst("Accept"));
    answer(exchange, page.contentType(), page.body());
  }

  private static void answer(HttpExchange exchange, String contentType, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", contentType);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
