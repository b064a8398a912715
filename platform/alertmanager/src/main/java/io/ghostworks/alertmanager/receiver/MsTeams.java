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

/**
 * A channel of Microsoft Teams by a connector's webhook, as a message card (Alertmanager's {@code
 * notify/msteams}).
 */
record MsTeams(
    boolean sendResolved,
    CredentialSource webhookUrl,
    String title,
    String summary,
    String text,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("msteams_configs", MsTeams::read);

  private static final String RED = "8C1A1A";
  private static final String GREEN = "2DC72D";

  private static MsTeams read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    MsTeams read =
        new MsTeams(
            fields.sendResolved(true),
            fields.requiredSecretUrl("webhook_url"),
            fields.text("title", "{{ template \"msteams.default.title\" . }}"),
            fields.text("summary", "{{ template \"msteams.default.summary\" . }}"),
            fields.text("text", "{{ template \"msteams.default.text\" . }}"),
            fields.http());
    fields.end();
    return read;
  }

  @Override
  public String kind() {
    return "msteams";
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
    String shownTitle = talk.text(title);
    String shownText = talk.text(text);
    JsonStruct body =
        new JsonStruct()
            .put("@context", "http://schema.org/extensions")
            .put("type", "MessageCard")
            .put("title", shownTitle)
            .put("summary", talk.text(summary))
            .put("text", shownText)
            .put("themeColor", talk.isResolved() ? GREEN : RED);
    RetryRules.DEFAULT.check(talk.postJson(talk.secretUrl(webhookUrl), body));
  }
}
