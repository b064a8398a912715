package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.PayloadTemplate;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.Truncation;
import io.ghostworks.config.CredentialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Triggers and resolves an incident whose key is the group. */
record PagerDutyScript(PagerDuty config) implements HttpSender.Script {
  private static final String ADDRESS_V1 =
      "https://events.pagerduty.com/generic/2010-04-15/create_event.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of version 1; 403 means that there were too many. */
  private static final RetryRules RULES_V1 =
      new RetryRules(Set.of(403), PagerDutyScript::errorDetails);

  private static final RetryRules RULES_V2 =
      new RetryRules(Set.of(429), PagerDutyScript::errorDetails);

  /** The longest event that the service takes. */
  private static final int EVENT_BYTES_MAX = 512_000;

  private static final int SUMMARY_RUNES_MAX = 1024;

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    Map<String, @Nullable Object> details = new TreeMap<>();
    try {
      for (Map.Entry<String, PayloadTemplate> detail : config.details().entrySet()) {
        details.put(detail.getKey(), detail.getValue().render(talk));
      }
    } catch (NotifyException e) {
      throw e.within("failed to render details");
    }
    talk.limit(config.timeout(), "pagerduty");
    String event = talk.isResolved() ? "resolve" : "trigger";
    if (config.serviceKey().isPresent()) {
      tellV1(talk, config.serviceKey().get(), event, details);
    } else {
      tellV2(talk, event, details);
    }
  }

  private void tellV1(
      ServiceTalk talk,
      CredentialSource serviceKey,
      String event,
      Map<String, @Nullable Object> details)
      throws NotifyException {
    String key;
    JsonStruct message = new JsonStruct();
    try {
      key = talk.hide(talk.text(talk.secret(serviceKey)));
      message
          .putUnlessEmpty("service_key", key)
          .put("incident_key", talk.groupKeyHash())
          .put("event_type", event)
          .putUnlessEmpty("description", summary(talk))
          .put("event_action", "")
          .put("payload", null);
      if (event.equals("trigger")) {
        message
            .putUnlessEmpty("client", talk.text(config.client()))
            .putUnlessEmpty("client_url", talk.text(config.clientUrl()));
      }
    } catch (NotifyException e) {
      throw e.within("failed to template PagerDuty v1 message");
    }
    if (key.isEmpty()) {
      throw NotifyException.forGood("service key cannot be empty");
    }
    message.put("details", details);
    byte[] body = ServiceTalk.json(message);
    if (body.length > EVENT_BYTES_MAX) {
      body = ServiceTalk.json(message.put("details", removed()));
    }
    HttpTransport.Answer answer = post(talk, ADDRESS_V1, body, " v1");
    try {
      RULES_V1.check(answer);
    } catch (NotifyException e) {
      throw new NotifyException(String.valueOf(e.getMessage()), e.retry(), FailureReason.OTHER);
    }
  }

  private void tellV2(ServiceTalk talk, String event, Map<String, @Nullable Object> details)
      throws NotifyException {
    String key;
    JsonStruct payload;
    JsonStruct message;
    try {
      key = talk.hide(talk.text(talk.secret(config.routingKey())));
      payload = payload(talk, details);
      message =
          new JsonStruct()
              .put("routing_key", key)
              .put("dedup_key", talk.groupKeyHash())
              .put("event_action", event)
              .put("payload", payload)
              .putUnlessEmpty("client", talk.text(config.client()))
              .putUnlessEmpty("client_url", talk.text(config.clientUrl()))
              .putUnlessEmpty("images", images(talk))
              .putUnlessEmpty("links", links(talk));
    } catch (NotifyException e) {
      throw e.within("failed to template PagerDuty v2 message");
    }
    if (key.isEmpty()) {
      throw NotifyException.forGood("routing key cannot be empty");
    }
    byte[] body = ServiceTalk.json(message);
    if (body.length > EVENT_BYTES_MAX) {
      payload.put("custom_details", removed());
      body = ServiceTalk.json(message);
    }
    RULES_V2.check(post(talk, config.url(), body, ""));
  }

  private JsonStruct payload(ServiceTalk talk, Map<String, @Nullable Object> details)
      throws NotifyException {
    return new JsonStruct()
        .put("summary", summary(talk))
        .put("source", talk.text(config.source()))
        .put("severity", talk.text(config.severity()))
        .putUnlessEmpty("class", talk.text(config.className()))
        .putUnlessEmpty("component", talk.text(config.component()))
        .putUnlessEmpty("group", talk.text(config.group()))
        .put("custom_details", details);
  }

  private String summary(ServiceTalk talk) throws NotifyException {
    return Truncation.inRunes(talk.text(config.description()), SUMMARY_RUNES_MAX);
  }

  private List<JsonStruct> images(ServiceTalk talk) throws NotifyException {
    List<JsonStruct> all = new ArrayList<>();
    for (PagerDuty.Image image : config.images()) {
      String src = talk.text(image.src());
      JsonStruct each =
          new JsonStruct()
              .put("src", src)
              .put("alt", talk.text(image.alt()))
              .put("href", talk.text(image.href()));
      if (!src.isEmpty()) {
        all.add(each);
      }
    }
    return all;
  }

  private List<JsonStruct> links(ServiceTalk talk) throws NotifyException {
    List<JsonStruct> all = new ArrayList<>();
    for (PagerDuty.Link link : config.links()) {
      String href = talk.text(link.href());
      JsonStruct each = new JsonStruct().put("href", href).put("text", talk.text(link.text()));
      if (!href.isEmpty()) {
        all.add(each);
      }
    }
    return all;
  }

  private static HttpTransport.Answer post(
      ServiceTalk talk, String url, byte[] body, String version) throws NotifyException {
    try {
      return talk.send("POST", url, "application/json", Map.of(), body);
    } catch (NotifyException e) {
      throw e.within("failed to post message to PagerDuty" + version);
    }
  }

  private static Map<String, String> removed() {
    return Map.of(
        "error",
        "Custom details have been removed because the original event exceeds the maximum size of"
            + " 512KB");
  }

  /** What the service says of a bad request. */
  private static String errorDetails(int status, String body) {
    if (status != 400) {
      return "";
    }
    try {
      JsonNode answer = JSON.readTree(body);
      if (!answer.isObject()) {
        return "";
      }
      List<String> errors = new ArrayList<>();
      answer.path("errors").forEach(error -> errors.add(error.asText()));
      return answer.path("message").asText("") + ": " + String.join(",", errors);
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
