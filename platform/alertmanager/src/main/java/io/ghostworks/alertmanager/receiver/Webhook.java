package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.PayloadTemplate;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.Secret;
import io.ghostworks.wire.client.ClientSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * A generic webhook ({@code notify/webhook}).
 *
 * @param url a template
 * @param maxAlerts of one message, 0 for any number
 * @param payload what is sent in the place of Alertmanager's message
 * @param timeout of one notification, zero for none of its own
 */
record Webhook(
    boolean sendResolved,
    CredentialSource url,
    long maxAlerts,
    Optional<PayloadTemplate> payload,
    Duration timeout,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("webhook_configs", Webhook::read);

  private static Webhook read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    String url = map.findSecret("url").map(Secret::reveal).orElse("");
    if (!url.contains("{{")) {
      ReceiverFields.problem(url).ifPresent(rule -> fields.refuseWithoutValue("url", rule));
    }
    Webhook webhook =
        new Webhook(
            fields.sendResolved(true),
            fields.requiredSecret("url"),
            map.integer("max_alerts", 0, 0, Integer.MAX_VALUE),
            map.find("payload").map(PayloadTemplate::new),
            fields.timeout(),
            fields.http());
    fields.end();
    return webhook;
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public String target() {
    return switch (url) {
      case CredentialSource.FromFile file -> "as " + file.file() + " says";
      case CredentialSource.Inline inline -> shown(inline.secret().reveal());
    };
  }

  private static String shown(String url) {
    try {
      URI uri = new URI(url);
      return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
          .toString();
    } catch (URISyntaxException e) {
      return "as a template says";
    }
  }

  @Override
  public long alertsMax() {
    return maxAlerts;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new WebhookScript(this));
  }
}
