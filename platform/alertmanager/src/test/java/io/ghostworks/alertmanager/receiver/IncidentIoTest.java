package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import io.ghostworks.state.ReceivedAlerts;
import org.junit.jupiter.api.Test;

class IncidentIoTest {
  private final FakeService service = new FakeService();

  private static final String ENTRY = "{url: 'http://incident/v2/1', alert_source_token: tok}";

  @Test
  void postsTheMessageWithItsToken() {
    assertThat(service.tell(IncidentIo.KIND, ENTRY, notification(firing("a"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .startsWith(
            "POST http://incident/v2/1 {\"receiver\":\"team\",\"status\":\"firing\",\"alerts\":[{")
        .endsWith(
            "\"externalURL\":\"http://am\",\"version\":\"1\",\"groupKey\":\"{}:{alertname=\\\"Down\\\"}\",\"truncatedAlerts\":0}\n");
    assertThat(service.requests.getFirst().header("Authorization")).isEqualTo("Bearer tok");
  }

  @Test
  void leavesOutAlertsBeyondTheMost() {
    service.tell(
        IncidentIo.KIND,
        "{url: 'http://i', max_alerts: 1, http_config: {authorization: {credentials: c}}}",
        notification(firing("a"), firing("b"), firing("c")));
    assertThat(service.body(0))
        .contains("\"truncatedAlerts\":2")
        .doesNotContain("\"instance\":\"b\"");
    assertThat(service.requests.getFirst().header("Authorization")).isEmpty();
    assertThat(service.settings.getFirst().authorization().orElseThrow().type())
        .isEqualTo("Bearer");
  }

  @Test
  void keepsTheFirstAlertOfAMessageThatIsTooLarge() {
    ReceivedAlerts.Row[] alerts = new ReceivedAlerts.Row[3000];
    for (int i = 0; i < alerts.length; i++) {
      alerts[i] = firing("instance-" + i);
    }
    service.tell(IncidentIo.KIND, ENTRY, notification(alerts));
    assertThat(service.body(0))
        .hasSizeLessThan(4096)
        .contains("instance-0")
        .doesNotContain("instance-1")
        .contains("\"truncatedAlerts\":0");
  }

  @Test
  void triesAgainWhatMayHeal() {
    assertFailed(
        new Answer(422, "{\"message\":\"m\",\"errors\":[\"a\",\"b\"],\"error\":\"e\"}"),
        "unexpected status code 422: m: e: a, b",
        false,
        FailureReason.CLIENT_ERROR);
    assertFailed(
        new Answer(429, "no json"), "unexpected status code 429", true, FailureReason.RATE_LIMITED);
    assertFailed(
        new Answer(500, ""), "unexpected status code 500", true, FailureReason.SERVER_ERROR);
    assertFailed(
        FakeService.BROKEN, "Post \"<redacted>\": connection reset", true, FailureReason.OTHER);
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(IncidentIo.KIND, "{alert_source_token: t}", "{}"))
        .singleElement()
        .asString()
        .contains("one of url or url_file must be configured");
    assertThat(
            mistakes(
                IncidentIo.KIND, "{url: 'http://i', url_file: f, alert_source_token: t}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of url & url_file must be configured");
    assertThat(
            mistakes(
                IncidentIo.KIND,
                "{url: 'http://i', alert_source_token: t, http_config: {bearer_token: b}}",
                "{}"))
        .singleElement()
        .asString()
        .contains(
            "cannot specify alert_source_token or alert_source_token_file when using"
                + " http_config.authorization");
    assertThat(
            mistakes(
                IncidentIo.KIND, "{url: 'http://i', http_config: {follow_redirects: false}}", "{}"))
        .singleElement()
        .asString()
        .contains(
            "at least one of alert_source_token, alert_source_token_file or"
                + " http_config.authorization must be configured");
  }

  @Test
  void acceptsAnEntryWithoutAnyAuthorizationAsAlertmanagerDoes() {
    assertThat(mistakes(IncidentIo.KIND, "{url: 'http://i'}", "{}")).isEmpty();
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(service.tell(IncidentIo.KIND, ENTRY, notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
