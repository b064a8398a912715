package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSendCommandTest {
  private static final String INTEGRATION =
      "{\"integration\":\"team/webhook[0]\",\"target\":\"http://hook\",\"delivered\":%s,\"error\":\"%s\",\"seconds\":0.25,\"exchanges\":[{\"request\":\"POST"
          + " http://hook/<secret>\",\"status\":%d}]}";

  @TempDir private Path folder;
  private HttpServer server;
  private String asked = "";
  private String answer = "";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/platform/notifications/test",
        exchange -> {
          asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private record Run(int status, String printed) {}

  private Run run(String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "alerts";
    all[1] = "test-send";
    all[2] = "--server";
    all[3] = "http://127.0.0.1:" + server.getAddress().getPort();
    System.arraycopy(more, 0, all, 4, more.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int status = CommandLine.run(all, out, out);
    return new Run(status, bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void saysHowItWent() {
    answer = "{\"delivered\":true,\"integrations\":[" + INTEGRATION.formatted(true, "", 200) + "]}";
    Run run = run("team");
    assertThat(run.status()).isZero();
    assertThat(run.printed())
        .isEqualTo(
            """
            delivered  team/webhook[0]  (http://hook, 0.25 s)
              POST http://hook/<secret> → 200
            """);
    assertThat(asked).isEqualTo("{\"receiver\":\"team\"}");
  }

  @Test
  void failsUnlessEveryIntegrationTookIt() {
    answer =
        "{\"delivered\":false,\"integrations\":["
            + INTEGRATION.formatted(false, "connection refused", 0)
            + "]}";
    Run run = run("team");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.printed())
        .startsWith("FAILED     team/webhook[0]")
        .contains("\n  connection refused\n")
        .contains("→ no answer");
  }

  @Test
  void sendsAConfigurationAndAlertsOfFiles() throws IOException {
    answer = "{\"delivered\":true}";
    Path config = Files.writeString(folder.resolve("am.yml"), "route: {receiver: x}\n");
    Path alerts = Files.writeString(folder.resolve("a.json"), "[{\"labels\":{\"a\":\"b\"}}]");
    assertThat(run("x", "--config", config.toString(), "--alerts", alerts.toString()).status())
        .isZero();
    assertThat(asked)
        .isEqualTo(
            "{\"receiver\":\"x\",\"configuration\":\"route: {receiver:"
                + " x}\\n\",\"alerts\":[{\"labels\":{\"a\":\"b\"}}]}");
  }

  @Test
  void tellsWhatTheServerRefuses() {
    status = 403;
    answer = "for admins only";
    Run run = run("team");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.printed()).contains("status 403: for admins only");
  }
}
