package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.DurationForm;
import io.ghostworks.wire.client.ClientSettings;
import java.time.Duration;

/**
 * Pushover ({@code notify/pushover}). Texts are templates.
 *
 * @param userKey a template
 * @param token a template
 * @param retry how often an emergency is repeated
 * @param expire for how long it is repeated
 * @param ttl after which the message is deleted, zero for never
 */
record Pushover(
    boolean sendResolved,
    CredentialSource userKey,
    CredentialSource token,
    String title,
    String message,
    String url,
    String urlTitle,
    String device,
    String sound,
    String priority,
    Duration retry,
    Duration expire,
    Duration ttl,
    boolean html,
    boolean monospace,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("pushover_configs", Pushover::read);

  private static Pushover read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    Pushover pushover =
        new Pushover(
            fields.sendResolved(true),
            fields.requiredSecret("user_key"),
            fields.requiredSecret("token"),
            fields.text("title", "{{ template \"pushover.default.title\" . }}"),
            fields.text("message", "{{ template \"pushover.default.message\" . }}"),
            fields.text("url", "{{ template \"pushover.default.url\" . }}"),
            fields.text("url_title", ""),
            fields.text("device", ""),
            fields.text("sound", ""),
            fields.text("priority", "{{ if eq .Status \"firing\" }}2{{ else }}0{{ end }}"),
            map.duration("retry", DurationForm.GO, Duration.ofMinutes(1)),
            map.duration("expire", DurationForm.GO, Duration.ofHours(1)),
            map.duration("ttl", DurationForm.GO, Duration.ZERO),
            map.bool("html", false),
            map.bool("monospace", false),
            fields.http());
    if (pushover.html && pushover.monospace) {
      map.error("monospace", "at most one of monospace & html must be configured", "");
    }
    fields.end();
    return pushover;
  }

  @Override
  public String kind() {
    return "pushover";
  }

  @Override
  public String target() {
    return "https://api.pushover.net";
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new PushoverScript(this));
  }
}
