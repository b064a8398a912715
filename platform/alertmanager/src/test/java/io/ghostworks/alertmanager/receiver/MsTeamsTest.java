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

class MsTeamsTest {
  private final FakeService service = new FakeService();

  @Test
  void postsAMessageCard() {
    service.tell(
        MsTeams.KIND,
        "{webhook_url: 'http://teams/hook', title: t, summary: 's {{ .Status }}', text: '<b>'}",
        notification(firing("a")));
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://teams/hook"
                + " {\"@context\":\"http://schema.org/extensions\",\"type\":\"MessageCard\",\"title\":\"t\",\"summary\":\"s"
                + " firing\",\"text\":\"\\u003cb\\u003e\",\"themeColor\":\"8C1A1A\"}\n");
  }

  @Test
  void isGreenWhenAllHasResolved() {
    service.tell(MsTeams.KIND, "{webhook_url: 'http://teams/hook'}", notification(resolved("a")));
    assertThat(service.body(0))
        .contains("\"summary\":\"[RESOLVED] Down (a critical)\"")
        .contains("# Alerts Resolved:")
        .endsWith("\"themeColor\":\"2DC72D\"}\n");
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
    assertThat(mistakes(MsTeams.KIND, "{}", "{}"))
        .singleElement()
        .asString()
        .contains("one of webhook_url or webhook_url_file must be configured");
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(service.tell(MsTeams.KIND, "{webhook_url: 'http://d/x'}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
