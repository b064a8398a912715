package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.PayloadTemplate;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.Truncation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An issue of Jira as a notification makes it. */
record JiraIssue(Jira config, ServiceTalk talk) {

  private static final int SUMMARY_RUNES_MAX = 255;
  private static final int DESCRIPTION_RUNES_MAX = 32_767;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The label by which a group's issue is found again. */
  static String label(ServiceTalk talk) {
    return "ALERT{%s}".formatted(talk.groupKeyHash());
  }

  /**
   * The request that makes it, or updates it; a field that the configuration adds takes the place
   * of one of the same name.
   */
  JsonStruct body(boolean update) throws NotifyException {
    Map<String, @Nullable Object> fields = new TreeMap<>();
    String summary = text("summary", config.summary().template());
    fields.put("project", new JsonStruct().put("key", text("project", config.project())));
    fields.put(
        "issuetype",
        new JsonStruct().putUnlessEmpty("name", text("issue_type", config.issueType())));
    if (!update || config.summary().update()) {
      fields.put("summary", Truncation.inRunes(summary, SUMMARY_RUNES_MAX));
    }
    Object description = description();
    if (description != null && (!update || config.description().update())) {
      fields.put("description", description);
    }
    fields.put("labels", labels());
    String priority = text("priority", config.priority());
    if (!priority.isEmpty()) {
      fields.put("priority", new JsonStruct().put("name", priority));
    }
    for (Map.Entry<String, PayloadTemplate> each : config.fields().entrySet()) {
      fields.put(each.getKey(), rendered(each.getValue()));
    }
    return new JsonStruct().put("fields", fields);
  }

  private @Nullable Object rendered(PayloadTemplate field) throws NotifyException {
    try {
      return field.render(talk);
    } catch (NotifyException e) {
      throw e.within("fields template");
    }
  }

  private List<String> labels() throws NotifyException {
    List<String> labels = new ArrayList<>();
    for (String label : config.labels()) {
      labels.add(text("labels[%d]".formatted(labels.size()), label));
    }
    labels.add(label(talk));
    Collections.sort(labels);
    return labels;
  }

  /** Text; in version 3 of the API a document as JSON; null for none. */
  private @Nullable Object description() throws NotifyException {
    String text =
        Truncation.inRunes(
            text("description", config.description().template()), DESCRIPTION_RUNES_MAX);
    if (!isVersion3(config.apiUrl())) {
      return text.isEmpty() ? null : text;
    }
    if (text.isBlank()) {
      return null;
    }
    try {
      return inOrder(JSON.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      throw NotifyException.forGood("description template: invalid JSON for API v3");
    }
  }

  /** Objects keep the order of their keys. */
  private static @Nullable Object inOrder(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        JsonStruct struct = new JsonStruct();
        map.forEach((name, each) -> struct.put(String.valueOf(name), inOrder(each)));
        yield struct;
      }
      case List<?> list -> {
        List<@Nullable Object> all = new ArrayList<>();
        list.forEach(each -> all.add(inOrder(each)));
        yield all;
      }
      case null -> null;
      default -> value;
    };
  }

  private static boolean isVersion3(String apiUrl) {
    String path = String.valueOf(java.net.URI.create(apiUrl).getPath());
    return path.replaceAll("/+$", "").endsWith("/3");
  }

  private String text(String what, String template) throws NotifyException {
    try {
      return talk.text(template);
    } catch (NotifyException e) {
      throw e.within(what + " template");
    }
  }
}
