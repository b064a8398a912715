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

class RocketChatTest {
  private final FakeService service = new FakeService();

  private static final Answer OK = new Answer(200, "{\"success\":true}");
  private static final String ENTRY =
      "{api_url: 'http://rocket/', token_id: id, token: tok, channel: '#ops'}";

  @Test
  void postsAMessageWithOneAttachment() {
    service.answering(OK);
    assertThat(
            service.tell(
                RocketChat.KIND,
                "{api_url: 'http://rocket/', token_id: id, token: tok, channel: '#{{ .Status }}',"
                    + " title: t, text: x, emoji: ':e:', icon_url: 'http://i', image_url:"
                    + " 'http://m', thumb_url: 'http://th', short_fields: true, fields: [{title: a,"
                    + " value: b}, {title: c, value: d, short: false}], actions: [{type: button,"
                    + " text: go, url: 'http://u'}, {text: say, msg: hi}]}",
                notification(firing("a"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://rocket/api/v1/chat.postMessage"
                + " {\"channel\":\"#firing\",\"emoji\":\":e:\",\"avatar\":\"http://i\",\"attachments\":[{"
                + "\"title\":\"t\",\"title_link\":\"http://am/#/alerts?receiver=team\",\"text\":\"x\",\"image_url\":\"http://m\",\"thumb_url\":\"http://th\",\"color\":\"red\",\"fields\":[{\"short\":true,\"title\":\"a\",\"value\":\"b\"},{\"short\":false,\"title\":\"c\",\"value\":\"d\"}],\"actions\":[{\"type\":\"button\",\"text\":\"go\",\"url\":\"http://u\",\"is_webview\":false,\"msg_in_chat_window\":false},{\"type\":\"button\",\"text\":\"say\",\"is_webview\":false,\"msg\":\"hi\",\"msg_in_chat_window\":false}]}]}\n");
    assertThat(service.requests.getFirst().header("X-Auth-Token")).isEqualTo("tok");
    assertThat(service.requests.getFirst().header("X-User-Id")).isEqualTo("id");
  }

  @Test
  void takesGlobalSettingsAndCutsTheTitle() {
    service.answering(OK);
    service.tell(
        RocketChat.KIND,
        "{title: '" + "t".repeat(1100) + "'}",
        "{rocketchat_api_url: 'http://g', rocketchat_token: t, rocketchat_token_id: i}",
        notification(resolved("a")),
        ReceiverData.NONE);
    assertThat(service.said(0))
        .startsWith("POST http://g/api/v1/chat.postMessage {\"attachments\":[{\"title\":\"ttt")
        .contains("t…\"")
        .contains("\"color\":\"green\"");
  }

  @Test
  void triesAgainWhatMayHeal() {
    assertFailed(
        new Answer(401, "who"),
        "channel \"#ops\": unexpected status code 401: who",
        false,
        FailureReason.AUTH_ERROR);
    assertFailed(
        new Answer(500, ""),
        "channel \"#ops\": unexpected status code 500",
        true,
        FailureReason.SERVER_ERROR);
    assertFailed(
        new Answer(200, "{\"success\":false,\"error\":\"no channel\"}"),
        "channel \"#ops\": error response from Rocketchat: no channel",
        false,
        FailureReason.CLIENT_ERROR);
    assertFailed(
        FakeService.BROKEN, "Post \"<redacted>\": connection reset", true, FailureReason.OTHER);
    service.answering(new Answer(200, "<html>"));
    assertThat(service.tell(RocketChat.KIND, ENTRY, notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error())
                  .startsWith("channel \"#ops\": could not unmarshal JSON response \"<html>\": ");
              assertThat(failed.retry()).isTrue();
            });
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(RocketChat.KIND, "{token: t}", "{}"))
        .singleElement()
        .asString()
        .contains("no global Rocketchat TokenID set either inline or in a file");
    assertThat(mistakes(RocketChat.KIND, "{token_id: t}", "{}"))
        .singleElement()
        .asString()
        .contains("no global Rocketchat Token set either inline or in a file");
    assertThat(mistakes(RocketChat.KIND, "{token_id: t, token: a, token_file: b}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of token & token_file must be configured");
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(service.tell(RocketChat.KIND, ENTRY, notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
