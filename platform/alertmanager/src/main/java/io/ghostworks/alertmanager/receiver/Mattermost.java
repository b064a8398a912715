package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A channel of Mattermost by its webhook ({@code notify/mattermost}).
 *
 * @param own the attachment that is sent where no {@code attachments} are given; its text stands
 *     above the given ones otherwise
 * @param card of the properties; "" for none
 */
record Mattermost(
    boolean sendResolved,
    CredentialSource webhookUrl,
    String channel,
    String username,
    String iconUrl,
    String iconEmoji,
    String type,
    Attachment own,
    List<Attachment> attachments,
    String card,
    Priority priority,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("mattermost_configs", Mattermost::read);

  /** An attachment; templates. */
  record Attachment(
      String fallback,
      String color,
      String pretext,
      String text,
      String authorName,
      String authorLink,
      String authorIcon,
      String title,
      String titleLink,
      List<Field> fields,
      String thumbUrl,
      String footer,
      String footerIcon,
      String imageUrl) {
    Attachment {
      fields = List.copyOf(fields);
    }
  }

  /** A field of an attachment; templates. */
  record Field(String title, String value, Optional<Boolean> isShort) {}

  /**
   * How urgent a message is.
   *
   * @param level a template; "" for no priority
   */
  record Priority(String level, boolean requestedAck, boolean persistentNotifications) {}

  Mattermost {
    attachments = List.copyOf(attachments);
  }

  private static Mattermost read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    Mattermost read =
        new Mattermost(
            fields.sendResolved(true),
            fields.secretUrl(
                "webhook_url",
                "mattermost_webhook_url",
                "missing webhook_url or webhook_url_file on mattermost_config"),
            fields.text("channel", ""),
            fields.text("username", template("username")),
            fields.text("icon_url", ""),
            fields.text("icon_emoji", ""),
            fields.text("type", ""),
            attachment(map, Mattermost::template),
            map.maps("attachments").stream().map(Mattermost::attachment).toList(),
            card(map.mapOrEmpty("props")),
            priority(map.mapOrEmpty("priority")),
            fields.http());
    fields.end();
    return read;
  }

  private static Attachment attachment(ConfigMap map) {
    Attachment read = attachment(map, name -> "");
    map.rejectUnknownKeys();
    return read;
  }

  /** What stands for a missing template. */
  @FunctionalInterface
  private interface Defaults {
    String of(String name);
  }

  private static Attachment attachment(ConfigMap map, Defaults defaults) {
    return new Attachment(
        map.string("fallback", defaults.of("fallback")),
        map.string("color", defaults.of("color")),
        map.string("pretext", ""),
        map.string("text", defaults.of("text")),
        map.string("author_name", ""),
        map.string("author_link", ""),
        map.string("author_icon", ""),
        map.string("title", defaults.of("title")),
        map.string("title_link", defaults.of("titlelink")),
        fields(map),
        map.string("thumb_url", ""),
        map.string("footer", ""),
        map.string("footer_icon", ""),
        map.string("image_url", ""));
  }

  private static List<Field> fields(ConfigMap map) {
    List<Field> fields = new ArrayList<>();
    for (ConfigMap each : map.maps("fields")) {
      Field field =
          new Field(each.string("title", ""), each.string("value", ""), each.findBool("short"));
      if (field.title.isEmpty()) {
        each.error("missing title in Mattermost field configuration", "");
      }
      if (field.value.isEmpty()) {
        each.error("missing value in Mattermost field configuration", "");
      }
      each.rejectUnknownKeys();
      fields.add(field);
    }
    return fields;
  }

  private static String card(ConfigMap props) {
    String card = props.string("card", "");
    props.rejectUnknownKeys();
    return card;
  }

  private static Priority priority(ConfigMap map) {
    Priority priority =
        new Priority(
            map.string("priority", ""),
            map.bool("requested_ack", false),
            map.bool("persistent_notifications", false));
    map.rejectUnknownKeys();
    return priority;
  }

  private static String template(String name) {
    return "{{ template \"mattermost.default.%s\" . }}".formatted(name);
  }

  @Override
  public String kind() {
    return "mattermost";
  }

  @Override
  public String target() {
    return Targets.secretUrl(webhookUrl) + (channel.isEmpty() ? "" : " " + channel);
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new MattermostScript(this));
  }
}
