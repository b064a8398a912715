package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.SocketClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live tails over WebSockets, of a whole platform. */
class LokiTailTest {

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void sendsWhatIsStoredAndThenWhatArrives() {
    push("stored", "an old line");
    try (SocketClient tail = tail("{app=\"stored\"} |= \"line\"")) {
      assertThat(tail.next()).contains("an old line");
      push("stored", "no match");
      push("other", "a line of another stream");
      push("stored", "a new line");
      assertThat(tail.next()).contains("a new line");
    }
  }

  @Test
  void sendsStructuredMetadataApartWhereThatIsAsked() {
    push("apart", "a line");
    try (SocketClient tail =
        tail("{app=\"apart\"}", "X-Loki-Response-Encoding-Flags", "categorize-labels")) {
      assertThat(tail.next())
          .contains("\"structuredMetadata\":{\"detected_level\":\"unknown\"}")
          .endsWith("\"encodingFlags\":[\"categorize-labels\"]}");
    }
  }

  @Test
  void refusesBadRequestsBeforeTheConnectionChanges() {
    try (SocketClient tail = tail("{app=")) {
      assertThat(tail.head()).startsWith("HTTP/1.1 400");
    }
    try (SocketClient tail = tail("{app=\"a\"}", "X-Scope-OrgID", "a|b")) {
      assertThat(tail.head()).startsWith("HTTP/1.1 400");
    }
    try (SocketClient tail = tail("{app=\"a\"}", "Origin", "https://evil.example")) {
      assertThat(tail.head()).startsWith("HTTP/1.1 403");
    }
    assertThat(client().get("/loki/api/v1/tail?query=x").text()).startsWith("parse error");
    Client.Reply noSocket = client().get("/loki/api/v1/tail?query=%7Bapp%3D%22a%22%7D");
    assertThat(noSocket.status()).isEqualTo(400);
    assertThat(noSocket.text()).isEqualTo("Bad Request\n");
    assertThat(noSocket.header("sec-websocket-version")).isEqualTo("13");
  }

  @Test
  void refusesMoreTailsThanATenantMayHave() {
    List<SocketClient> tails = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tails.add(tail("{app=\"many\"}", "X-Scope-OrgID", "many"));
    }
    assertThat(tails.getLast().head()).startsWith("HTTP/1.1 101");
    try (SocketClient tail = tail("{app=\"many\"}", "X-Scope-OrgID", "many")) {
      assertThat(tail.head()).startsWith("HTTP/1.1 400");
    }
    tails.forEach(SocketClient::close);
  }

  @Test
  void endsWhenItIsStopped() {
    push("killed", "first");
    try (SocketClient tail = tail("{app=\"killed\"}", "User-Agent", "killed-one")) {
      assertThat(tail.next()).contains("first");
      Client web = new Client(platform.address(ListenerName.WEB));
      Matcher listed =
          Pattern.compile("\"id\":([0-9]+)(?:(?!\"id\").)*killed-one")
              .matcher(web.get("/api/platform/queries").text());
      assertThat(listed.find()).isTrue();
      assertThat(
              web.send("DELETE", "/api/platform/queries/" + listed.group(1), new byte[0]).status())
          .isEqualTo(204);
      assertThat(tail.next()).isEqualTo("closed: the tail was stopped");
    }
  }

  private static SocketClient tail(String query, String... headers) {
    return SocketClient.open(
        platform.address(ListenerName.LOKI),
        "/loki/api/v1/tail?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8),
        headers);
  }

  private static void push(String app, String line) {
    Client.Reply reply =
        client()
            .post(
                "/loki/api/v1/push",
                "application/json",
                "{\"streams\":[{\"stream\":{\"app\":\"%s\"},\"values\":[[\"%d\",\"%s\"]]}]}"
                    .formatted(app, System.currentTimeMillis() * 1_000_000L, line)
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isEqualTo(204);
  }

  private static Client client() {
    return new Client(platform.address(ListenerName.LOKI));
  }
}
