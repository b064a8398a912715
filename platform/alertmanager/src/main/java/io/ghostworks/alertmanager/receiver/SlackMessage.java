package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.Truncation;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's form of a notification. A template that fails makes its text and those after it empty,
 * and the message is sent all the same, as Alertmanager does. Used once.
 */
final class SlackMessage {
  private static final Logger log = LoggerFactory.getLogger(SlackMessage.class);

  /** Source: the service's reference of attachments. */
  private static final int TITLE_RUNES_MAX = 1024;

  private final Slack config;
  private final ServiceTalk talk;
  private boolean broken;

  SlackMessage(Slack config, ServiceTalk talk) {
    this.config = config;
    this.talk = talk;
  }

  /** The text of the template under a key. */
  String text(String key) {
    return render(config.template(key));
  }

  /** The attachment; the fields are rendered in the order in which they fail. */
  JsonStruct attachment() {
    String title = Truncation.inRunes(text("title"), TITLE_RUNES_MAX);
    String titleLink = text("title_link");
    String pretext = text("pretext");
    String text = text("text");
    String fallback = text("fallback");
    String callbackId = text("callback_id");
    String imageUrl = text("image_url");
    String thumbUrl = text("thumb_url");
    String footer = text("footer");
    String color = text("color");
    return new JsonStruct()
        .putUnlessEmpty("title", title)
        .putUnlessEmpty("title_link", titleLink)
        .putUnlessEmpty("pretext", pretext)
        .put("text", text)
        .put("fallback", fallback)
        .put("callback_id", callbackId)
        .putUnlessEmpty("fields", fields())
        .putUnlessEmpty("actions", config.actions().stream().map(this::action).toList())
        .putUnlessEmpty("image_url", imageUrl)
        .putUnlessEmpty("thumb_url", thumbUrl)
        .put("footer", footer)
        .putUnlessEmpty("color", color)
        .putUnlessEmpty("mrkdwn_in", config.markdownIn());
  }

  /** The message around an attachment. */
  JsonStruct around(JsonStruct attachment, String channel, String thread) {
    return new JsonStruct()
        .putUnlessEmpty("channel", channel)
        .putUnlessEmpty("ts", thread)
        .putUnlessEmpty("username", text("username"))
        .putUnlessEmpty("icon_emoji", text("icon_emoji"))
        .putUnlessEmpty("icon_url", text("icon_url"))
        .putUnlessEmpty("link_names", config.linkNames())
        .putUnlessEmpty("text", text("message_text"))
        .put("attachments", List.of(attachment));
  }

  private List<JsonStruct> fields() {
    return config.fields().stream()
        .map(field ->
            new JsonStruct()
                .putUnlessEmpty("title", render(field.title()))
                .putUnlessEmpty("value", render(field.value()))
                .put("short", field.isShort()))
        .toList();
  }

  private JsonStruct action(Slack.Action action) {
    JsonStruct json =
        new JsonStruct()
            .putUnlessEmpty("type", render(action.type()))
            .putUnlessEmpty("text", render(action.text()))
            .putUnlessEmpty("url", render(action.url()))
            .putUnlessEmpty("style", render(action.style()))
            .putUnlessEmpty("name", render(action.name()))
            .putUnlessEmpty("value", render(action.value()));
    Slack.Confirmation confirm = action.confirm();
    return confirm == null
        ? json
        : json.put(
            "confirm",
            new JsonStruct()
                .putUnlessEmpty("text", render(confirm.text()))
                .putUnlessEmpty("title", render(confirm.title()))
                .putUnlessEmpty("ok_text", render(confirm.okText()))
                .putUnlessEmpty("dismiss_text", render(confirm.dismissText())));
  }

  private String render(String template) {
    if (broken) {
      return "";
    }
    try {
      return talk.text(template);
    } catch (NotifyException e) {
      broken = true;
      log.warn("a template for Slack fails, the message goes without: {}", e.getMessage());
      return "";
    }
  }
}
