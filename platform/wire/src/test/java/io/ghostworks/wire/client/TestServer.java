package io.ghostworks.wire.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server on a free port of this machine that writes down the requests. */
final class TestServer implements AutoCloseable {
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private volatile Function<HttpExchange, String> answers = exchange -> "ok";

  private TestServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
  }

  static TestServer plain() throws IOException {
    return new TestServer(HttpServer.create(anyPort(), 0));
  }

  /** For the name {@code server.test}; wants a client's certificate, and goes on without. */
  static TestServer secure() throws Exception {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    SSLContext context = TlsContexts.context(tls("server.pem", "server.key", "", ""));
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters settings = context.getDefaultSSLParameters();
            settings.setWantClientAuth(true);
            parameters.setSSLParameters(settings);
          }
        });
    return new TestServer(server);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Trusts the test's authority; "" leaves a setting out. */
  static ClientSettings.Tls tls(
      String certificate, String key, String serverName, String minVersion) {
    return new ClientSettings.Tls(
        Optional.of(inline(file("ca.pem"))),
        certificate.isEmpty() ? Optional.empty() : Optional.of(inline(file(certificate))),
        key.isEmpty() ? Optional.empty() : Optional.of(inline(file(key))),
        serverName,
        false,
        minVersion,
        "");
  }

  static CredentialSource inline(String text) {
    return new CredentialSource.Inline(Secret.of(text));
  }

  static String file(String name) {
    try (InputStream in = TestServer.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  void answering(Function<HttpExchange, String> next) {
    answers = next;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String credentials = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    requests.add(
        "%s %s %s %s"
            .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), credentials, body)
            .strip());
    String text = answers.apply(exchange);
    int status = 200;
    if (text.matches("[0-9]{3}")) {
      status = Integer.parseInt(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
