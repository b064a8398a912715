package io.ghostworks.alertmanager.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ghostworks.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PostedAlertsTest {

  @Test
  void readsWhatPrometheusSends() throws Exception {
    String body =
        """
        [{"annotations":{"summary":"bad"},"endsAt":"2024-03-01T10:04:00.000Z",
          "startsAt":"2024-03-01T11:00:00.123+01:00",
          "generatorURL":"http://prometheus:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1",
          "labels":{"alertname":"Down","empty":"","ünï.cöde":"x"},"other":[1]},
         {"labels":{}}]
        """;
    var alerts = PostedAlerts.read(body.getBytes(StandardCharsets.UTF_8));
    assertThat(alerts).hasSize(2);
    PostedAlerts.Posted first = alerts.getFirst();
    assertThat(first.labels()).isEqualTo(Labels.of("alertname", "Down", "ünï.cöde", "x"));
    assertThat(first.startsAt()).isEqualTo(Instant.parse("2024-03-01T10:00:00.123Z"));
    assertThat(first.endsAt()).isEqualTo(Instant.parse("2024-03-01T10:04:00Z"));
    assertThat(first.generatorUrl()).endsWith("&g0.tab=1");
    assertThat(alerts.getLast().labels().isEmpty()).isTrue();
    assertThat(alerts.getLast().startsAt()).isNull();
  }

  @Test
  void takesTheTimesThatTheApiTakes() throws Exception {
    assertThat(startsAt("2024-03-01T10:00:00Z")).isEqualTo("2024-03-01T10:00:00Z");
    assertThat(startsAt("2024-03-01T10:00:00+0200")).isEqualTo("2024-03-01T08:00:00Z");
    assertThat(startsAt("2024-03-01 10:00:00")).isEqualTo("2024-03-01T10:00:00Z");
    assertThat(startsAt("2024-03-01T10:00")).isEqualTo("2024-03-01T10:00:00Z");
    assertThat(startsAt("")).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(startsAt("0001-01-01T00:00:00.000Z")).isNull();
  }

  @Test
  void tellsWhatIsWrongInTheWordsOfTheApi() {
    refused("", 422, 602, "alerts in body is required");
    refused("[{}]", 422, 602, "0.labels in body is required");
    refused(
        "[{\"labels\":{\"a\":\"b\"},\"generatorURL\":\"nowhere\"}]",
        422,
        601,
        "0.generatorURL in body must be of type uri: \"nowhere\"");
    refused("[{\"labels\":{\"a\":1}}]", 400, 400, "0.labels.a must be a string, got a number");
    refused("{\"labels\":{}}", 400, 400, "must be a list of alerts, got an object");
    refused("[1]", 400, 400, "alert 0 must be an object");
    refused("[{\"labels\":{},\"endsAt\":\"soon\"}]", 400, 400, "0.endsAt must be a time");
    refused("[{", 400, 400, "parsing alerts body from \"\" failed, because");
    refused("[] []", 400, 400, "failed, because");
    refused("[".repeat(5_000), 400, 400, "failed, because");
    StringBuilder labels = new StringBuilder("\"a0\":\"\"");
    for (int i = 1; i <= PostedAlerts.LABELS_MAX; i++) {
      labels.append(",\"a").append(i).append("\":\"x\"");
    }
    refused("[{\"labels\":{" + labels + "}}]", 400, 400, "at most 1000 entries, got 1001");
  }

  private static String startsAt(String text) throws Exception {
    String body = "[{\"labels\":{},\"startsAt\":\"" + text + "\"}]";
    Instant time = PostedAlerts.read(body.getBytes(StandardCharsets.UTF_8)).getFirst().startsAt();
    return time == null ? null : time.toString();
  }

  private static void refused(String body, int status, int code, String message) {
    MalformedBodyException refusal =
        catchThrowableOfType(
            MalformedBodyException.class,
            () -> PostedAlerts.read(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(refusal).as(body).isNotNull().hasMessageContaining(message);
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.code()).isEqualTo(code);
  }
}
