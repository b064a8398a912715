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
import io.ghostworks.wire.client.ClientSettings;

/** A room of Webex (Alertmanager's {@code notify/webex}). */
record Webex(
    boolean sendResolved, String apiUrl, String message, String roomId, ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("webex_configs", Webex::read);

  private static final String API = "https://webexapis.com/v1/messages";

  /** The longest message that Webex takes. */
  private static final int MESSAGE_BYTES_MAX = 7439;

  private static Webex read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    String roomId = fields.text("room_id", "");
    if (roomId.isEmpty()) {
      map.error("missing room_id on webex_config", "");
    }
    if (!Authorizations.isGiven(map)) {
      map.error("missing webex_configs.http_config.authorization", "");
    }
    Webex read =
        new Webex(
            fields.sendResolved(true),
            fields.url("api_url", "webex_api_url", API),
            fields.text("message", "{{ template \"webex.default.message\" . }}"),
            roomId,
            fields.http());
    fields.end();
    return read;
  }

  @Override
  public String kind() {
    return "webex";
  }

  @Override
  public String target() {
    return Targets.url(apiUrl);
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, this::tell);
  }

  private void tell(ServiceTalk talk) throws NotifyException {
    JsonStruct body =
        new JsonStruct()
            .put("markdown", Truncation.inBytes(talk.text(message), MESSAGE_BYTES_MAX))
            .putUnlessEmpty("roomId", talk.text(roomId));
    RetryRules.DEFAULT.check(talk.postJson(apiUrl, body));
  }
}
