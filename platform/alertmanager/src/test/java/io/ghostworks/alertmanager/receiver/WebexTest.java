package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import org.junit.jupiter.api.Test;

class WebexTest {
  private final FakeService service = new FakeService();

  private static final String HTTP = "http_config: {authorization: {credentials: token}}";

  @Test
  void postsMarkdownToARoom() {
    service.tell(
        Webex.KIND,
        "{api_url: 'http://webex/v1/messages', room_id: 'r{{ .Status }}', message: '**x**', "
            + HTTP
            + "}",
        notification(firing("a")));
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://webex/v1/messages {\"markdown\":\"**x**\",\"roomId\":\"rfiring\"}\n");
    assertThat(service.settings.getFirst().authorization().orElseThrow().type())
        .isEqualTo("Bearer");
  }

  @Test
  void cutsMessagesByTheirBytes() {
    service.tell(
        Webex.KIND,
        "{room_id: r, message: '" + "é".repeat(4000) + "', " + HTTP + "}",
        notification(firing("a")));
    assertThat(service.said(0))
        .isEqualTo(
            "POST https://webexapis.com/v1/messages {\"markdown\":\""
                + "é".repeat(3718)
                + "…\",\"roomId\":\"r\"}\n");
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
    assertThat(mistakes(Webex.KIND, "{" + HTTP + "}", "{}"))
        .singleElement()
        .asString()
        .contains("missing room_id on webex_config");
    assertThat(mistakes(Webex.KIND, "{room_id: r}", "{}"))
        .singleElement()
        .asString()
        .contains("missing webex_configs.http_config.authorization");
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(service.tell(Webex.KIND, "{room_id: r, " + HTTP + "}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
