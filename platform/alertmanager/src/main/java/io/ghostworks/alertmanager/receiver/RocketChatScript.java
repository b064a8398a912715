package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.Truncation;
import io.ghostworks.template.GoStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Posts a message with one attachment by Rocket.Chat's {@code chat.postMessage}. */
record RocketChatScript(RocketChat config) implements HttpSender.Script {

  private static final int TITLE_RUNES_MAX = 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    RocketChat.Look look = config.look();
    JsonStruct attachment = attachment(talk, look);
    String channel = talk.text(config.channel());
    JsonStruct body =
        new JsonStruct()
            .putUnlessEmpty("channel", channel)
            .putUnlessEmpty("emoji", talk.text(look.emoji()))
            .putUnlessEmpty("avatar", talk.text(look.iconUrl()))
            .put("attachments", List.of(attachment));
    HttpTransport.Answer answer =
        talk.sendJson(
            "POST",
            ServiceUrls.joined(config.apiUrl(), "api/v1/chat.postMessage"),
            Map.of(
                "X-Auth-Token", talk.secret(config.token()),
                "X-User-Id", talk.secret(config.tokenId())),
            body);
    try {
      RetryRules.DEFAULT.check(answer);
      check(answer.body());
    } catch (NotifyException e) {
      throw e.within("channel " + GoStrings.quote(channel));
    }
  }

  private JsonStruct attachment(ServiceTalk talk, RocketChat.Look look) throws NotifyException {
    return new JsonStruct()
        .putUnlessEmpty("title", Truncation.inRunes(talk.text(look.title()), TITLE_RUNES_MAX))
        .putUnlessEmpty("title_link", talk.text(look.titleLink()))
        .putUnlessEmpty("text", talk.text(look.text()))
        .putUnlessEmpty("image_url", talk.text(look.imageUrl()))
        .putUnlessEmpty("thumb_url", talk.text(look.thumbUrl()))
        .putUnlessEmpty("color", talk.text(look.color()))
        .putUnlessEmpty("fields", fields(talk))
        .putUnlessEmpty("actions", actions(talk));
  }

  private List<JsonStruct> fields(ServiceTalk talk) throws NotifyException {
    List<JsonStruct> fields = new ArrayList<>();
    for (RocketChat.Field field : config.fields()) {
      fields.add(
          new JsonStruct()
              .put("short", field.isShort().orElse(config.shortFields()))
              .putUnlessEmpty("title", talk.text(field.title()))
              .putUnlessEmpty("value", talk.text(field.value())));
    }
    return fields;
  }

  private List<JsonStruct> actions(ServiceTalk talk) throws NotifyException {
    List<JsonStruct> actions = new ArrayList<>();
    for (RocketChat.Action action : config.actions()) {
      actions.add(
          new JsonStruct()
              .put("type", "button")
              .putUnlessEmpty("text", talk.text(action.text()))
              .putUnlessEmpty("url", talk.text(action.url()))
              .put("is_webview", false)
              .putUnlessEmpty("msg", talk.text(action.message()))
              .put("msg_in_chat_window", false));
    }
    return actions;
  }

  /** An answer may say with status code 200 that it failed. */
  private static void check(String body) throws NotifyException {
    JsonNode read;
    try {
      read = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new NotifyException(
          "could not unmarshal JSON response %s: %s"
              .formatted(GoStrings.quote(body), e.getOriginalMessage()),
          true,
          FailureReason.CLIENT_ERROR);
    }
    if (!read.path("success").asBoolean()) {
      throw new NotifyException(
          "error response from Rocketchat: " + read.path("error").asText(),
          false,
          FailureReason.CLIENT_ERROR);
    }
  }
}
