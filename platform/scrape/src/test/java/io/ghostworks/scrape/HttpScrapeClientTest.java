package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ghostworks.config.Findings;
import io.ghostworks.scrape.prometheusfile.PrometheusFileReader;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import io.ghostworks.wire.http.HostMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpScrapeClientTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  @TempDir Path folder;
  private HttpServer server;
  private String base;
  private final Map<String, List<String>> received = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, 200, "text/plain", "a 1\n"));
    server.start();
    base = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsTheHeadersOfPrometheus() throws Exception {
    Exposition exposition = fetch(client(""), "http://" + base + "/metrics?x=1");
    assertThat(new String(exposition.body(), StandardCharsets.UTF_8)).isEqualTo("a 1\n");
    assertThat(exposition.contentType()).isEqualTo("text/plain");
    assertThat(received.get("Accept").getFirst())
        .startsWith("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6");
    assertThat(received.get("Accept-encoding")).containsExactly("gzip");
    assertThat(received.get("User-agent")).containsExactly("Test/1");
    assertThat(received.get("X-prometheus-scrape-timeout-seconds")).containsExactly("20");
  }

  @Test
  void sendsCredentialsAndHeaders() throws Exception {
    Files.writeString(folder.resolve("password"), "secret\n");
    fetch(
        client(
            "basic_auth: {username: me, password_file: password}, http_headers: {X-Extra: {values:"
                + " [a, b]}}"),
        "http://" + base);
    assertThat(received.get("Authorization")).containsExactly("Basic bWU6c2VjcmV0");
    assertThat(received.get("X-extra")).containsExactly("a", "b");
    fetch(client("authorization: {credentials: token}"), "http://" + base);
    assertThat(received.get("Authorization")).containsExactly("Bearer token");
  }

  @Test
  void readsGzip() throws Exception {
    server.createContext(
        "/zip",
        exchange -> {
          ByteArrayOutputStream zipped = new ByteArrayOutputStream();
          try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write("a 1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
          }
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, zipped.size());
          exchange.getResponseBody().write(zipped.toByteArray());
          exchange.close();
        });
    assertThat(fetch(client(""), "http://" + base + "/zip").body()).hasSize(40_000);
    assertThatThrownBy(() -> client("").fetch("http://" + base + "/zip", TIMEOUT, 40_000))
        .hasMessage("body size limit exceeded");
  }

  @Test
  void aBodyThatReachesTheLimitIsTooLarge() throws Exception {
    assertThat(client("").fetch("http://" + base, TIMEOUT, 5).body()).hasSize(4);
    assertThatThrownBy(() -> client("").fetch("http://" + base, TIMEOUT, 4))
        .hasMessage("body size limit exceeded");
  }

  @Test
  void anyStatusBut200Fails() {
    server.createContext("/gone", exchange -> answer(exchange, 404, "text/plain", "no"));
    assertThatThrownBy(() -> fetch(client(""), "http://" + base + "/gone"))
        .hasMessage("server returned HTTP status 404 Not Found");
  }

  @Test
  void redirectsAreFollowedUnlessTheJobSaysOtherwise() throws Exception {
    server.createContext(
        "/from",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/to");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    assertThat(fetch(client(""), "http://" + base + "/from").body()).hasSize(4);
    assertThatThrownBy(() -> fetch(client("follow_redirects: false"), "http://" + base + "/from"))
        .hasMessage("server returned HTTP status 302 Found");
  }

  @Test
  void hostsAreReachedWhereTheyAreMapped() throws Exception {
    for (String name : List.of("api:8000", "name_with_underscores:8000", "plain")) {
      try (ScrapeClient client =
          client("", Map.of(name.contains(":") ? name : name + ":80", base))) {
        assertThat(fetch(client, "http://" + name + "/metrics").body()).hasSize(4);
      }
    }
  }

  @Test
  void nobodyListeningAndNoAnswerInTimeAreSaid() throws Exception {
    server.createContext(
        "/slow",
        exchange -> {
          /* never answers */
        });
    assertThatThrownBy(
            () -> client("").fetch("http://" + base + "/slow", Duration.ofMillis(50), 1_000))
        .isInstanceOf(ScrapeException.class)
        .hasMessage("Get \"http://" + base + "/slow\": context deadline exceeded");
    server.stop(0);
    assertThatThrownBy(() -> fetch(client(""), "http://" + base + "/metrics"))
        .isInstanceOf(ScrapeException.class)
        .hasMessageStartingWith("Get \"http://" + base + "/metrics\": ");
    assertThatThrownBy(() -> fetch(client(""), "ftp://" + base))
        .isInstanceOf(ScrapeException.class)
        .hasMessageContaining("unsupported protocol scheme");
  }

  @Test
  void anUnreadableCaIsRefusedAtOnce() {
    assertThatThrownBy(() -> client("tls_config: {ca_file: none.pem}"))
        .isInstanceOf(ScrapeException.class)
        .hasMessageContaining("CA");
    assertThatThrownBy(() -> client("tls_config: {ca: nothing}"))
        .isInstanceOf(ScrapeException.class)
        .hasMessageContaining("CA");
  }

  private static Exposition fetch(ScrapeClient client, String url) throws Exception {
    return client.fetch(url, TIMEOUT, 1 << 20);
  }

  private ScrapeClient client(String settings) throws Exception {
    return client(settings, Map.of());
  }

  private ScrapeClient client(String settings, Map<String, String> hosts) throws Exception {
    Path file = folder.resolve("prometheus.yml");
    Files.writeString(
        file, "scrape_configs: [{job_name: j" + (settings.isEmpty() ? "" : ", " + settings) + "}]");
    Findings findings = new Findings();
    ScrapeJob job = PrometheusFileReader.read(file, name -> "", findings).jobs().getFirst();
    findings.throwIfNotServable();
    return new HttpScrapeClient(job, job.protocols(), new HostMap(hosts), "Test/1");
  }

  private void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    received.clear();
    received.putAll(exchange.getRequestHeaders());
    exchange.getResponseHeaders().add("Content-Type", type);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
