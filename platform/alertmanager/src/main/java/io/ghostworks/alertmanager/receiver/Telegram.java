package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.Truncation;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.template.GoStrings;
import io.ghostworks.wire.client.ClientSettings;
import java.io.IOException;
import java.util.List;

/**
 * A chat of Telegram by a bot (Alertmanager's {@code notify/telegram}, which sends by telebot).
 * Every failure is tried again, as there.
 *
 * @param chatId a whole number
 * @param messageThreadId 0 for none
 * @param parseMode {@code HTML}, {@code Markdown}, {@code MarkdownV2} or ""
 */
record Telegram(
    boolean sendResolved,
    String apiUrl,
    CredentialSource botToken,
    CredentialSource chatId,
    long messageThreadId,
    String message,
    boolean disableNotifications,
    String parseMode,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("telegram_configs", Telegram::read);

  private static final String API = "https://api.telegram.org";

  private static final int MESSAGE_RUNES_MAX = 4096;

  /** In the place of a page that is too long: what is cut would not be well formed. */
  private static final String TOO_LONG =
      "Alertmanager notification could not be sent: message length exceeds Telegram limits.\n"
          + "\t\t\tPlease check the template used for producing the message content.";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Telegram read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    Telegram read =
        new Telegram(
            fields.sendResolved(true),
            fields.url("api_url", "telegram_api_url", API),
            fields.secret(
                "bot_token",
                "telegram_bot_token",
                "missing bot_token or bot_token_file on telegram_config"),
            chatId(map, fields),
            map.integer("message_thread_id", 0, Long.MIN_VALUE, Long.MAX_VALUE),
            fields.text("message", "{{ template \"telegram.default.message\" . }}"),
            map.bool("disable_notifications", false),
            map.has("parse_mode")
                ? map.oneOf("parse_mode", "HTML", List.of("", "Markdown", "MarkdownV2", "HTML"))
                : fields.text("parse_mode", "HTML"),
            fields.http());
    fields.end();
    return read;
  }

  private static CredentialSource chatId(ConfigMap map, ReceiverFields fields) {
    boolean zero =
        map.findInteger("chat_id", Long.MIN_VALUE, Long.MAX_VALUE).filter(id -> id != 0).isEmpty();
    if (zero && map.string("chat_id_file", "").isEmpty()) {
      map.error("missing chat_id or chat_id_file on telegram_config", "");
    }
    return fields.secret("chat_id").orElse(CredentialSource.NONE);
  }

  @Override
  public String kind() {
    return "telegram";
  }

  @Override
  public String target() {
    return switch (chatId) {
      case CredentialSource.Inline inline -> "chat " + inline.read().reveal();
      case CredentialSource.FromFile file -> "as " + file.file() + " says";
    };
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, this::tell);
  }

  private void tell(ServiceTalk talk) throws NotifyException {
    String text = text(talk);
    JsonStruct body;
    String token;
    try {
      token = talk.secret(botToken);
      body = new JsonStruct().put("chat_id", chat());
    } catch (NotifyException e) {
      throw e.withRetry();
    }
    if (disableNotifications) {
      body.put("disable_notification", "true");
    }
    body.put("disable_web_page_preview", "true");
    if (messageThreadId != 0) {
      body.put("message_thread_id", Long.toString(messageThreadId));
    }
    body.putUnlessEmpty("parse_mode", parseMode).put("text", text);
    check(talk.postJson(apiUrl + "/bot" + token + "/sendMessage", body));
  }

  private String text(ServiceTalk talk) throws NotifyException {
    if (!parseMode.equals("HTML")) {
      return Truncation.inRunes(talk.text(message), MESSAGE_RUNES_MAX);
    }
    String page = talk.html(message);
    return page.codePointCount(0, page.length()) > MESSAGE_RUNES_MAX ? TOO_LONG : page;
  }

  private String chat() throws NotifyException {
    String text = "";
    try {
      text = chatId.read().reveal();
      return Long.toString(Long.parseLong(text));
    } catch (IOException e) {
      throw new NotifyException(
          "could not read chat_id_file: " + e.getMessage(), true, FailureReason.OTHER);
    } catch (NumberFormatException e) {
      throw new NotifyException(
          "could not parse chat_id: must be a whole number, got " + GoStrings.quote(text),
          true,
          FailureReason.OTHER);
    }
  }

  /** Telegram says in the answer itself how it went. */
  private static void check(HttpTransport.Answer answer) throws NotifyException {
    JsonNode read;
    try {
      read = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new NotifyException(
          "telebot: the answer with status code %d is no JSON".formatted(answer.status()),
          true,
          FailureReason.OTHER);
    }
    if (!read.path("ok").asBoolean()) {
      int code = read.path("error_code").asInt();
      throw new NotifyException(
          "telegram: %s (%d)".formatted(read.path("description").asText(), code),
          true,
          FailureReason.ofStatus(code));
    }
  }
}
