package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.Exchange;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
  private final FakeService service = new FakeService();

  @Test
  void postsTheMessageInTheBytesOfGo() {
    Outcome outcome =
        service.tell(
            Webhook.KIND, "{url: 'http://hook/x'}", notification(firing("a"), resolved("b")));
    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://hook/x {\"receiver\":\"team\",\"status\":\"firing\",\"alerts\":["
                + "{\"status\":\"firing\",\"labels\":{\"alertname\":\"Down\",\"instance\":\"a\",\"severity\":\"critical\"},\"annotations\":{\"summary\":\"a"
                + " is \\u003cdown\\u003e \\u0026 out\"},"
                + "\"startsAt\":\"2023-11-14T22:13:20Z\",\"endsAt\":\"0001-01-01T00:00:00Z\","
                + "\"generatorURL\":\"http://prom/graph?g0.expr=up\\u0026x=1\",\"fingerprint\":\"55dbe9f10d24a0f6\"},"
                + "{\"status\":\"resolved\",\"labels\":{\"alertname\":\"Down\",\"instance\":\"b\",\"severity\":\"critical\"},\"annotations\":{\"summary\":\"b"
                + " is \\u003cdown\\u003e \\u0026 out\"},"
                + "\"startsAt\":\"2023-11-14T22:13:20Z\",\"endsAt\":\"2023-11-14T22:14:20Z\","
                + "\"generatorURL\":\"http://prom/graph?g0.expr=up\\u0026x=1\",\"fingerprint\":\"e0dcfd82e8249379\"}],\"notification_reason\":\"first"
                + " notification\",\"groupLabels\":{\"alertname\":\"Down\"},\"commonLabels\":{\"alertname\":\"Down\",\"severity\":\"critical\"},\"commonAnnotations\":{},\"routeLabels\":{},\"externalURL\":\"http://am\",\"version\":\"4\",\"groupKey\":\"{}:{alertname=\\\"Down\\\"}\",\"truncatedAlerts\":0}\n");
    assertThat(service.requests.getFirst().header("Content-Type")).isEqualTo("application/json");
    assertThat(service.requests.getFirst().header("User-Agent")).startsWith("Alertmanager/0.34");
  }

  @Test
  void refusesAHostThatCannotBeAsked() {
    assertThat(mistakes(Webhook.KIND, "{url: 'http://alert_hook:8080/'}", "{}").toString())
        .contains("no underscore");
    assertThat(mistakes(Webhook.KIND, "{url: 'http://alert-hook:8080/'}", "{}")).isEmpty();
  }

  @Test
  void leavesOutAlertsBeyondTheMost() {
    service.tell(
        Webhook.KIND,
        "{url: 'http://hook/x', max_alerts: 1}",
        notification(resolved("a"), firing("b"), firing("c")));
    assertThat(service.body(0))
        .contains("\"truncatedAlerts\":2")
        .contains("\"status\":\"resolved\"")
        .doesNotContain("\"instance\":\"b\"");
  }

  @Test
  void rendersTheUrlAndReadsItFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("url"), " http://hook/{{ .Status }}\n");
    service.tell(
        Webhook.KIND, "{url: 'http://h/{{ .GroupLabels.alertname }}'}", notification(firing("a")));
    service.tell(Webhook.KIND, "{url_file: '" + file + "'}", notification(firing("a")));
    assertThat(service.requests)
        .extracting(request -> request.uri().toString())
        .containsExactly("http://h/Down", "http://hook/firing");
    assertThat(service.tell(Webhook.KIND, "{url: '{{ .GroupLabels.no }}'}", notification()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo("webhook URL is empty after templating");
              assertThat(failed.retry()).isFalse();
            });
  }

  @Test
  void sendsAPayloadOfItsOwn() {
    service.tell(
        Webhook.KIND,
        """
        url: http://hook/
        payload:
          '{{ .Receiver }}': '{{ .Status }}: now'
          text: 'a {{ .Status }}'
          alerts: '{{ .Alerts | toJson }}'
          nothing: '{{ .GroupLabels.none }}'
          on: x
          list: [1, 2.50, yes, null, '7', '{{ len .Alerts }}']
        """,
        notification(firing("a")));
    assertThat(service.body(0))
        .startsWith("{\"alerts\":[{\"annotations\":{\"summary\":")
        .endsWith(
            "\"list\":[1,2.5,true,null,7,1],\"nothing\":null,\"team\":{\"firing\":\"now\"},\"text\":\"a"
                + " firing\"}\n");
  }

  @Test
  void triesAgainWhatMayHeal() {
    assertFailed(
        new Answer(400, "bad"),
        "unexpected status code 400: bad",
        false,
        FailureReason.CLIENT_ERROR);
    assertFailed(
        new Answer(401, ""), "unexpected status code 401", false, FailureReason.AUTH_ERROR);
    assertFailed(
        new Answer(429, ""), "unexpected status code 429", false, FailureReason.RATE_LIMITED);
    assertFailed(
        new Answer(503, "busy"),
        "unexpected status code 503: busy",
        true,
        FailureReason.SERVER_ERROR);
    assertFailed(
        FakeService.BROKEN, "Post \"<redacted>\": connection reset", true, FailureReason.OTHER);
    assertFailed(
        FakeService.TIMEOUT,
        "Post \"<redacted>\": context deadline exceeded: configured webhook timeout reached (2s)",
        true,
        FailureReason.CONTEXT_DEADLINE_EXCEEDED);
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    Outcome outcome =
        service.tell(
            Webhook.KIND, "{url: 'http://hook/x', timeout: 2s}", notification(firing("a")));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }

  @Test
  void keepsWhatWasSaidWithoutTheAddress() {
    service.answering(new Answer(200, "thanks for /T0/secret-key"));
    Outcome outcome =
        service.tell(Webhook.KIND, "{url: 'http://hook/T0/secret-key?a=b'}", notification());
    assertThat(outcome.exchanges()).hasSize(1);
    Exchange exchange = outcome.exchanges().getFirst();
    assertThat(exchange.request()).isEqualTo("POST http://hook/<secret>");
    assertThat(exchange.payload()).startsWith("{\"receiver\":\"team\"");
    assertThat(exchange.status()).isEqualTo(200);
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(Webhook.KIND, "{}", "{}"))
        .singleElement()
        .asString()
        .contains("one of url or url_file must be configured");
    assertThat(mistakes(Webhook.KIND, "{url: 'http://x', url_file: y}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of url & url_file must be configured");
    assertThat(mistakes(Webhook.KIND, "{url: 'ftp://secret'}", "{}"))
        .singleElement()
        .asString()
        .contains("unsupported scheme")
        .doesNotContain("secret");
    assertThat(mistakes(Webhook.KIND, "{url: 'http://x', max_alert: 1}", "{}"))
        .singleElement()
        .asString()
        .contains("did you mean 'max_alerts'?");
  }
}
