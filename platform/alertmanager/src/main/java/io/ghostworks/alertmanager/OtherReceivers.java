package io.ghostworks.alertmanager;

import io.ghostworks.config.ConfigMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The kinds of receivers that Alertmanager has and this version does not tell: their keys and rules
 * ({@code notify/.../config.go}, {@code config/notifiers.go}), so that a file is checked whole.
 */
final class OtherReceivers {

  private static final Set<String> PARSE_MODES = Set.of("", "Markdown", "MarkdownV2", "HTML");

  private final ConfigMap global;
  private final Map<String, ReceiverShape> shapes;

  /**
   * @param global the file's global section, whose settings stand in for missing ones
   */
  OtherReceivers(ConfigMap global) {
    this.global = global;
    this.shapes =
        Map.ofEntries(
            Map.entry(
                "discord_configs",
                ReceiverShape.of(
                        "webhook_url webhook_url_file content title message username avatar_url")
                    .exactlyOne("webhook_url", "webhook_url_file")),
            Map.entry("incidentio_configs", incidentio()),
            Map.entry("pagerduty_configs", pagerduty()),
            Map.entry("slack_configs", slack()),
            Map.entry("opsgenie_configs", opsgenie()),
            Map.entry("wechat_configs", wechat()),
            Map.entry("pushover_configs", pushover()),
            Map.entry("victorops_configs", victorops()),
            Map.entry("sns_configs", sns()),
            Map.entry("telegram_configs", telegram()),
            Map.entry("webex_configs", webex()),
            Map.entry(
                "msteams_configs",
                ReceiverShape.of("webhook_url webhook_url_file title summary text")
                    .exactlyOne("webhook_url", "webhook_url_file")),
            Map.entry(
                "msteamsv2_configs",
                ReceiverShape.of("webhook_url webhook_url_file title text")
                    .exactlyOne("webhook_url", "webhook_url_file")),
            Map.entry("jira_configs", jira()),
            Map.entry("rocketchat_configs", rocketchat()),
            Map.entry("mattermost_configs", mattermost()));
  }

  /** Checks all such receivers of one receiver's section and says that they are not told. */
  void check(ConfigMap receiver) {
    shapes.forEach((key, shape) -> {
      receiver.maps(key).forEach(shape::check);
      receiver.unsupported(
          key,
          "receivers other than webhook_configs and email_configs are not told; use one of these");
    });
  }

  private boolean globally(String key) {
    return ReceiverShape.isFilled(global, key);
  }

  private ReceiverShape needsHereOrGlobally(
      ReceiverShape shape, String key, String globalKey, String message) {
    return shape.rule(map -> {
      boolean here = ReceiverShape.isFilled(map, key) || ReceiverShape.isFilled(map, key + "_file");
      if (!here && !globally(globalKey) && !globally(globalKey + "_file")) {
        map.error(message, "");
      }
    });
  }

  private static ReceiverShape incidentio() {
    return ReceiverShape.of(
            "url url_file alert_source_token alert_source_token_file max_alerts timeout")
        .exactlyOne("url", "url_file")
        .atMostOne("alert_source_token", "alert_source_token_file")
        .rule(map -> {
          boolean authorized = map.mapOrEmpty("http_config").has("authorization");
          boolean token =
              ReceiverShape.isFilled(map, "alert_source_token")
                  || ReceiverShape.isFilled(map, "alert_source_token_file");
          if (authorized == token) {
            map.error(
                "must have either alert_source_token, alert_source_token_file or http_config.authorization",
                "");
          }
        });
  }

  private static ReceiverShape pagerduty() {
    return ReceiverShape.of(
            "service_key service_key_file routing_key routing_key_file url client client_url"
                + " description details images links source severity class component group timeout")
        .atMostOne("routing_key", "routing_key_file")
        .atMostOne("service_key", "service_key_file")
        .rule(map -> {
          if (!ReceiverShape.isFilled(map, "routing_key")
              && !ReceiverShape.isFilled(map, "service_key")
              && !ReceiverShape.isFilled(map, "routing_key_file")
              && !ReceiverShape.isFilled(map, "service_key_file")) {
            map.error("missing service or routing key in PagerDuty config", "");
          }
        });
  }

  private ReceiverShape slack() {
    return ReceiverShape.of(
            "api_url api_url_file app_token app_token_file app_url channel username color title"
                + " title_link pretext text message_text fields short_fields footer fallback"
                + " callback_id icon_emoji icon_url image_url thumb_url link_names mrkdwn_in"
                + " actions update_message timeout")
        .atMostOne("api_url", "api_url_file")
        .atMostOne("app_token", "app_token_file")
        .rule(this::checkSlack);
  }

  private void checkSlack(ConfigMap map) {
    boolean url =
        ReceiverShape.isFilled(map, "api_url") || ReceiverShape.isFilled(map, "api_url_file");
    boolean token =
        ReceiverShape.isFilled(map, "app_token") || ReceiverShape.isFilled(map, "app_token_file");
    if (url && token) {
      map.error(
          "at most one of api_url/api_url_file & app_token/app_token_file must be configured", "");
    }
    if (!url
        && !token
        && !globally("slack_api_url")
        && !globally("slack_api_url_file")
        && !globally("slack_app_token")
        && !globally("slack_app_token_file")) {
      map.error("no Slack API URL nor App token set either inline or in a file", "");
    }
    if (map.bool("update_message", false)
        && !map.string("api_url", "").equals("https://slack.com/api/chat.postMessage")) {
      map.error(
          "update_message",
          "can only be used with bot tokens",
          "set api_url to https://slack.com/api/chat.postMessage");
    }
  }

  private ReceiverShape opsgenie() {
    ReceiverShape shape =
        ReceiverShape.of(
                "api_key api_key_file api_url message description source details entity responders"
                    + " actions tags note priority update_alerts")
            .atMostOne("api_key", "api_key_file");
    return needsHereOrGlobally(
        shape,
        "api_key",
        "opsgenie_api_key",
        "no global OpsGenie API Key set either inline or in a file");
  }

  private ReceiverShape wechat() {
    ReceiverShape shape =
        ReceiverShape.of(
                "api_secret api_secret_file corp_id message api_url to_user to_party to_tag"
                    + " agent_id message_type")
            .atMostOne("api_secret", "api_secret_file");
    needsHereOrGlobally(
        shape,
        "api_secret",
        "wechat_api_secret",
        "no global Wechat Api Secret set either inline or in a file");
    return needsHereOrGlobally(
        shape, "corp_id", "wechat_api_corp_id", "no global Wechat CorpID set");
  }

  private static ReceiverShape pushover() {
    return ReceiverShape.of(
            "user_key user_key_file token token_file title message url url_title device sound"
                + " priority retry expire ttl html monospace")
        .exactlyOne("user_key", "user_key_file")
        .exactlyOne("token", "token_file");
  }

  private ReceiverShape victorops() {
    ReceiverShape shape =
        ReceiverShape.of(
                "api_key api_key_file api_url routing_key message_type state_message"
                    + " entity_display_name monitoring_tool custom_fields")
            .required("routing_key")
            .atMostOne("api_key", "api_key_file");
    return needsHereOrGlobally(
        shape, "api_key", "victorops_api_key", "no global VictorOps API Key set");
  }

  private static ReceiverShape sns() {
    return ReceiverShape.of(
            "api_url sigv4 topic_arn phone_number target_arn subject message attributes"
                + " use_aws_http_client")
        .rule(map -> {
          long targets =
              Stream.of("topic_arn", "phone_number", "target_arn")
                  .filter(key -> ReceiverShape.isFilled(map, key))
                  .count();
          if (targets != 1) {
            map.error(
                "must provide either a Target ARN, Topic ARN, or Phone Number for SNS config", "");
          }
        });
  }

  private ReceiverShape telegram() {
    ReceiverShape shape =
        ReceiverShape.of(
                "api_url bot_token bot_token_file chat_id chat_id_file message_thread_id message"
                    + " disable_notifications parse_mode")
            .atMostOne("bot_token", "bot_token_file")
            .exactlyOne("chat_id", "chat_id_file")
            .rule(map -> {
              if (!PARSE_MODES.contains(map.string("parse_mode", ""))) {
                map.error("parse_mode", "must be Markdown, MarkdownV2, HTML or empty", "");
              }
            });
    return needsHereOrGlobally(
        shape,
        "bot_token",
        "telegram_bot_token",
        "missing bot_token or bot_token_file on telegram_config");
  }

  private static ReceiverShape webex() {
    return ReceiverShape.of("api_url message room_id")
        .required("room_id")
        .rule(map -> {
          if (!map.mapOrEmpty("http_config").has("authorization")) {
            map.error("missing webex_configs.http_config.authorization", "");
          }
        });
  }

  private ReceiverShape jira() {
    ReceiverShape shape =
        ReceiverShape.of(
                "api_url api_type project summary description labels priority issue_type"
                    + " reopen_transition resolve_transition wont_fix_resolution reopen_duration"
                    + " fields")
            .required("project")
            .required("issue_type")
            .rule(map -> {
              if (!Set.of("", "auto", "cloud", "datacenter").contains(map.string("api_type", ""))) {
                map.error("api_type", "must be auto, cloud or datacenter", "");
              }
            });
    return needsHereOrGlobally(shape, "api_url", "jira_api_url", "no global Jira Cloud URL set");
  }

  private ReceiverShape rocketchat() {
    ReceiverShape shape =
        ReceiverShape.of(
                "api_url token_id token_id_file token token_file channel color title title_link"
                    + " text fields short_fields emoji icon_url image_url thumb_url link_names"
                    + " actions")
            .atMostOne("token", "token_file")
            .atMostOne("token_id", "token_id_file");
    needsHereOrGlobally(
        shape,
        "token_id",
        "rocketchat_token_id",
        "no global Rocketchat TokenID set either inline or in a file");
    return needsHereOrGlobally(
        shape,
        "token",
        "rocketchat_token",
        "no global Rocketchat Token set either inline or in a file");
  }

  private ReceiverShape mattermost() {
    ReceiverShape shape =
        ReceiverShape.of(
                "webhook_url webhook_url_file channel username text fallback color pretext"
                    + " author_name author_link author_icon title title_link fields thumb_url"
                    + " footer footer_icon image_url icon_url icon_emoji attachments type props"
                    + " priority")
            .atMostOne("webhook_url", "webhook_url_file");
    return needsHereOrGlobally(
        shape,
        "webhook_url",
        "mattermost_webhook_url",
        "missing webhook_url or webhook_url_file on mattermost_config");
  }
}
