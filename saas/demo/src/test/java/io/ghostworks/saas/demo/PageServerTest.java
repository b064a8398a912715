package io.ghostworks.saas.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageServerTest {
  private static final String NOTIFICATION =
      """
      {"version":"4","groupKey":"{}:{alertname=\\"HighErrorRate\\"}","truncatedAlerts":0,"status":"firing",
       "receiver":"demo","groupLabels":{"alertname":"HighErrorRate"},"commonLabels":{},"commonAnnotations":{},
       "externalURL":"http://localhost:9093","alerts":[{"status":"firing",
       "labels":{"alertname":"HighErrorRate","method":"GET"},"annotations":{"summary":"High error rate detected"},
       "startsAt":"2026-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"1"}]}
      """;

  private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private final FakeSwitch errors = new FakeSwitch();
  private final Notifications notifications = new Notifications(clock);
  private final HttpClient client = HttpClient.newHttpClient();
  private PageServer page;

  @BeforeEach
  void open() throws IOException {
    page =
        PageServer.open(
            0,
            new SwitchBoard(List.of(errors), clock),
            notifications,
            Map.of("Ghostworks", "http://localhost:3000"));
  }

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void servesThePage() throws Exception {
    HttpResponse<String> response = send("GET", "/", null, "application/json");
    assertThat(response.body()).contains("<title>Ghostworks demo</title>");
    assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
  }

  @Test
  void turnsASwitchAndSaysWhenItsAlertIsDue() throws Exception {
    assertThat(send("PUT", "/faults/errors", "{\"on\":true}", "application/json").statusCode())
        .isEqualTo(200);
    assertThat(errors.on).isTrue();
    JsonNode on = state().path("switches").path(0);
    assertThat(on.path("alert").asText()).isEqualTo("HighErrorRate");
    assertThat(on.path("dueFrom").asText()).isEqualTo("2026-01-01T00:02:50Z");
    assertThat(on.path("dueTo").asText()).isEqualTo("2026-01-01T00:03:50Z");
    send("PUT", "/faults/errors", "{\"on\":false}", "application/json");
    assertThat(errors.on).isFalse();
    assertThat(state().path("switches").path(0).path("onSince").isNull()).isTrue();
  }

  @Test
  void namesTheSwitchesWhereThereIsNoSuchOne() throws Exception {
    HttpResponse<String> response =
        send("PUT", "/faults/fire", "{\"on\":true}", "application/json");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("there are errors");
  }

  @Test
  void saysWhyASwitchCouldNotBeTurned() throws Exception {
    errors.failure = new IOException("the api is gone");
    HttpResponse<String> response =
        send("PUT", "/faults/errors", "{\"on\":true}", "application/json");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("the api is gone");
    assertThat(state().path("switches").path(0).path("onSince").isNull()).isTrue();
  }

  @Test
  void showsTheNotificationsItReceived() throws Exception {
    assertThat(send("POST", "/webhook", NOTIFICATION, "application/json").statusCode())
        .isEqualTo(200);
    JsonNode notification = state().path("notifications").path(0);
    assertThat(notification.path("status").asText()).isEqualTo("firing");
    assertThat(notification.path("alerts").path(0).path("labels").path("method").asText())
        .isEqualTo("GET");
  }

  @Test
  void keepsTheNewestNotifications() throws Exception {
    for (int i = 0; i < Notifications.KEPT_MAX + 5; i++) {
      notifications.receive(NOTIFICATION.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(notifications.newestFirst()).hasSize(Notifications.KEPT_MAX);
  }

  @Test
  void refusesWhatIsNoNotification() throws Exception {
    assertThat(send("POST", "/webhook", "{\"version\":\"3\"}", "application/json").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "/webhook", "no json", "application/json").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/webhook", " ".repeat((1 << 20) + 1), "application/json").statusCode())
        .isEqualTo(413);
  }

  @Test
  void refusesWhatAForeignWebPageCouldSend() throws Exception {
    assertThat(send("POST", "/webhook", NOTIFICATION, "text/plain").statusCode()).isEqualTo(415);
    assertThat(send("PUT", "/faults/errors", "{\"on\":true}", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(errors.on).isFalse();
  }

  @Test
  void refusesABodyThatIsNoSwitchPosition() throws Exception {
    assertThat(send("PUT", "/faults/errors", "{\"on\":1}", "application/json").statusCode())
        .isEqualTo(400);
    assertThat(send("PUT", "/faults/errors", "on", "application/json").statusCode()).isEqualTo(400);
  }

  private JsonNode state() throws Exception {
    return new ObjectMapper().readTree(send("GET", "/state", null, "application/json").body());
  }

  private HttpResponse<String> send(String method, String path, String body, String type)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path))
            .header("Content-Type", type)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static final class FakeSwitch implements Switch {
    private volatile boolean on;
    private volatile IOException failure;

    @Override
    public String name() {
      return "errors";
    }

    @Override
    public String description() {
      return "Requests fail.";
    }

    @Override
    public AlertDue due() {
      return new AlertDue(
          "HighErrorRate", Duration.ofSeconds(45), Duration.ofMinutes(2), Duration.ofMinutes(1));
    }

    @Override
    public void turn(boolean wanted) throws IOException {
      if (failure != null) {
        throw failure;
      }
      on = wanted;
    }
  }
}
