package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelegramTest {
  private final FakeService service = new FakeService();

  private static final Answer OK = new Answer(200, "{\"ok\":true,\"result\":{\"message_id\":1}}");

  @Test
  void sendsAMessageByABot() {
    service.answering(OK);
    assertThat(
            service.tell(
                Telegram.KIND,
                "{api_url: 'http://tg', bot_token: '1:secret', chat_id: -100, message_thread_id: 7,"
                    + " disable_notifications: true, message: '<b>{{ .CommonAnnotations.summary"
                    + " }}</b>'}",
                notification(firing("a"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://tg/bot1:secret/sendMessage"
                + " {\"chat_id\":\"-100\",\"disable_notification\":\"true\",\"disable_web_page_preview\":\"true\",\"message_thread_id\":\"7\",\"parse_mode\":\"HTML\",\"text\":\"\\u003cb\\u003ea"
                + " is \\u0026lt;down\\u0026gt; \\u0026amp; out\\u003c/b\\u003e\"}\n");
  }

  @Test
  void readsTokenAndChatFromFilesAndTakesTheGlobalToken(@TempDir Path folder) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "2:x\n");
    Path chat = Files.writeString(folder.resolve("chat"), " 55\n");
    service.answering(OK, OK);
    service.tell(
        Telegram.KIND,
        "{bot_token_file: '%s', chat_id_file: '%s', parse_mode: '', message: 'a<b'}"
            .formatted(token, chat),
        notification(firing("a")));
    service.tell(
        Telegram.KIND,
        "{chat_id: 5, parse_mode: MarkdownV2, message: m}",
        "{telegram_bot_token: '3:y', telegram_api_url: 'http://mine'}",
        notification(firing("a")),
        ReceiverData.NONE);
    assertThat(service.said(0))
        .isEqualTo(
            "POST https://api.telegram.org/bot2:x/sendMessage"
                + " {\"chat_id\":\"55\",\"disable_web_page_preview\":\"true\",\"text\":\"a\\u003cb\"}\n");
    assertThat(service.said(1))
        .startsWith("POST http://mine/bot3:y/sendMessage")
        .contains("\"parse_mode\":\"MarkdownV2\"");
  }

  @Test
  void keepsNoTokenInWhatIsKept() {
    service.answering(OK);
    Outcome outcome =
        service.tell(
            Telegram.KIND, "{bot_token: '1:secret', chat_id: 1}", notification(firing("a")));
    assertThat(outcome.exchanges().getFirst().request())
        .isEqualTo("POST https://api.telegram.org/bot<secret>/sendMessage");
  }

  @Test
  void cutsTextsAndReplacesPagesThatAreTooLong() {
    service.answering(OK, OK);
    String entry = "{bot_token: t, chat_id: 1, message: '" + "x".repeat(5000) + "'";
    service.tell(Telegram.KIND, entry + ", parse_mode: Markdown}", notification(firing("a")));
    service.tell(Telegram.KIND, entry + "}", notification(firing("a")));
    assertThat(service.body(0)).contains("\"text\":\"" + "x".repeat(4095) + "…\"");
    assertThat(service.body(1))
        .contains(
            "\"text\":\"Alertmanager notification could not be sent: message length exceeds"
                + " Telegram limits.\\n\\t\\t\\tPlease check the template");
  }

  @Test
  void triesEverythingAgain() {
    assertFailed(
        new Answer(
            400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: no chat\"}"),
        "telegram: Bad Request: no chat (400)",
        true,
        FailureReason.CLIENT_ERROR);
    assertFailed(
        new Answer(
            429,
            "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 5\","
                + "\"parameters\":{\"retry_after\":5}}"),
        "telegram: Too Many Requests: retry after 5 (429)",
        true,
        FailureReason.RATE_LIMITED);
    assertFailed(
        new Answer(502, "<html>"),
        "telebot: the answer with status code 502 is no JSON",
        true,
        FailureReason.OTHER);
    assertFailed(
        FakeService.BROKEN, "Post \"<redacted>\": connection reset", true, FailureReason.OTHER);
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(Telegram.KIND, "{chat_id: 1}", "{}"))
        .singleElement()
        .asString()
        .contains("missing bot_token or bot_token_file on telegram_config");
    assertThat(mistakes(Telegram.KIND, "{bot_token: x}", "{}"))
        .singleElement()
        .asString()
        .contains("missing chat_id or chat_id_file on telegram_config");
    assertThat(mistakes(Telegram.KIND, "{bot_token: x, bot_token_file: y, chat_id: 1}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of bot_token & bot_token_file must be configured");
    assertThat(mistakes(Telegram.KIND, "{bot_token: x, chat_id: 1, chat_id_file: y}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of chat_id & chat_id_file must be configured");
    assertThat(mistakes(Telegram.KIND, "{bot_token: x, chat_id: 1, parse_mode: html}", "{}"))
        .singleElement()
        .asString()
        .contains("must be one of Markdown, MarkdownV2, HTML");
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(service.tell(Telegram.KIND, "{bot_token: x, chat_id: 1}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
