package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeChatTest {
  private final FakeService service = new FakeService();

  private static final Answer TOKEN = new Answer(200, "{\"access_token\":\"access+1\"}");
  private static final Answer OK = new Answer(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
  private static final String ENTRY =
      "{api_url: 'http://wx/cgi-bin', api_secret: 'secret&1', corp_id: 'c{{ .Status }}', message:"
          + " m, to_user: u, to_party: p, to_tag: t, agent_id: '1'}";

  @Test
  void asksForATokenAndSendsByIt() {
    service.answering(TOKEN, OK);
    Outcome outcome = service.tell(WeChat.KIND, ENTRY, notification(firing("a")));
    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo("GET http://wx/cgi-bin/gettoken?corpid=cfiring&corpsecret=secret%261 ");
    assertThat(service.said(1))
        .isEqualTo(
            "POST http://wx/cgi-bin/message/send?access_token=access%2B1"
                + " {\"text\":{\"content\":\"m\"},\"touser\":\"u\",\"toparty\":\"p\",\"totag\":\"t\",\"agentid\":\"1\",\"safe\":\"0\",\"msgtype\":\"text\",\"markdown\":{\"content\":\"\"}}\n");
    assertThat(outcome.exchanges().toString())
        .doesNotContain("access%2B1")
        .doesNotContain("access+1")
        .doesNotContain("secret%261");
  }

  @Test
  void keepsTheTokenForTwoHours() {
    service.answering(TOKEN, OK, OK, TOKEN, OK);
    Sender sender = service.sender(FakeService.read(WeChat.KIND, ENTRY, "{}"));
    for (int i = 0; i < 3; i++) {
      assertThat(sender.send(notification(firing("a")), ReceiverData.NONE, Duration.ofSeconds(5)))
          .isInstanceOf(Outcome.Delivered.class);
      service.time.advance(Duration.ofMinutes(61));
    }
    assertThat(service.requests)
        .extracting(HttpTransport.Request::method)
        .containsExactly("GET", "POST", "POST", "GET", "POST");
  }

  @Test
  void asksAnewWhenTheTokenHasExpired() {
    service.answering(
        TOKEN, new Answer(200, "{\"errcode\":42001,\"errmsg\":\"expired\"}"), TOKEN, OK);
    Sender sender = service.sender(FakeService.read(WeChat.KIND, ENTRY, "{}"));
    assertThat(sender.send(notification(firing("a")), ReceiverData.NONE, Duration.ofSeconds(5)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.retry()).isTrue());
    assertThat(sender.send(notification(firing("a")), ReceiverData.NONE, Duration.ofSeconds(5)))
        .isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void writesMarkdownAndTakesGlobalSettings() {
    service.answering(TOKEN, OK);
    service.tell(
        WeChat.KIND,
        "{message_type: markdown, message: m}",
        "{wechat_api_url: 'http://g/', wechat_api_secret: s, wechat_api_corp_id: c}",
        notification(firing("a")),
        ReceiverData.NONE);
    assertThat(service.said(0)).isEqualTo("GET http://g/gettoken?corpid=c&corpsecret=s ");
    assertThat(service.body(1))
        .isEqualTo(
            "{\"text\":{\"content\":\"\"},\"safe\":\"0\",\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"m\"}}\n");
  }

  @Test
  void triesAgainWhatMayHeal() {
    assertFailed(
        "invalid APISecret for CorpID: c{{ .Status }}",
        false,
        FailureReason.OTHER,
        new Answer(200, "{\"errcode\":40001}"));
    assertFailed(
        "unexpected status code 403", true, FailureReason.AUTH_ERROR, TOKEN, new Answer(403, ""));
    assertFailed(
        "no agent",
        false,
        FailureReason.OTHER,
        TOKEN,
        new Answer(200, "{\"errcode\":1,\"errmsg\":\"no agent\"}"));
    assertFailed(
        "Get \"<redacted>\": connection reset", true, FailureReason.OTHER, FakeService.BROKEN);
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(WeChat.KIND, "{corp_id: c}", "{}"))
        .singleElement()
        .asString()
        .contains("no global Wechat Api Secret set either inline or in a file");
    assertThat(mistakes(WeChat.KIND, "{api_secret: s}", "{}"))
        .singleElement()
        .asString()
        .contains("no global Wechat CorpID set");
    assertThat(mistakes(WeChat.KIND, "{api_secret: s, corp_id: c, message_type: html}", "{}"))
        .singleElement()
        .asString()
        .contains("must be one of text, markdown");
    assertThat(mistakes(WeChat.KIND, "{api_secret: s, api_secret_file: f, corp_id: c}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of api_secret & api_secret_file must be configured");
  }

  private void assertFailed(String error, boolean retry, FailureReason reason, Answer... answers) {
    service.answering(answers);
    assertThat(service.tell(WeChat.KIND, ENTRY, notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
