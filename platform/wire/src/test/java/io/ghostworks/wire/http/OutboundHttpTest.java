package io.ghostworks.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.compress.ContentCoding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboundHttpTest {
  private HttpServer server;
  private OutboundHttp http;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/echo", exchange -> answer(exchange, 200, exchange.getRequestBody().readAllBytes()));
    server.createContext("/big", exchange -> answer(exchange, 200, new byte[100_000]));
    server.createContext(
        "/gzip",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          answer(exchange, 200, ContentCoding.GZIP.encode(new byte[100_000]));
        });
    server.createContext(
        "/loop",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/loop");
          answer(exchange, 302, new byte[0]);
        });
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/echo");
          answer(exchange, 307, new byte[0]);
        });
    server.createContext(
        "/credentials",
        exchange -> {
          String sent = exchange.getRequestHeaders().getFirst("Authorization");
          answer(exchange, 200, (sent == null ? "none" : sent).getBytes(StandardCharsets.UTF_8));
        });
    server.createContext(
        "/near",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/credentials");
          answer(exchange, 302, new byte[0]);
        });
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
        });
    server.start();
    http = new OutboundHttp(HostMap.NONE, Duration.ofSeconds(5), null);
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private HttpCall get(String path, int bytesMax) {
    return HttpCall.get(uri(path), List.of(), Duration.ofSeconds(5), bytesMax);
  }

  @Test
  void givesTheAnswerDecoded() throws Exception {
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
    HttpAnswer answer =
        http.send(HttpCall.post(uri("/echo"), List.of(), body, Duration.ofSeconds(5), 100));
    assertThat(answer.isSuccess()).isTrue();
    assertThat(answer.body()).isEqualTo(body);
    assertThat(http.send(get("/gzip", 100_000)).body()).hasSize(100_000);
  }

  @Test
  void readsNoMoreThanTheLimit() {
    assertThatThrownBy(() -> http.send(get("/big", 99_999)))
        .isInstanceOf(BodyTooLargeException.class);
    assertThatThrownBy(() -> http.send(get("/gzip", 99_999)))
        .isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void endsByTheTimeoutAlsoWithinTheBody() {
    HttpCall call = HttpCall.get(uri("/slow"), List.of(), Duration.ofMillis(200), 100);
    assertThatThrownBy(() -> http.send(call)).isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void followsRedirectsAsOftenAsAsked() throws Exception {
    assertThatThrownBy(() -> http.send(get("/loop", 100)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("stopped after 10 redirects");
    HttpCall call =
        new HttpCall(
            "POST", uri("/moved"), List.of(), new byte[] {'a'}, Duration.ofSeconds(5), 100, 1);
    assertThat(http.send(call).body()).containsExactly('a');
    HttpCall none =
        HttpCall.post(uri("/moved"), List.of(), new byte[] {'a'}, Duration.ofSeconds(5), 100);
    assertThat(http.send(none).status()).isEqualTo(307);
  }

  @Test
  void keepsCredentialsFromOtherPortsAlsoAfterTheWayBack() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI elsewhere = URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/");
    other.createContext(
        "/away",
        exchange -> {
          exchange.getResponseHeaders().set("Location", uri("/near").toString());
          answer(exchange, 302, new byte[0]);
        });
    server.createContext(
        "/detour",
        exchange -> {
          exchange.getResponseHeaders().set("Location", elsewhere.resolve("/away").toString());
          answer(exchange, 302, new byte[0]);
        });
    server.createContext(
        "/far",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Location", elsewhere.resolve("/credentials").toString());
          answer(exchange, 302, new byte[0]);
        });
    other.createContext(
        "/credentials",
        exchange -> {
          boolean sent = exchange.getRequestHeaders().containsKey("Authorization");
          answer(exchange, 200, (sent ? "leaked" : "none").getBytes(StandardCharsets.UTF_8));
        });
    other.start();
    try {
      assertThat(authorized("/near")).isEqualTo("Bearer x");
      assertThat(authorized("/far")).isEqualTo("none");
      assertThat(authorized("/detour")).isEqualTo("none");
    } finally {
      other.stop(0);
    }
  }

  private String authorized(String path) throws Exception {
    List<Map.Entry<String, String>> headers = List.of(Map.entry("Authorization", "Bearer x"));
    HttpCall call = HttpCall.get(uri(path), headers, Duration.ofSeconds(5), 100);
    return new String(http.send(call).body(), StandardCharsets.UTF_8);
  }

  @Test
  void goesWhereTheHostMapLeads() throws Exception {
    HostMap hosts = new HostMap(Map.of("api:8000", "127.0.0.1:" + server.getAddress().getPort()));
    try (OutboundHttp mapped = new OutboundHttp(hosts, Duration.ofSeconds(5), null)) {
      HttpCall call =
          HttpCall.get(
              URI.create("http://api:8000/big?x=1"), List.of(), Duration.ofSeconds(5), 200_000);
      assertThat(mapped.send(call).status()).isEqualTo(200);
    }
    assertThatThrownBy(() -> new HostMap(Map.of("a:1", "http://b")))
        .hasMessageContaining("host:port");
  }

  @Test
  void saysThatAServerIsNotThere() throws Exception {
    int free;
    try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    HttpCall call =
        HttpCall.get(URI.create("http://127.0.0.1:" + free), List.of(), Duration.ofSeconds(5), 10);
    assertThatThrownBy(() -> http.send(call)).isInstanceOf(IOException.class);
  }
}
