package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.TemplateData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Posts notifications as JSON; a message that is too large keeps its first alert only. */
record IncidentIoScript(IncidentIo config) implements HttpSender.Script {

  /** The largest message that incident.io takes. */
  private static final int MESSAGE_BYTES_MAX = 512 << 10;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final RetryRules RULES =
      new RetryRules(Set.of(TOO_MANY_REQUESTS), (status, body) -> details(body));
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    long leftOut = talk.limitAlerts(config.maxAlerts());
    TemplateData data = talk.data();
    JsonStruct message =
        new JsonStruct()
            .putAll(data)
            .put("version", "1")
            .put("groupKey", talk.notification().groupKey())
            .put("truncatedAlerts", leftOut);
    byte[] body = ServiceTalk.json(message);
    if (body.length > MESSAGE_BYTES_MAX) {
      if (data.jsonFields().get("alerts") instanceof List<?> alerts) {
        message.put("alerts", alerts.subList(0, 1));
      }
      body = ServiceTalk.json(message);
    }
    talk.limit(config.timeout(), "incident.io");
    String token = talk.secret(config.token());
    RULES.check(
        talk.send(
            "POST",
            talk.secretUrl(config.url()),
            "application/json",
            token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token),
            body));
  }

  /** What incident.io says of a failure; "" where it says nothing. */
  private static String details(String body) {
    try {
      JsonNode read = JSON.readTree(body);
      List<String> parts = new ArrayList<>();
      for (String field : List.of("message", "error")) {
        if (!read.path(field).asText().isEmpty()) {
          parts.add(read.path(field).asText());
        }
      }
      List<String> errors = new ArrayList<>();
      read.path("errors").forEach(error -> errors.add(error.asText()));
      if (!errors.isEmpty()) {
        parts.add(String.join(", ", errors));
      }
      return String.join(": ", parts);
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
