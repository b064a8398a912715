package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertsCommandTest {

  private HttpServer server;
  private String asked = "";
  private String answer = "[]";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
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

  @Test
  void listsAlertsAndWhatHoldsThem() {
    answer =
        """
        [{"fingerprint":"f1","labels":{"alertname":"Down\\u001b","job":"a"},"startsAt":"2026-03-02T12:00:00.000Z",
          "receivers":[{"name":"x"},{"name":"y"}],"status":{"state":"suppressed","silencedBy":["s"],"inhibitedBy":[]}}]
        """;
    assertThat(run("alerts", "--filter", "job=a"))
        .isEqualTo(
            """
            0 FINGERPRINT  ALERT  STATE                  SINCE                     RECEIVERS  LABELS
            f1           Down·  suppressed (silenced)  2026-03-02T12:00:00.000Z  x, y       job="a"
            """);
    assertThat(asked).isEqualTo("/alertmanager/api/v2/alerts?filter=job%3Da");
  }

  @Test
  void listsSilences() {
    answer =
        """
        [{"id":"i","status":{"state":"pending"},"annotations":{"ghostworks_schedule":"x"},"comment":"why","createdBy":"me",
          "startsAt":"2026-03-02T12:00:00.000Z","endsAt":"2026-03-02T13:00:00.000Z",
          "matchers":[{"name":"a","value":"b","isRegex":false,"isEqual":true},{"name":"c","value":"d","isRegex":true,"isEqual":false},
            {"name":"e","value":"f","isRegex":false,"isEqual":false}]}]
        """;
    assertThat(run("silences"))
        .contains("pending (recurs)  a=\"b\" c!~\"d\" e!=\"f\"")
        .contains("me  why");
    assertThat(asked).isEqualTo("/alertmanager/api/v2/silences?expired=false");
  }

  @Test
  void explainsWhatHappensToAnAlert() {
    answer =
        """
        {"summary":"Not told: silenced.","routes":[{"path":["{}","{team=\\"a\\"}"],"receiver":"r","groupKey":"{}:{}",
          "groupWait":"30s","groupInterval":"5m","repeatInterval":"4h","why":"Silenced by i."}],
         "inhibitedBy":[],"silencedBy":[{"why":"Silenced by i."}],"notes":["n"]}
        """;
    assertThat(run("alerts", "why", "alertname=Down", "job=a", "--at", "5"))
        .startsWith("0 Not told: silenced.\nROUTE          RECEIVER")
        .contains("{}/{team=\"a\"}  r         {}:{}  30s, then 5m, again after 4h  Silenced by i.")
        .endsWith("Silenced by i.\nnote: n\n");
    assertThat(asked)
        .isEqualTo("/api/platform/alerts/why?label=alertname%3DDown&label=job%3Da&at=5");
    assertThat(run("alerts", "why", "0123456789abcdef", "--json")).startsWith("0 {\"summary\"");
    assertThat(asked).isEqualTo("/api/platform/alerts/why?fingerprint=0123456789abcdef");
    status = 404;
    answer = "no such alert";
    assertThat(run("alerts", "why", "0123456789abcdef")).isEqualTo("1 status 404: no such alert\n");
  }

  /** The exit status and what was written. */
  private String run(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add("--server=http://127.0.0.1:" + server.getAddress().getPort());
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    int exit = CommandLine.run(arguments.toArray(String[]::new), out, out);
    return exit + " " + written.toString(StandardCharsets.UTF_8);
  }
}
