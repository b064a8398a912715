package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
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
            "{\"code\":415,\"message\":\"unsupported media type \\\"text/plain\\\", only"
                + " [application/json] are allowed\"}");
    assertThat(post("[]").status()).isEqualTo(200);
    assertThat(client().get("/api/v2/alerts?filter=" + encoded("{a=b}")).status()).isEqualTo(400);
    Client.Reply receiver = client().get("/api/v2/alerts/groups?receiver=" + encoded("("));
    assertThat(receiver.status()).isEqualTo(400);
    assertThat(receiver.text()).contains("failed to parse receiver param");
  }

  @Test
  void silencesHoldAlertsAndAreChangedAndEnded() throws Exception {
    assertThat(post("[{\"labels\":{\"alertname\":\"Held\",\"zone\":\"z1\"}}]").status())
        .isEqualTo(200);
    Client.Reply made = postSilence(silence("", "zone", "z[0-9]", true, 60));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    String id = JSON.readTree(made.text()).get("silenceID").asText();
    JsonNode alert = alerts("filter=" + encoded("zone=z1")).get(0);
    assertThat(alert.at("/status/state").asText()).isEqualTo("suppressed");
    assertThat(alert.at("/status/silencedBy/0").asText()).isEqualTo(id);
    assertThat(alerts("silenced=false&filter=" + encoded("zone=z1"))).isEmpty();
    assertThat(alerts("active=false&filter=" + encoded("zone=z1"))).hasSize(1);
    JsonNode silence = JSON.readTree(client().get("/api/v2/silence/" + id).text());
    assertThat(silence.at("/status/state").asText()).isEqualTo("active");
    assertThat(silence.at("/matchers/0").toString())
        .isEqualTo("{\"isEqual\":true,\"isRegex\":true,\"name\":\"zone\",\"value\":\"z[0-9]\"}");
    JsonNode why = why("label=alertname=Held&label=zone=z1");
    assertThat(why.get("told").asBoolean()).isFalse();
    assertThat(why.get("known").asBoolean()).isTrue();
    assertThat(why.at("/silencedBy/0/id").asText()).isEqualTo(id);
    assertThat(why.get("summary").asText())
        .startsWith("Not told: silenced by " + id + " {zone=~\"z[0-9]\"} until ");
    String other =
        JSON.readTree(postSilence(silence(id, "zone", "z2", false, 60)).text())
            .get("silenceID")
            .asText();
    assertThat(other).isNotEqualTo(id);
    assertThat(silences("expired=false&filter=" + encoded("zone=z2"))).hasSize(1);
    assertThat(silences("active=false&filter=" + encoded("zone=~\"z[0-9]\""))).hasSize(1);
    assertThat(alerts("filter=" + encoded("zone=z1")).get(0).at("/status/state").asText())
        .isEqualTo("active");
    Instant then = Instant.parse(silence.get("startsAt").asText()).plusMillis(1);
    assertThat(why("label=alertname=Held&label=zone=z1&at=" + then).at("/silencedBy/0/id").asText())
        .as("what held then is known still")
        .isEqualTo(id);
    JsonNode hourAgo = why("label=zone=z1&at=" + then.minusSeconds(3_600));
    assertThat(hourAgo.get("silencedBy")).isEmpty();
    assertThat(hourAgo.get("notes").get(1).asText()).contains("incidents that are kept");
    assertThat(why("fingerprint=" + alert.get("fingerprint").asText()).get("summary").asText())
        .isEqualTo("Told to hook.");
    assertThat(client().send("DELETE", "/api/v2/silence/" + other, new byte[0]).status())
        .isEqualTo(200);
    assertThat(silences("expired=false&filter=" + encoded("zone=z2"))).isEmpty();
  }

  @Test
  void refusesSilencesInAlertmanagersWords() throws Exception {
    assertThat(postSilence("{}").text())
        .isEqualTo("{\"code\":602,\"message\":\"comment in body is required\"}");
    assertThat(postSilence("").text())
        .isEqualTo("{\"code\":602,\"message\":\"silence in body is required\"}");
    assertThat(postSilence(silence("", "a", "b", false, -60)).text())
        .isEqualTo("\"Failed to create silence: start time must be before end time\"\n");
    Client.Reply regex = postSilence(silence("", "a", "(", true, 60));
    assertThat(regex.status()).isEqualTo(400);
    assertThat(JSON.readTree(regex.text()).asText())
        .startsWith(
            "invalid silence: invalid label matcher 0 in set 0: invalid regular expression \"(\":"
                + " error parsing regexp: missing closing )");
    Client.Reply unknown =
        postSilence(silence("00000000-0000-4000-8000-000000000000", "a", "b", false, 60));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).isEqualTo("\"silence not found\"\n");
    assertThat(client().get("/api/v2/silence/00000000-0000-4000-8000-000000000000").status())
        .isEqualTo(404);
    assertThat(client().get("/api/v2/silence/none").text())
        .isEqualTo(
            "{\"code\":601,\"message\":\"silenceID in path must be of type uuid: \\\"none\\\"\"}");
    Client.Reply method = client().send("PUT", "/api/v2/silences", new byte[0]);
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.text())
        .isEqualTo("{\"code\":405,\"message\":\"method PUT is not allowed, but [GET,POST] are\"}");
  }

  @Test
  void showsRecurringSilencesAsTheirNextOccurrence() throws Exception {
    String schedule = "ghostworks_schedule";
    String body =
        silence("", "zone", "night", false, 3_000_000)
            .replace(
                "\"comment\"",
                "\"annotations\":{\"%s\":\"[{years: ['2100:2110'], location: Europe/Berlin}]\"},\"comment\""
                    .formatted(schedule));
    assertThat(postSilence(body).text())
        .contains("the schedule has no time between now and the end");
    body =
        body.replace("years: ['2100:2110']", "times: [{start_time: '00:00', end_time: '24:00'}]");
    Client.Reply made = postSilence(body);
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    String id = JSON.readTree(made.text()).get("silenceID").asText();
    JsonNode shown = JSON.readTree(client().get("/api/v2/silence/" + id).text());
    assertThat(shown.at("/status/state").asText()).isEqualTo("active");
    assertThat(shown.get("annotations").get(schedule).asText()).contains("Europe/Berlin");
    String moved =
        shown.toString().replace(shown.get("endsAt").asText(), "2099-01-01T00:00:00.000Z");
    moved =
        moved.replaceFirst("(schedule_end\":\")2099[^\"]*", "$1" + shown.get("endsAt").asText());
    assertThat(postSilence(moved).text()).contains("the silence recurs: change its annotations");
    Client.Reply again = postSilence(shown.toString().replace("\"why\"", "\"other\""));
    assertThat(again.text()).contains(id);
    assertThat(JSON.readTree(client().get("/api/v2/silence/" + id).text()).get("comment").asText())
        .isEqualTo("other");
  }

  @Test
  void tenantsHaveTheirOwnAlertsSilencesAndConfiguration() throws Exception {
    String[] tenant = {"X-Scope-OrgID", "team-a"};
    byte[] alerts = "[{\"labels\":{\"alertname\":\"OfTeamA\"}}]".getBytes(StandardCharsets.UTF_8);
    assertThat(client().post("/api/v2/alerts", "application/json", alerts, tenant).status())
        .isEqualTo(200);
    assertThat(alerts("filter=alertname=OfTeamA")).isEmpty();
    JsonNode own = JSON.readTree(client().get("/api/v2/alerts", tenant).text());
    assertThat(own).hasSize(1);
    assertThat(own.at("/0/receivers/0/name").asText()).isEqualTo("nobody");
    assertThat(client().get("/api/v2/status", tenant).text())
        .contains("No configuration is set: alerts are kept and shown, and nobody is told.");
    Client web = new Client(platform.address(ListenerName.WEB));
    Client.Reply none = web.get("/api/v1/alerts", tenant);
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text()).isEqualTo("alertmanager storage object not found\n");
    Client.Reply file = configure(web, "{name: r, webhook_configs: [{url_file: /etc/passwd}]}");
    assertThat(file.status()).isEqualTo(400);
    assertThat(file.text())
        .startsWith("error validating Alertmanager config: ")
        .contains("setting url_file is not allowed");
    String url = "http://127.0.0.1:%d/hook".formatted(receiver.getAddress().getPort());
    Client.Reply set =
        configure(
            web,
            "{name: r, webhook_configs: [{url: '%s', payload: {told: '{{ template \"t\" . }}'}}]}"
                .formatted(url));
    assertThat(set.status()).as(set.text()).isEqualTo(201);
    for (String told = ""; !told.contains("team-a was told"); ) {
      told = String.valueOf(received.poll(20, TimeUnit.SECONDS));
      assertThat(told).isNotEqualTo("null");
    }
    assertThat(web.get("/api/v1/alerts", tenant).text())
        .startsWith("template_files:\n    \"t.tmpl\": ")
        .contains("alertmanager_config: ");
    assertThat(client().get("/api/v2/receivers", tenant).text()).contains("\"name\":\"r\"");
    assertThat(client().get("/api/v2/receivers").text()).doesNotContain("\"name\":\"r\"");
    assertThat(client().get("/api/v2/status", tenant).text()).doesNotContain(url);
    assertThat(web.get("/api/platform/alerts/configurations", tenant).text())
        .contains("\"version\":1");
    assertThat(web.send("DELETE", "/api/v1/alerts", new byte[0], tenant).status()).isEqualTo(200);
    assertThat(web.get("/api/v1/alerts", tenant).status()).isEqualTo(404);
    assertThat(web.send("DELETE", "/api/v1/alerts", new byte[0]).status()).isEqualTo(403);
    assertThat(web.get("/api/v1/alerts").text()).contains("<secret>").doesNotContain(url);
  }

  @Test
  void aTenantsConfigurationIsEditedWithoutItsSecrets() throws Exception {
    String[] tenant = {"X-Scope-OrgID", "team-b"};
    String path = "/api/platform/alerts/configuration";
    Client web = new Client(platform.address(ListenerName.WEB));
    assertThat(web.get(path, tenant).text()).contains("\"source\":\"none\"");
    assertThat(web.get(path).text()).contains("\"source\":\"file\"").contains("<secret>");
    String url = "http://127.0.0.1:1/hook"; // Nobody listens: other tests count what arrives.
    String first =
        "# ours\nroute: {receiver: r}\nreceivers: [{name: r, webhook_configs: [{url: '%s'}]}]"
            .formatted(url);
    assertThat(json(web, path, Map.of("configuration", first, "version", 0), tenant).status())
        .isEqualTo(204);
    String shown = web.get(path, tenant).text();
    assertThat(shown)
        .contains("\"source\":\"stored\",\"version\":1")
        .contains("# ours\\nroute")
        .contains("url: \\\"<secret>\\\"")
        .doesNotContain(url);
    String text = JSON.readTree(shown).path("configuration").asText();
    assertThat(json(web, path, Map.of("configuration", text, "version", 0), tenant).status())
        .isEqualTo(409);
    String wrong = text + "\ninhibit_rules: [{source_matchers: ['a=']}, {odd: 1}]";
    JsonNode mistakes =
        JSON.readTree(json(web, path + "/check", Map.of("configuration", wrong), tenant).text())
            .path("mistakes");
    assertThat(mistakes.path(0).path("line").asInt()).isEqualTo(4);
    String other =
        text.replace("receiver: r", "receiver: s").replace("[{name", "[{name: s}, {name");
    assertThat(
            client()
                .post(
                    "/api/v2/alerts",
                    "application/json",
                    "[{\"labels\":{\"alertname\":\"OfTeamB\"}}]".getBytes(StandardCharsets.UTF_8),
                    tenant)
                .status())
        .isEqualTo(200);
    JsonNode checked =
        JSON.readTree(json(web, path + "/check", Map.of("configuration", other), tenant).text());
    assertThat(checked.path("mistakes")).isEmpty();
    assertThat(checked.at("/changes/0/before/0/receiver").asText()).isEqualTo("r");
    assertThat(checked.at("/changes/0/after/0/receiver").asText()).isEqualTo("s");
    JsonNode sent =
        JSON.readTree(
            json(
                    web,
                    "/api/platform/notifications/test",
                    Map.of("receiver", "r", "configuration", other),
                    tenant)
                .text());
    assertThat(sent.at("/integrations/0/target").asText()).isEqualTo(url);
    assertThat(sent.at("/integrations/0/error").asText()).isNotEmpty();
    assertThat(
            json(
                    web,
                    "/api/platform/notifications/preview",
                    Map.of("template", "{{ .Receiver }}", "receiver", "r"),
                    tenant)
                .text())
        .isEqualTo("{\"text\":\"r\"}");
    assertThat(json(web, path, Map.of("configuration", other, "version", 1), tenant).status())
        .isEqualTo(204);
    assertThat(web.get("/api/v1/alerts", tenant).text()).contains(url);
    assertThat(web.get("/api/platform/alerts/configurations", tenant).text())
        .contains("\"version\":2")
        .doesNotContain(url);
    assertThat(
            web.post(
                    "/api/platform/alerts/configurations/restore?version=1",
                    "text/plain",
                    new byte[0],
                    tenant)
                .status())
        .isEqualTo(204);
    assertThat(client().get("/api/v2/receivers", tenant).text()).doesNotContain("\"name\":\"s\"");
    assertThat(json(web, path, Map.of("configuration", text)).status()).isEqualTo(403);
  }

  private static Client.Reply json(Client web, String path, Object body, String... headers)
      throws IOException {
    return web.post(path, "application/json", JSON.writeValueAsBytes(body), headers);
  }

  private static Client.Reply configure(Client web, String receiver) {
    String body =
        """
        template_files:
          t.tmpl: '{{ define "t" }}team-a was told{{ end }}'
        alertmanager_config: |
          templates: [t.tmpl]
          route: {receiver: r, group_wait: 0s, group_interval: 1s}
          receivers: [%s]
        """
            .formatted(receiver);
    return web.post(
        "/api/v1/alerts",
        "application/yaml",
        body.getBytes(StandardCharsets.UTF_8),
        "X-Scope-OrgID",
        "team-a");
  }

  @Test
  void answersTheProcessPathsOfAlertmanager() {
    assertThat(client().get("/-/healthy").text()).isEqualTo("OK");
    assertThat(client().get("/-/ready").text()).isEqualTo("OK");
    assertThat(client().get("/metrics").text()).contains("alertmanager_silences{state=\"active\"}");
    Client.Reply v1 = client().get("/api/v1/status");
    assertThat(v1.status()).isEqualTo(410);
    assertThat(v1.text())
        .startsWith("{\"status\":\"deprecated\",\"error\":\"The Alertmanager v1 API was");
    assertThat(client().send("POST", "/-/reload", new byte[0]).status()).isEqualTo(200);
    Client web = new Client(platform.address(ListenerName.WEB));
    assertThat(web.get("/alertmanager/-/ready").text()).isEqualTo("OK");
    assertThat(web.get("/api/v2/status").status()).isEqualTo(404);
    assertThat(client().get("/alertmanager/api/v2/status").status()).isEqualTo(404);
  }

  @Test
  void leadsFromAlertmanagersPageToTheWebApplication() {
    Client web = new Client(platform.address(ListenerName.WEB));
    for (Client.Reply page :
        new Client.Reply[] {
          client().get("/"), web.get("/alertmanager/"), web.get("/alertmanager")
        }) {
      assertThat(page.status()).isEqualTo(302);
      assertThat(page.header("location")).endsWith("/alerting/alertmanager");
    }
  }

  @Test
  void showsTheTreeOfRoutesAndTheQueuesOfReceivers() throws Exception {
    Client web = new Client(platform.address(ListenerName.WEB));
    JsonNode routing = JSON.readTree(web.get("/api/platform/alerts/routing").text());
    assertThat(routing.get("configured").asBoolean()).isTrue();
    assertThat(routing.at("/route/receiver").asText()).isEqualTo("hook");
    assertThat(routing.at("/route/integrations/0").asText()).isEqualTo("hook/webhook[0]");
    assertThat(routing.at("/route/groupInterval").asText()).isEqualTo("1s");
    assertThat(web.get("/api/platform/alerts/routing?at=then").status()).isEqualTo(400);
    JsonNode queues = JSON.readTree(web.get("/api/platform/notifications/queues").text());
    assertThat(queues.at("/queues/0/name").asText()).isEqualTo("hook/webhook[0]");
    assertThat(queues.at("/queues/0/circuitOpen").asBoolean()).isFalse();
    assertThat(queues.at("/limits/receiverPerMinute").asInt()).isEqualTo(120);
    JsonNode nobody =
        JSON.readTree(
            web.get("/api/platform/alerts/routing", "X-Scope-OrgID", "without-alerts").text());
    assertThat(nobody.get("configured").asBoolean()).isFalse();
  }

  private static String silence(
      String id, String label, String value, boolean regex, long endsInSeconds) {
    Instant now = Instant.now();
    return "{\"id\":\"%s\",\"matchers\":[{\"name\":\"%s\",\"value\":\"%s\",\"isRegex\":%s}],\"startsAt\":\"%s\",\"endsAt\":\"%s\",\"createdBy\":\"me\",\"comment\":\"why\"}"
        .formatted(id, label, value, regex, now, now.plusSeconds(endsInSeconds));
  }

  private static Client.Reply postSilence(String body) {
    return client()
        .post("/api/v2/silences", "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode silences(String query) throws Exception {
    return JSON.readTree(client().get("/api/v2/silences?" + query).text());
  }

  private static JsonNode why(String query) throws Exception {
    Client.Reply reply =
        new Client(platform.address(ListenerName.WEB)).get("/api/platform/alerts/why?" + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return JSON.readTree(reply.text());
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
