package io.ghostworks.alertmanager.receiver;

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
import java.util.Locale;
import java.util.Set;

/** Posts a message with its attachments. */
record MattermostScript(Mattermost config) implements HttpSender.Script {

  private static final int TEXT_RUNES_MAX = 16_383;
  private static final String URGENT = "urgent";
  private static final String STANDARD = "standard";
  private static final Set<String> PRIORITIES = Set.of(URGENT, "important", STANDARD);

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    String url = talk.secretUrl(config.webhookUrl());
    if (url.isEmpty()) {
      throw NotifyException.forGood("webhook url missing");
    }
    boolean several = !config.attachments().isEmpty();
    List<JsonStruct> attachments = new ArrayList<>();
    for (Mattermost.Attachment each : several ? config.attachments() : List.of(config.own())) {
      attachments.add(attachment(talk, each));
    }
    String channel = talk.text(config.channel());
    JsonStruct body =
        new JsonStruct()
            .putUnlessEmpty(
                "text",
                several ? Truncation.inRunes(talk.text(config.own().text()), TEXT_RUNES_MAX) : "")
            .putUnlessEmpty("channel", channel)
            .putUnlessEmpty("username", talk.text(config.username()))
            .putUnlessEmpty("icon_url", talk.text(config.iconUrl()))
            .putUnlessEmpty("icon_emoji", talk.text(config.iconEmoji()))
            .put("attachments", attachments)
            .putUnlessEmpty("type", talk.text(config.type()));
    if (!config.card().isEmpty()) {
      body.put("props", new JsonStruct().putUnlessEmpty("card", talk.text(config.card())));
    }
    if (!config.priority().level().isEmpty()) {
      body.put("priority", priority(talk, config.priority()));
    }
    HttpTransport.Answer answer = talk.postJson(url, body);
    try {
      RetryRules.DEFAULT.check(answer);
    } catch (NotifyException e) {
      throw e.within("channel " + GoStrings.quote(channel));
    }
  }

  private static JsonStruct attachment(ServiceTalk talk, Mattermost.Attachment given)
      throws NotifyException {
    return new JsonStruct()
        .putUnlessEmpty("fallback", talk.text(given.fallback()))
        .putUnlessEmpty("color", talk.text(given.color()))
        .putUnlessEmpty("pretext", talk.text(given.pretext()))
        .putUnlessEmpty("text", talk.text(given.text()))
        .putUnlessEmpty("author_name", talk.text(given.authorName()))
        .putUnlessEmpty("author_link", talk.text(given.authorLink()))
        .putUnlessEmpty("author_icon", talk.text(given.authorIcon()))
        .putUnlessEmpty("title", talk.text(given.title()))
        .putUnlessEmpty("title_link", talk.text(given.titleLink()))
        .putUnlessEmpty("fields", fields(talk, given.fields()))
        .putUnlessEmpty("thumb_url", talk.text(given.thumbUrl()))
        .putUnlessEmpty("footer", talk.text(given.footer()))
        .putUnlessEmpty("footer_icon", talk.text(given.footerIcon()))
        .putUnlessEmpty("image_url", talk.text(given.imageUrl()));
  }

  private static List<JsonStruct> fields(ServiceTalk talk, List<Mattermost.Field> given)
      throws NotifyException {
    List<JsonStruct> fields = new ArrayList<>();
    for (Mattermost.Field field : given) {
      JsonStruct written =
          new JsonStruct()
              .putUnlessEmpty("title", talk.text(field.title()))
              .putUnlessEmpty("value", talk.text(field.value()));
      field.isShort().ifPresent(isShort -> written.put("short", isShort));
      fields.add(written);
    }
    return fields;
  }

  /** Only what is urgent can insist, and what is standard needs no acknowledgement. */
  private static JsonStruct priority(ServiceTalk talk, Mattermost.Priority given)
      throws NotifyException {
    String level = talk.text(given.level()).toLowerCase(Locale.ROOT);
    if (!PRIORITIES.contains(level)) {
      level = STANDARD;
    }
    return new JsonStruct()
        .put("priority", level)
        .putUnlessEmpty("requested_ack", given.requestedAck() && !level.equals(STANDARD))
        .putUnlessEmpty(
            "persistent_notifications", given.persistentNotifications() && level.equals(URGENT));
  }
}
