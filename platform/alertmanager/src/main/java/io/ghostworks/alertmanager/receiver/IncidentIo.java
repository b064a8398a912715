package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.time.Duration;

/**
 * An alert source of incident.io ({@code notify/incidentio}).
 *
 * @param token takes the place of other credentials; {@link CredentialSource#NONE} for none
 * @param maxAlerts of one message, 0 for any number
 * @param timeout of one notification, zero for none of its own
 */
record IncidentIo(
    boolean sendResolved,
    CredentialSource url,
    CredentialSource token,
    long maxAlerts,
    Duration timeout,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("incidentio_configs", IncidentIo::read);

  private static IncidentIo read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    CredentialSource token = fields.secret("alert_source_token").orElse(CredentialSource.NONE);
    boolean hasToken = !token.equals(CredentialSource.NONE);
    boolean authorized = Authorizations.isGiven(map);
    if (authorized && hasToken) {
      map.error(
          "cannot specify alert_source_token or alert_source_token_file when using"
              + " http_config.authorization",
          "");
    }
    if (map.has("http_config") && !authorized && !hasToken) {
      map.error(
          "at least one of alert_source_token, alert_source_token_file or"
              + " http_config.authorization must be configured",
          "");
    }
    IncidentIo read =
        new IncidentIo(
            fields.sendResolved(true),
            fields.requiredSecretUrl("url"),
            token,
            map.integer("max_alerts", 0, 0, Long.MAX_VALUE),
            fields.timeout(),
            fields.http());
    fields.end();
    return read;
  }

  @Override
  public String kind() {
    return "incidentio";
  }

  @Override
  public String target() {
    return Targets.secretUrl(url);
  }

  @Override
  public boolean stateful() {
    return true;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new IncidentIoScript(this));
  }
}
