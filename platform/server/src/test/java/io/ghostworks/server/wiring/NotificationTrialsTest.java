package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

/** Test sends, previews and the heartbeat of a running platform, with a receiver that listens. */
class NotificationTrialsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private static final BlockingQueue<String> beats = new LinkedBlockingQueue<>();

  @TempDir private static Path folder;
  private static HttpServer receiver;
  private static Platform platform;
  private static String host;

  @BeforeAll
  static void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    context("/hook", received, 200);
    context("/refuse", received, 401);
    context("/beat", beats, 200);
    receiver.start();
    host = "http://127.0.0.1:" + receiver.getAddress().getPort();
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route: {receiver: team}
        receivers:
        - name: team
          webhook_configs: [{url: "%1$s/hook"}, {url: "%1$s/refuse"}]
          discord_configs: [{webhook_url: "%1$s/hook/discord", title: "T {{ .Status }}"}]
        """
            .formatted(host));
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            "files: {alertmanager: alertmanager.yml}\nheartbeat: {url: '%s/beat/secret-id'}\n"
                .formatted(host));
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

  private static void context(String path, BlockingQueue<String> queue, int status) {
    receiver.createContext(
        path,
        exchange -> {
          queue.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  @AfterAll
  static void stop() {
    platform.close();
    receiver.stop(0);
  }

  private static Client.Reply post(String what, String body) throws Exception {
    return client(ListenerName.WEB)
        .post(
            "/api/platform/notifications/" + what,
            "application/json",
            body.getBytes(StandardCharsets.UTF_8));
  }

  private static Client client(ListenerName name) {
    return new Client(platform.address(name));
  }

  private static JsonNode ask(String what, String body) throws Exception {
    Client.Reply reply = post(what, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return JSON.readTree(reply.text());
  }

  private static void assertRefused(String what, String body, String message) throws Exception {
    Client.Reply reply = post(what, body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains(message);
  }

  @Test
  void sendsASampleToEveryIntegrationAndTellsHowItWent() throws Exception {
    JsonNode sent = ask("test", "{\"receiver\":\"team\"}");
    assertThat(sent.get("delivered").asBoolean()).isFalse();
    assertThat(sent.at("/integrations/0/integration").asText()).isEqualTo("team/webhook[0]");
    assertThat(sent.at("/integrations/0/delivered").asBoolean()).isTrue();
    assertThat(sent.at("/integrations/0/exchanges/0/payload").asText()).contains("TestAlert");
    assertThat(sent.at("/integrations/1/error").asText()).isEqualTo("unexpected status code 401");
    assertThat(sent.at("/integrations/1/reason").asText()).isEqualTo("authError");
    assertThat(sent.at("/integrations/2/exchanges/0/request").asText())
        .isEqualTo("POST " + host + "/<secret>");
    assertThat(received.poll(5, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void sendsGivenAlertsByAGivenConfiguration() throws Exception {
    ObjectNode body = JSON.createObjectNode();
    body.put("receiver", "mine");
    body.put(
        "configuration",
        "route: {receiver: mine}\nreceivers: [{name: mine, discord_configs: [{webhook_url: '%s/hook', title: '{{ .GroupLabels.job }} {{ .Status }}'}]}]"
            .formatted(host));
    body.set("groupLabels", JSON.createObjectNode().put("job", "api"));
    body.set(
        "alerts",
        JSON.readTree(
            "[{\"labels\":{\"alertname\":\"X\"},\"startsAt\":\"2024-01-01T00:00:00Z\",\"endsAt\":\"2024-01-02T00:00:00Z\"}]"));
    JsonNode sent = ask("test", body.toString());
    assertThat(sent.get("delivered").asBoolean()).as(sent.toString()).isTrue();
    assertThat(sent.at("/integrations/0/exchanges/0/payload").asText())
        .contains("\"title\":\"api resolved\"");
  }

  @Test
  void refusesConfigurationsThatNameFilesAndThoseThatAreWrong() throws Exception {
    assertRefused(
        "test",
        "{\"receiver\":\"a\",\"configuration\":\"route: {receiver: a}\\nreceivers: [{name: a,"
            + " webhook_configs: [{url_file: /etc/passwd}]}]\"}",
        "receivers[0].webhook_configs[0].url_file: setting url_file is not allowed");
    assertRefused("test", "{\"receiver\":\"a\",\"configuration\":\"receivers: []\"}", "no route");
    assertRefused("test", "{\"receiver\":\"nobody\"}", "there is no receiver 'nobody', only team");
    assertRefused("test", "{\"receiver\":\"team\",\"alert\":[]}", "the field 'alert' is not known");
    assertRefused("test", "[]", "the body must be a JSON object");
    assertRefused(
        "test",
        "{\"receiver\":\"team\",\"alerts\":[]}",
        "a notification tells of 1 to 1000 alerts");
  }

  @Test
  void previewsATemplateAndSaysWhereItFails() throws Exception {
    assertThat(
            ask("preview", "{\"template\":\"{{ .Status }} {{ .CommonLabels.alertname }}\"}")
                .get("text")
                .asText())
        .isEqualTo("firing TestAlert");
    JsonNode failed = ask("preview", "{\"template\":\"line one\\n{{ .Nope }}\"}").get("error");
    assertThat(failed.get("line").asInt()).isEqualTo(2);
    assertThat(failed.get("column").asInt()).isPositive();
    assertThat(failed.get("message").asText()).contains("Nope");
  }

  @Test
  void previewsAReceiversFieldAndWhatItWouldSend() throws Exception {
    assertThat(
            ask("preview", "{\"receiver\":\"team\",\"field\":\"discord_configs[0].title\"}")
                .get("text")
                .asText())
        .isEqualTo("T firing");
    JsonNode previewed = ask("preview", "{\"receiver\":\"team\"}");
    assertThat(previewed.at("/integrations/2/exchanges/0/payload").asText())
        .contains("\"title\":\"T firing\"");
    assertRefused(
        "preview",
        "{\"receiver\":\"team\",\"field\":\"webhook_configs[0].url\"}",
        "may hold a secret");
  }

  @Test
  void previewsAlertsThatAreThereNow() throws Exception {
    assertRefused(
        "preview",
        "{\"template\":\"x\",\"currentAlerts\":[\"alertname=Nothing\"]}",
        "a notification tells of 1 to 1000 alerts, got 0");
    client(ListenerName.ALERTMANAGER)
        .post(
            "/api/v2/alerts",
            "application/json",
            "[{\"labels\":{\"alertname\":\"Now\"}}]".getBytes(StandardCharsets.UTF_8));
    assertThat(
            ask(
                    "preview",
                    "{\"template\":\"{{ len .Alerts.Firing }} {{ .GroupLabels.alertname"
                        + " }}\",\"currentAlerts\":[\"alertname=Now\"]}")
                .get("text")
                .asText())
        .isEqualTo("1 Now");
  }

  @Test
  void beatsAndShowsItOnTheStatusPage() throws Exception {
    String beat = beats.poll(20, TimeUnit.SECONDS);
    assertThat(beat).contains("\"alertname\":\"GhostworksHeartbeat\"");
    JsonNode heartbeat =
        JSON.readTree(client(ListenerName.WEB).get("/api/platform/status").text()).get("heartbeat");
    assertThat(heartbeat.get("target").asText()).isEqualTo(host);
    assertThat(heartbeat.get("failing").asBoolean()).isFalse();
    assertThat(heartbeat.toString()).doesNotContain("secret-id");
  }
}
