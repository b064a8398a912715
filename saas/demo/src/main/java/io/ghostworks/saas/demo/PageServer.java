package io.ghostworks.saas.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The demo's page on loopback.
 *
 * <pre>
 * GET  /               the page
 * GET  /state          switches and notifications as JSON
 * PUT  /faults/NAME    turns a switch, {"on": true}
 * POST /webhook        receives notifications
 * </pre>
 *
 * <p>What changes something must be JSON and be addressed to loopback by name: a foreign web page
 * in the same browser can do neither.
 */
final class PageServer implements AutoCloseable {
  private static final int BODY_BYTES_MAX = 1 << 20;

  private final SwitchBoard switches;
  private final Notifications notifications;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ObjectMapper json = new ObjectMapper();
  private final byte[] page;
  private final Map<String, String> links;

  private PageServer(
      HttpServer server,
      SwitchBoard switches,
      Notifications notifications,
      byte[] page,
      Map<String, String> links) {
    this.server = server;
    this.switches = switches;
    this.notifications = notifications;
    this.page = page;
    this.links = links;
  }

  /**
   * Opens the page; it serves from now on.
   *
   * @param port 0 takes any free one
   * @param links what else there is to see, by title
   */
  static PageServer open(
      int port, SwitchBoard switches, Notifications notifications, Map<String, String> links)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    PageServer server = new PageServer(http, switches, notifications, readPage(), links);
    http.setExecutor(server.threads);
    http.createContext("/", server::serve);
    http.start();
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isLoopback(exchange)) {
        error(exchange, 403, "this page answers only to localhost and 127.0.0.1");
        return;
      }
      String path = exchange.getRequestURI().getPath();
      String request = exchange.getRequestMethod() + " " + path;
      if (request.equals("GET /")) {
        answer(exchange, 200, "text/html; charset=utf-8", page);
      } else if (request.equals("GET /state")) {
        answer(exchange, 200, state());
      } else if (request.startsWith("PUT /faults/")) {
        turn(exchange, path.substring("/faults/".length()));
      } else if (request.equals("POST /webhook")) {
        receive(exchange);
      } else {
        error(exchange, 404, "there is nothing at " + request);
      }
    }
  }

  private Map<String, Object> state() {
    return Map.of(
        "switches",
        switches.states(),
        "notifications",
        notifications.newestFirst(),
        "links",
        links);
  }

  private void turn(HttpExchange exchange, String name) throws IOException {
    byte[] body = body(exchange);
    if (body == null) {
      return;
    }
    JsonNode wanted;
    try {
      wanted = json.readTree(body).path("on");
    } catch (JsonProcessingException e) {
      wanted = MissingNode.getInstance();
    }
    if (!wanted.isBoolean()) {
      error(exchange, 400, "the body must be {\"on\": true} or {\"on\": false}");
      return;
    }
    try {
      if (switches.turn(name, wanted.booleanValue())) {
        answer(exchange, 200, Map.of("name", name, "on", wanted.booleanValue()));
      } else {
        error(exchange, 404, "there is no switch '" + name + "'; there are " + switches.names());
      }
    } catch (IOException e) {
      error(exchange, 502, "the switch '" + name + "' could not be turned: " + e.getMessage());
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = body(exchange);
    if (body == null) {
      return;
    }
    try {
      notifications.receive(body);
      answer(exchange, 200, Map.of());
    } catch (IOException e) {
      error(exchange, 400, String.valueOf(e.getMessage()));
    }
  }

  /** The body, or null after it was refused. */
  private byte @Nullable [] body(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      error(exchange, 415, "the body must be application/json");
      return null;
    }
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      error(exchange, 413, "the body must have at most " + BODY_BYTES_MAX + " bytes");
      return null;
    }
    return body;
  }

  private static boolean isLoopback(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
    return List.of("localhost", "127.0.0.1", "[::1]").contains(name);
  }

  private void error(HttpExchange exchange, int status, String message) throws IOException {
    answer(exchange, status, Map.of("error", message));
  }

  private void answer(HttpExchange exchange, int status, Object body) throws IOException {
    answer(exchange, status, "application/json", json.writeValueAsBytes(body));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange
        .getResponseHeaders()
        .set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] readPage() throws IOException {
    try (InputStream in = PageServer.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException(
            "page.html is missing beside " + PageServer.class.getName());
      }
      return in.readAllBytes();
    }
  }
}
