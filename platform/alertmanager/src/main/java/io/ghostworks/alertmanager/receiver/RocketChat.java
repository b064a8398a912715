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
 * A channel of Rocket.Chat ({@code notify/rocketchat}).
 *
 * @param shortFields of fields that do not say it themselves
 */
record RocketChat(
    boolean sendResolved,
    String apiUrl,
    CredentialSource tokenId,
    CredentialSource token,
    String channel,
    Look look,
    List<Field> fields,
    boolean shortFields,
    List<Action> actions,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("rocketchat_configs", RocketChat::read);

  private static final String API = "https://open.rocket.chat/";

  /** The templates of a message. */
  record Look(
      String color,
      String title,
      String titleLink,
      String text,
      String emoji,
      String iconUrl,
      String imageUrl,
      String thumbUrl) {}

  /** A field of the message; templates. */
  record Field(String title, String value, Optional<Boolean> isShort) {}

  /** A button; templates. */
  record Action(String text, String url, String message) {}

  RocketChat {
    fields = List.copyOf(fields);
    actions = List.copyOf(actions);
  }

  private static RocketChat read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    map.bool("link_names", false); // read there and used nowhere
    RocketChat read =
        new RocketChat(
            fields.sendResolved(false),
            fields.url("api_url", "rocketchat_api_url", API),
            fields.secret(
                "token_id",
                "rocketchat_token_id",
                "no global Rocketchat TokenID set either inline or in a file"),
            fields.secret(
                "token",
                "rocketchat_token",
                "no global Rocketchat Token set either inline or in a file"),
            fields.text("channel", ""),
            look(fields),
            fields(map),
            map.bool("short_fields", false),
            actions(map),
            fields.http());
    fields.end();
    return read;
  }

  private static Look look(ReceiverFields fields) {
    return new Look(
        fields.text("color", "{{ if eq .Status \"firing\" }}red{{ else }}green{{ end }}"),
        fields.text("title", template("title")),
        fields.text("title_link", template("titlelink")),
        fields.text("text", template("text")),
        fields.text("emoji", template("emoji")),
        fields.text("icon_url", template("iconurl")),
        fields.text("image_url", ""),
        fields.text("thumb_url", ""));
  }

  private static String template(String name) {
    return "{{ template \"rocketchat.default.%s\" . }}".formatted(name);
  }

  private static List<Field> fields(ConfigMap map) {
    List<Field> fields = new ArrayList<>();
    for (ConfigMap each : map.maps("fields")) {
      fields.add(
          new Field(each.string("title", ""), each.string("value", ""), each.findBool("short")));
      each.rejectUnknownKeys();
    }
    return fields;
  }

  /** Every action is a button with a text, URL or message; other keys are read and not used. */
  private static List<Action> actions(ConfigMap map) {
    List<Action> actions = new ArrayList<>();
    for (ConfigMap each : map.maps("actions")) {
      actions.add(
          new Action(each.string("text", ""), each.string("url", ""), each.string("msg", "")));
      each.know(
          "type",
          "imageurl",
          "iswebview",
          "webviewheightratio",
          "msginchatwindow",
          "msgprocessingtype");
      each.rejectUnknownKeys();
    }
    return actions;
  }

  @Override
  public String kind() {
    return "rocketchat";
  }

  @Override
  public String target() {
    return Targets.url(apiUrl) + (channel.isEmpty() ? "" : " " + channel);
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new RocketChatScript(this));
  }
}
