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
import io.ghostworks.alertmanager.notify.Truncation;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * A channel of Discord by its webhook (Alertmanager's {@code notify/discord}). The lengths are
 * those of Discord's embeds.
 *
 * @param username not a template
 * @param avatarUrl not a template; left out where it is no URL
 */
record Discord(
    boolean sendResolved,
    CredentialSource webhookUrl,
    String content,
    String title,
    String message,
    String username,
    String avatarUrl,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("discord_configs", Discord::read);

  private static final int TITLE_RUNES_MAX = 256;
  private static final int DESCRIPTION_RUNES_MAX = 4096;
  private static final int CONTENT_RUNES_MAX = 2000;
  private static final int RED = 0x992D22;
  private static final int GREEN = 0x2ECC71;

  private static Discord read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    Discord read =
        new Discord(
            fields.sendResolved(true),
            fields.requiredSecretUrl("webhook_url"),
            fields.text("content", ""),
            fields.text("title", "{{ template \"discord.default.title\" . }}"),
            fields.text("message", "{{ template \"discord.default.message\" . }}"),
            fields.text("username", ""),
            fields.text("avatar_url", ""),
            fields.http());
    fields.end();
    return read;
  }

  @Override
  public String kind() {
    return "discord";
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
    JsonStruct embed =
        new JsonStruct()
            .put("title", Truncation.inRunes(talk.text(title), TITLE_RUNES_MAX))
            .put("description", Truncation.inRunes(talk.text(message), DESCRIPTION_RUNES_MAX))
            .put("color", talk.isResolved() ? GREEN : RED);
    JsonStruct body =
        new JsonStruct()
            .put("content", Truncation.inRunes(talk.text(content), CONTENT_RUNES_MAX))
            .put("embeds", List.of(embed))
            .putUnlessEmpty("username", username)
            .putUnlessEmpty("avatar_url", isUrl(avatarUrl) ? avatarUrl : "");
    RetryRules.DEFAULT.check(talk.postJson(talk.secretUrl(webhookUrl), body));
  }

  private static boolean isUrl(String text) {
    try {
      var _ = new URI(text);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
