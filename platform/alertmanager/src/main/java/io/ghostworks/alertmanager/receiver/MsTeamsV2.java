package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.util.List;

/**
 * A channel of Microsoft Teams by a flow of Power Platform, as an adaptive card (Alertmanager's
 * {@code notify/msteamsv2}).
 */
record MsTeamsV2(
    boolean sendResolved,
    CredentialSource webhookUrl,
    String title,
    String text,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("msteamsv2_configs", MsTeamsV2::read);

  private static final String RED = "Attention";
  private static final String GREEN = "Good";

  private static MsTeamsV2 read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    MsTeamsV2 read =
        new MsTeamsV2(
            fields.sendResolved(true),
            fields.requiredSecretUrl("webhook_url"),
            fields.text("title", "{{ template \"msteamsv2.default.title\" . }}"),
            fields.text("text", "{{ template \"msteamsv2.default.text\" . }}"),
            fields.httpByGlobalProxy());
    fields.end();
    return read;
  }

  @Override
  public String kind() {
    return "msteamsv2";
  }

  @Override
  public String target() {
    return Targets.secretUrl(webhookUrl);
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, this::tell);
  }

  private void tell(ServiceTalk talk) throws NotifyException {
    JsonStruct attachment =
        new JsonStruct()
            .put("contentType", "application/vnd.microsoft.card.adaptive")
            .put("contentUrl", null)
            .put("content", card(talk));
    JsonStruct body =
        new JsonStruct().put("type", "message").put("attachments", List.of(attachment));
    RetryRules.DEFAULT.check(talk.postJson(talk.secretUrl(webhookUrl), body));
  }

  private JsonStruct card(ServiceTalk talk) throws NotifyException {
    JsonStruct heading =
        new JsonStruct()
            .put("type", "TextBlock")
            .put("text", talk.text(title))
            .put("weight", "Bolder")
            .put("size", "Medium")
            .put("wrap", true)
            .put("style", "heading")
            .put("color", talk.isResolved() ? GREEN : RED);
    JsonStruct block =
        new JsonStruct().put("type", "TextBlock").put("text", talk.text(text)).put("wrap", true);
    return new JsonStruct()
        .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
        .put("type", "AdaptiveCard")
        .put("version", "1.2")
        .put("body", List.of(heading, block))
        .put("msteams", new JsonStruct().put("width", "full"));
  }
}
