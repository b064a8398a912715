package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.ServiceUrl;
import io.ghostworks.alertmanager.notify.Truncation;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Posts an alert of the REST endpoint; the group is the entity. */
record VictorOpsScript(VictorOps config) implements HttpSender.Script {
  private static final Set<String> FIRING_TYPES = Set.of("INFO", "WARNING", "CRITICAL");

  /** Source: the service's glossary of incident fields. */
  private static final int MESSAGE_RUNES_MAX = 20480;

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    String key = talk.secret(config.apiKey());
    String routingKey;
    try {
      routingKey = talk.text(config.routingKey());
    } catch (NotifyException e) {
      throw e.within("templating error");
    }
    JsonStruct message;
    try {
      message = message(talk);
    } catch (NotifyException e) {
      throw e.within("templating error").withRetry();
    }
    RetryRules.DEFAULT.check(
        talk.postJson(ServiceUrl.append(config.apiUrl(), key + "/" + routingKey), message));
  }

  private JsonStruct message(ServiceTalk talk) throws NotifyException {
    String type = talk.text(config.messageType());
    if (talk.isResolved()) {
      type = "RECOVERY";
    } else if (!FIRING_TYPES.contains(type)) {
      type = "CRITICAL";
    }
    String state = Truncation.inRunes(talk.text(config.stateMessage()), MESSAGE_RUNES_MAX);
    Map<String, String> fields = new TreeMap<>();
    fields.put("message_type", type);
    fields.put("entity_id", talk.groupKeyHash());
    fields.put("entity_display_name", talk.text(config.entityDisplayName()));
    fields.put("state_message", state);
    fields.put("monitoring_tool", talk.text(config.monitoringTool()));
    for (Map.Entry<String, String> custom : config.customFields().entrySet()) {
      fields.put(custom.getKey(), talk.text(custom.getValue()));
    }
    JsonStruct message = new JsonStruct();
    fields.forEach(message::put);
    return message;
  }
}
