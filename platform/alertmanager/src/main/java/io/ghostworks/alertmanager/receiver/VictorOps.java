package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.notify.ServiceUrl;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.util.List;
import java.util.Map;

/**
 * VictorOps, now Splunk On-Call ({@code notify/victorops}). Texts are templates.
 *
 * @param routingKey the last part of the address's path
 * @param customFields further fields of the message
 */
record VictorOps(
    boolean sendResolved,
    CredentialSource apiKey,
    String apiUrl,
    String routingKey,
    String messageType,
    String stateMessage,
    String entityDisplayName,
    String monitoringTool,
    Map<String, String> customFields,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("victorops_configs", VictorOps::read);

  private static final List<String> RESERVED =
      List.of(
          "routing_key",
          "message_type",
          "state_message",
          "entity_display_name",
          "monitoring_tool",
          "entity_id",
          "entity_state");

  VictorOps {
    customFields = Map.copyOf(customFields);
  }

  private static VictorOps read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    if (map.string("routing_key", "").isEmpty()) {
      map.error("missing Routing key in VictorOps config", "");
    }
    Map<String, String> custom = map.stringMap("custom_fields");
    for (String reserved : RESERVED) {
      if (custom.containsKey(reserved)) {
        map.error(
            "custom_fields",
            "contains custom field %s which cannot be used as it conflicts with the fixed/static fields"
                .formatted(reserved),
            "");
      }
    }
    VictorOps victorOps =
        new VictorOps(
            fields.sendResolved(true),
            fields.secret("api_key", "victorops_api_key", "no global VictorOps API Key set"),
            fields.url(
                "api_url",
                "victorops_api_url",
                "https://alert.victorops.com/integrations/generic/20131114/alert/"),
            map.string("routing_key", ""),
            fields.text("message_type", "CRITICAL"),
            fields.text("state_message", "{{ template \"victorops.default.state_message\" . }}"),
            fields.text(
                "entity_display_name",
                "{{ template \"victorops.default.entity_display_name\" . }}"),
            fields.text(
                "monitoring_tool", "{{ template \"victorops.default.monitoring_tool\" . }}"),
            custom,
            fields.http());
    fields.end();
    return victorOps;
  }

  @Override
  public String kind() {
    return "victorops";
  }

  @Override
  public String target() {
    return ServiceUrl.origin(apiUrl);
  }

  @Override
  public boolean stateful() {
    return true;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new VictorOpsScript(this));
  }
}
