package io.ghostworks.alertmanager.receiver;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.Secret;
import io.ghostworks.wire.client.ClientSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads entries of {@code slack_configs}: of addresses and tokens the nearest one counts. */
final class SlackReader {
  private static final String POST_MESSAGE = "https://slack.com/api/chat.postMessage";

  /** The keys whose default is the template {@code slack.default.…}, by the template's name. */
  private static final Map<String, String> WITH_TEMPLATE =
      Map.ofEntries(
          Map.entry("color", "color"),
          Map.entry("username", "username"),
          Map.entry("title", "title"),
          Map.entry("title_link", "titlelink"),
          Map.entry("icon_emoji", "iconemoji"),
          Map.entry("icon_url", "iconurl"),
          Map.entry("pretext", "pretext"),
          Map.entry("text", "text"),
          Map.entry("fallback", "fallback"),
          Map.entry("callback_id", "callbackid"),
          Map.entry("footer", "footer"));

  private static final List<String> WITHOUT_TEMPLATE =
      List.of("channel", "message_text", "image_url", "thumb_url");

  private static final List<String> MARKDOWN_IN = List.of("fallback", "pretext", "text");

  private final ConfigMap map;
  private final ConfigMap global;
  private final ReceiverFields fields;

  private SlackReader(ConfigMap map, ConfigMap global) {
    this.map = map;
    this.global = global;
    this.fields = new ReceiverFields(map, global);
  }

  static Slack read(ConfigMap map, ConfigMap global) {
    return new SlackReader(map, global).read();
  }

  private Slack read() {
    Optional<CredentialSource> ownUrl = fields.secret("api_url");
    String appUrl = fields.url("app_url", "slack_app_url", POST_MESSAGE);
    fields.url("api_url", "", "");
    Optional<CredentialSource> token = token(ownUrl);
    Optional<CredentialSource> url =
        token.isPresent()
            ? Optional.of(new CredentialSource.Inline(Secret.of(appUrl)))
            : ownUrl.or(() -> fields.globalSecret("slack_api_url"));
    if (url.isEmpty()) {
      map.error("no Slack API URL nor App token set either inline or in a file", "");
    }
    boolean update = map.bool("update_message", false);
    if (update && !map.string("api_url", "").equals(POST_MESSAGE)) {
      map.error(
          "update_message",
          "can only be used with bot tokens. api_url must be set to " + POST_MESSAGE,
          "");
    }
    List<String> markdownIn = map.strings("mrkdwn_in");
    Slack slack =
        new Slack(
            fields.sendResolved(false),
            url.orElse(CredentialSource.NONE),
            texts(),
            slackFields(),
            actions(),
            map.bool("link_names", false),
            markdownIn.isEmpty() ? MARKDOWN_IN : markdownIn,
            update,
            fields.timeout(),
            http(token));
    fields.end();
    return slack;
  }

  /** The token to send with: the global one only where the entry has no way in of its own. */
  private Optional<CredentialSource> token(Optional<CredentialSource> ownUrl) {
    Optional<CredentialSource> own = fields.secret("app_token");
    if (own.isPresent() && ownUrl.isPresent()) {
      map.error(
          "at most one of api_url/api_url_file & app_token/app_token_file must be configured", "");
    }
    boolean authorized = map.mapOrEmpty("http_config").has("authorization");
    boolean ownInlineUrl = ReceiverFields.isFilled(map, "api_url");
    return own.or(() ->
        authorized || ownInlineUrl ? Optional.empty() : fields.globalSecret("slack_app_token"));
  }

  private ClientSettings http(Optional<CredentialSource> token) {
    ClientSettings http = fields.http();
    if (token.isEmpty()) {
      return http;
    }
    if (map.map("http_config").orElse(global.mapOrEmpty("http_config")).has("authorization")) {
      map.error("http authorization can't be set when using Slack App tokens", "");
    }
    return http.withBearer(token.get());
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    WITH_TEMPLATE.forEach((key, name) ->
        texts.put(key, fields.text(key, "{{ template \"slack.default." + name + "\" . }}")));
    WITHOUT_TEMPLATE.forEach(key -> texts.put(key, fields.text(key, "")));
    return texts;
  }

  private List<Slack.Field> slackFields() {
    boolean shortFields = map.bool("short_fields", false);
    List<Slack.Field> all = new ArrayList<>();
    for (ConfigMap field : map.maps("fields")) {
      all.add(
          new Slack.Field(
              required(field, "title", "field"),
              required(field, "value", "field"),
              field.bool("short", shortFields)));
      field.rejectUnknownKeys();
    }
    return all;
  }

  private List<Slack.Action> actions() {
    List<Slack.Action> all = new ArrayList<>();
    for (ConfigMap action : map.maps("actions")) {
      String type = required(action, "type", "action");
      String text = required(action, "text", "action");
      String url = action.string("url", "");
      String style = action.string("style", "");
      String name = action.string("name", "");
      String value = action.string("value", "");
      Optional<Slack.Confirmation> confirm = action.map("confirm").map(SlackReader::confirmation);
      if (url.isEmpty() && name.isEmpty()) {
        action.error("missing name or url in Slack action configuration", "");
      }
      action.rejectUnknownKeys();
      all.add(
          url.isEmpty()
              ? new Slack.Action(type, text, "", style, name, value, confirm.orElse(null))
              : new Slack.Action(type, text, url, style, "", "", null));
    }
    return all;
  }

  private static Slack.Confirmation confirmation(ConfigMap map) {
    Slack.Confirmation confirmation =
        new Slack.Confirmation(
            map.string("title", ""),
            required(map, "text", "confirmation"),
            map.string("ok_text", ""),
            map.string("dismiss_text", ""));
    map.rejectUnknownKeys();
    return confirmation;
  }

  private static String required(ConfigMap map, String key, String what) {
    String text = map.string(key, "");
    if (text.isEmpty()) {
      map.error("missing %s in Slack %s configuration".formatted(key, what), "");
    }
    return text;
  }
}
