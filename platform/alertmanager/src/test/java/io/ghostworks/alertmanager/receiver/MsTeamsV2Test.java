package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import org.junit.jupiter.api.Test;

class MsTeamsV2Test {
  private final FakeService service = new FakeService();

  @Test
  void postsAnAdaptiveCard() {
    service.tell(
        MsTeamsV2.KIND,
        "{webhook_url: 'http://teams/flow?sig=1', title: 't {{ .Status }}', text: x}",
        notification(firing("a")));
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://teams/flow?sig=1"
                + " {\"type\":\"message\",\"attachments\":[{\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"contentUrl\":null,"
                + "\"content\":{\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\",\"type\":\"AdaptiveCard\",\"version\":\"1.2\",\"body\":["
                + "{\"type\":\"TextBlock\",\"text\":\"t"
                + " firing\",\"weight\":\"Bolder\",\"size\":\"Medium\",\"wrap\":true,\"style\":\"heading\",\"color\":\"Attention\"},{\"type\":\"TextBlock\",\"text\":\"x\",\"wrap\":true}],\"msteams\":{\"width\":\"full\"}}}]}\n");
  }

  @Test
  void isGoodWhenAllHasResolved() {
    service.tell(MsTeamsV2.KIND, "{webhook_url: 'http://teams/hook'}", notification(resolved("a")));
    assertThat(service.body(0)).contains("\"color\":\"Good\"").contains("# Alerts Resolved:");
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
  void goesThroughTheGlobalProxyAlsoWithSettingsOfItsOwn() {
    String global = "{http_config: {proxy_url: 'http://proxy:1'}}";
    for (String own : new String[] {"", ", http_config: {follow_redirects: false}"}) {
      service.tell(
          MsTeamsV2.KIND,
          "{webhook_url: 'http://teams/hook'" + own + "}",
          global,
          notification(firing("a")),
          ReceiverData.NONE);
    }
    assertThat(service.settings)
        .allSatisfy(
            settings -> assertThat(settings.proxy().url().reveal()).isEqualTo("http://proxy:1"));
    assertThat(service.settings.getLast().followRedirects()).isFalse();
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(MsTeamsV2.KIND, "{}", "{}"))
        .singleElement()
        .asString()
        .contains("one of webhook_url or webhook_url_file must be configured");
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(
            service.tell(MsTeamsV2.KIND, "{webhook_url: 'http://d/x'}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
