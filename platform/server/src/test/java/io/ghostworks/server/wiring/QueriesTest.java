package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries of a running platform are listed, stopped and given up when their client leaves. */
@Timeout(60)
class QueriesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Sorts ten thousand numbers at each of ten thousand steps, in little memory. */
  private static final String LONG_QUERY =
      "/api/v1/query_range?start=1700000000&end=1700010000&step=1&query="
          + URLEncoder.encode(
              "quantile_over_time(0.3, (vector(time()) % 977)[10000s:1s])", StandardCharsets.UTF_8);

  @TempDir private static Path data;
  private static Platform platform;
  private static String readToken;

  @BeforeAll
  static void start() throws IOException {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    readToken = Files.readString(data.resolve("tokens/read")).strip();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client client(ListenerName name) {
    return new Client(platform.address(name));
  }

  private static JsonNode running(String... headers) {
    Client.Reply reply = client(ListenerName.WEB).get("/api/platform/queries", headers);
    assertThat(reply.status()).isEqualTo(200);
    try {
      return MAPPER.readTree(reply.body()).path("running");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode awaitRunning(Predicate<JsonNode> wanted) {
    JsonNode found = running();
    while (!wanted.test(found)) {
      Thread.onSpinWait();
      found = running();
    }
    return found;
  }

  private static boolean oneIsEvaluated(JsonNode list) {
    return list.size() == 1 && list.get(0).path("state").asText().equals("running");
  }

  private static CompletableFuture<Client.Reply> send(String... headers) {
    return CompletableFuture.supplyAsync(
        () -> client(ListenerName.PROMETHEUS).get(LONG_QUERY, headers));
  }

  @Test
  void aRunningQueryIsListedAndStopped() {
    CompletableFuture<Client.Reply> reply = send("User-Agent", "a dashboard");
    JsonNode query = awaitRunning(QueriesTest::oneIsEvaluated).get(0);
    assertThat(query.path("language").asText()).isEqualTo("promql");
    assertThat(query.path("query").asText()).startsWith("quantile_over_time(");
    assertThat(query.path("tenant").asText()).isEqualTo("default");
    assertThat(query.path("source").asText()).isEqualTo("a dashboard");
    assertThat(query.path("state").asText()).isEqualTo("running");
    String path = "/api/platform/queries/" + query.path("id").asLong();
    assertThat(client(ListenerName.WEB).send("DELETE", path, new byte[0]).status()).isEqualTo(204);
    assertThat(reply.join().text()).contains("query was canceled in expression evaluation");
    assertThat(client(ListenerName.WEB).send("DELETE", path, new byte[0]).status()).isEqualTo(404);
    assertThat(running()).isEmpty();
  }

  @Test
  void aQueryEndsWhenItsClientLeaves() throws IOException {
    InetSocketAddress address = platform.address(ListenerName.PROMETHEUS);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(LONG_QUERY)
                  .getBytes(StandardCharsets.UTF_8));
      awaitRunning(QueriesTest::oneIsEvaluated);
    }
    long leftNanos = System.nanoTime();
    awaitRunning(JsonNode::isEmpty);
    assertThat(System.nanoTime() - leftNanos).isLessThan(5_000_000_000L);
  }

  @Test
  void aTokenReachesTheQueriesOfItsTenantOnly() {
    CompletableFuture<Client.Reply> reply = send("X-Scope-OrgID", "acme");
    JsonNode query = awaitRunning(QueriesTest::oneIsEvaluated).get(0);
    assertThat(query.path("tenant").asText()).isEqualTo("acme");
    String[] token = {"Authorization", "Bearer " + readToken};
    assertThat(running(token)).isEmpty();
    String path = "/api/platform/queries/" + query.path("id").asLong();
    Client web = client(ListenerName.WEB);
    assertThat(web.send("DELETE", path, new byte[0], token).status()).isEqualTo(404);
    assertThat(web.send("DELETE", "/api/platform/queries/unfinished", new byte[0], token).status())
        .isEqualTo(403);
    assertThat(web.send("DELETE", path, new byte[0]).status()).isEqualTo(204);
    reply.join();
    awaitRunning(JsonNode::isEmpty);
  }
}
