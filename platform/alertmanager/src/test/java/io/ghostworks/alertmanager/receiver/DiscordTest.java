package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import org.junit.jupiter.api.Test;

class DiscordTest {
  private final FakeService service = new FakeService();

  @Test
  void postsAnEmbed() {
    assertThat(
            service.tell(
                Discord.KIND,
                "{webhook_url: 'http://discord/api/webhooks/1/x', content: 'c {{ .Status }}',"
                    + " title: '<t>', message: 'm', username: 'u {{ .Status }}', avatar_url:"
                    + " 'http://a/b'}",
                notification(firing("a"), resolved("b"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://discord/api/webhooks/1/x {\"content\":\"c"
                + " firing\",\"embeds\":[{\"title\":\"\\u003ct\\u003e\",\"description\":\"m\",\"color\":10038562}],\"username\":\"u"
                + " {{ .Status }}\",\"avatar_url\":\"http://a/b\"}\n");
    assertThat(service.requests.getFirst().header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void isGreenWhenAllHasResolvedAndCutsWhatIsTooLong() {
    service.tell(
        Discord.KIND,
        "{webhook_url: 'http://d/x', title: '"
            + "t".repeat(300)
            + "', message: '"
            + "é".repeat(5000)
            + "', content: '"
            + "c".repeat(2001)
            + "', avatar_url: ': no'}",
        notification(resolved("a")));
    assertThat(service.body(0))
        .isEqualTo(
            "{\"content\":\""
                + "c".repeat(1999)
                + "…\",\"embeds\":[{\"title\":\""
                + "t".repeat(255)
                + "…\",\"description\":\""
                + "é".repeat(4095)
                + "…\",\"color\":3066993}]}\n");
  }

  @Test
  void hasAlertmanagersTexts() {
    service.tell(Discord.KIND, "{webhook_url: 'http://d/x'}", notification(firing("a")));
    assertThat(service.body(0))
        .contains("\"title\":\"[FIRING:1] Down (a critical)\"")
        .contains("Alerts Firing:\\nLabels:\\n - alertname = Down\\n");
  }

  @Test
  void triesAgainWhatMayHeal() {
    assertFailed(
        new Answer(400, "bad"),
        "unexpected status code 400: bad",
        false,
        FailureReason.CLIENT_ERROR);
    assertFailed(
        new Answer(429, ""), "unexpected status code 429", false, FailureReason.RATE_LIMITED);
    assertFailed(
        new Answer(503, "busy"),
        "unexpected status code 503: busy",
        true,
        FailureReason.SERVER_ERROR);
    assertFailed(
        FakeService.BROKEN, "Post \"<redacted>\": connection reset", true, FailureReason.OTHER);
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(Discord.KIND, "{}", "{}"))
        .singleElement()
        .asString()
        .contains("one of webhook_url or webhook_url_file must be configured");
    assertThat(mistakes(Discord.KIND, "{webhook_url: 'http://x', webhook_url_file: y}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of webhook_url & webhook_url_file must be configured");
    assertThat(mistakes(Discord.KIND, "{webhook_url: 'ftp://x'}", "{}"))
        .singleElement()
        .asString()
        .contains("unsupported scheme");
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(service.tell(Discord.KIND, "{webhook_url: 'http://d/x'}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
