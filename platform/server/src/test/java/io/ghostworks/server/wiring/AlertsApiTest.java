package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alertmanager's API on a running platform, with a receiver that listens. */
class AlertsApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @TempDir private static Path folder;
  private static HttpServer receiver;
  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route: {receiver: hook, group_by: [alertname], group_wait: 0s, group_interval: 1s}
        receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:%d/hook"}]}]
        """
            .formatted(receiver.getAddress().getPort()));
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"), "files:\n  alertmanager: alertmanager.yml\n");
    platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                folder.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true));
  }

  @AfterAll
  static void stop() {
    platform.close();
    receiver.stop(0);
  }

  @Test
  void tellsTheReceiverAboutPostedAlerts() throws Exception {
    Client.Reply reply =
        post(
            "[{\"labels\":{\"alertname\":\"Posted\",\"job\":\"a\"},\"annotations\":{\"s\":\"x\"}}]");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).isEmpty();
    JsonNode told = JSON.readTree(received.poll(20, TimeUnit.SECONDS));
    assertThat(told.get("groupKey").asText()).isEqualTo("{}:{alertname=\"Posted\"}");
    assertThat(told.at("/alerts/0/labels/job").asText()).isEqualTo("a");
    assertThat(alerts("filter=" + encoded("job=\"a\"") + "&receiver=ho.k")).hasSize(1);
    assertThat(alerts("filter=" + encoded("job=\"b\""))).isEmpty();
    assertThat(alerts("active=false")).isEmpty();
    assertThat(alerts("receiver=other")).isEmpty();
    JsonNode alert = alerts("").get(0);
    assertThat(alert.at("/status/state").asText()).isEqualTo("active");
    assertThat(alert.get("annotations").get("s").asText()).isEqualTo("x");
  }

  @Test
  void takesTheGoodOnesOfAPostAndTellsWhatIsWrongWithTheOthers() throws Exception {
    Client.Reply reply =
        post(
            "[{\"labels\":{\"alertname\":\"Good\"}},{\"labels\":{\"a\":\"\"}},{\"labels\":{\"a\":\"b\"},"
                + "\"startsAt\":\"2024-01-02T00:00:00Z\",\"endsAt\":\"2024-01-01T00:00:00Z\"}]");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(JSON.readTree(reply.text()).asText())
        .isEqualTo("at least one label pair required\nstart time must be before end time");
    assertThat(alerts("filter=" + encoded("alertname=Good"))).hasSize(1);
  }

  @Test
  void refusesWhatIsNoListOfAlerts() throws Exception {
    Client.Reply noLabels = post("[{}]");
    assertThat(noLabels.status()).isEqualTo(422);
    assertThat(JSON.readTree(noLabels.text()).get("code").asInt()).isEqualTo(602);
    assertThat(post("{").status()).isEqualTo(400);
    Client.Reply text =
        client().post("/api/v2/alerts", "text/plain", "[]".getBytes(StandardCharsets.UTF_8));
    assertThat(text.status()).isEqualTo(415);
    assertThat(text.text())
        .isEqualTo(
            "{\"code\":415,\"message\":\"unsupported media type \\\"text/plain\\\", only [application/json] are allowed\"}");
    assertThat(post("[]").status()).isEqualTo(200);
    assertThat(client().get("/api/v2/alerts?filter=" + encoded("{a=b}")).status()).isEqualTo(400);
    Client.Reply receiver = client().get("/api/v2/alerts/groups?receiver=" + encoded("("));
    assertThat(receiver.status()).isEqualTo(400);
    assertThat(receiver.text()).contains("failed to parse receiver param");
  }

  @Test
  void routesNoOtherTenantsAlertsAndHasNoSilences() {
    Client.Reply other =
        client()
            .post(
                "/api/v2/alerts",
                "application/json",
                "[{\"labels\":{\"alertname\":\"Other\"}}]".getBytes(StandardCharsets.UTF_8),
                "X-Scope-OrgID",
                "team-a");
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.text()).contains("operator's tenant 'default' only");
    Client.Reply silences = client().get("/api/v2/silences");
    assertThat(silences.status()).isEqualTo(404);
    assertThat(silences.text()).contains("this version has no silences");
    Client.Reply silence =
        client()
            .post("/api/v2/silences", "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(silence.text()).contains("this version has no silences");
  }

  private static Client.Reply post(String body) {
    return client()
        .post("/api/v2/alerts", "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode alerts(String query) throws Exception {
    Client.Reply reply = client().get("/api/v2/alerts?" + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return JSON.readTree(reply.text());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Client client() {
    return new Client(platform.address(ListenerName.ALERTMANAGER));
  }
}
