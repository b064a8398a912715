package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.util.List;

/**
 * People of a company on WeChat ({@code notify/wechat}).
 *
 * @param apiSecret a template
 * @param corpId a template
 * @param apiUrl ends with a slash
 * @param messageType {@code text} or {@code markdown}
 */
record WeChat(
    boolean sendResolved,
    CredentialSource apiSecret,
    String corpId,
    String apiUrl,
    String message,
    String toUser,
    String toParty,
    String toTag,
    String agentId,
    String messageType,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("wechat_configs", WeChat::read);

  private static final String API = "https://qyapi.weixin.qq.com/cgi-bin/";

  private static WeChat read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    String corpId = fields.text("corp_id", "wechat_api_corp_id", "");
    if (corpId.isEmpty()) {
      map.error("no global Wechat CorpID set", "");
    }
    String url = fields.url("api_url", "wechat_api_url", API);
    WeChat weChat =
        new WeChat(
            fields.sendResolved(false),
            fields.secret(
                "api_secret",
                "wechat_api_secret",
                "no global Wechat Api Secret set either inline or in a file"),
            corpId,
            url.endsWith("/") ? url : url + "/",
            fields.text("message", template("message")),
            fields.text("to_user", template("to_user")),
            fields.text("to_party", template("to_party")),
            fields.text("to_tag", template("to_tag")),
            fields.text("agent_id", template("agent_id")),
            messageType(map),
            fields.http());
    fields.end();
    return weChat;
  }

  private static String messageType(ConfigMap map) {
    String type = map.string("message_type", "");
    if (type.isEmpty()) {
      return "text";
    }
    return map.oneOf("message_type", "text", List.of("text", "markdown"));
  }

  private static String template(String name) {
    return "{{ template \"wechat.default.%s\" . }}".formatted(name);
  }

  @Override
  public String kind() {
    return "wechat";
  }

  @Override
  public String target() {
    return Targets.url(apiUrl);
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new WeChatScript(this, parts.clock()));
  }
}
