package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces are kept, given up and deleted over HTTP. */
class TraceRetentionTest {

  private static final String JSON = "application/json";

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

  private static Client web() {
    return new Client(platform.address(ListenerName.WEB));
  }

  private static void send(String traceId) {
    long now = System.currentTimeMillis() * 1_000_000L;
    String body =
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},
          "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"0000000000000001","name":"GET /",
            "startTimeUnixNano":"%d","endTimeUnixNano":"%d"}]}]}]}
        """
            .formatted(traceId, now - 1_000_000_000L, now);
    Client.Reply reply = web().post("/otlp/v1/traces", JSON, body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private static int status(String method, String path) {
    return switch (method) {
      case "GET" -> web().get(path).status();
      case "DELETE" -> web().send("DELETE", path, new byte[0]).status();
      default -> web().post(path, JSON, new byte[0]).status();
    };
  }

  @Test
  void aTraceIsKeptListedAndGivenUp() {
    String id = "00000000000000050000000000000007";
    send(id);
    String keep = "/api/platform/traces/" + id + "/keep";
    assertThat(status("GET", keep)).isEqualTo(404);
    assertThat(status("POST", keep)).isEqualTo(200);
    assertThat(status("GET", keep)).isEqualTo(200);
    assertThat(web().get("/api/platform/traces/kept").text()).contains(id);
    assertThat(status("DELETE", keep)).isEqualTo(204);
    assertThat(status("DELETE", keep)).isEqualTo(404);
    assertThat(status("POST", "/api/platform/traces/99/keep")).isEqualTo(404);
    assertThat(status("POST", "/api/platform/traces/xyz/keep")).isEqualTo(400);
  }

  @Test
  void aTraceIsDeletedAndTheDeleteListedAndTakenBack() {
    String id = "00000000000000080000000000000009";
    send(id);
    assertThat(status("GET", "/tempo/api/traces/" + id)).isEqualTo(200);
    assertThat(status("DELETE", "/api/platform/traces/" + id)).isEqualTo(200);
    assertThat(status("GET", "/tempo/api/traces/" + id)).isEqualTo(404);
    String listed = web().get("/api/platform/traces/deletes").text();
    assertThat(listed).contains("{ trace:id = \\\"" + id + "\\\" }", "received");
    String delete = listed.replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
    assertThat(status("DELETE", "/api/platform/traces/deletes?id=" + delete)).isEqualTo(204);
    assertThat(status("GET", "/tempo/api/traces/" + id)).isEqualTo(200);
    assertThat(status("DELETE", "/api/platform/traces/77")).isEqualTo(404);
  }

  @Test
  void aDeleteByQueryNeedsASelectorAndAStart() {
    assertThat(status("POST", "/api/platform/traces/deletes")).isEqualTo(400);
    assertThat(status("POST", "/api/platform/traces/deletes?q=%7B%7D")).isEqualTo(400);
    assertThat(
            status(
                "POST",
                "/api/platform/traces/deletes?q=%7Bname%3D%22none%22%7D&start=2020-01-01T00:00:00Z"))
        .isEqualTo(200);
  }
}
