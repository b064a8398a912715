package io.ghostworks.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told about a group of alerts, as it stood when it was decided. Stored in the
 * outbox as JSON.
 *
 * @param firing hashes for the notification log, ascending
 * @param resolved hashes for the notification log, ascending
 * @param alerts in their order; an alert that has not resolved has the end 0
 */
record Notification(
    String groupKey,
    String receiver,
    Labels groupLabels,
    String reason,
    long[] firing,
    long[] resolved,
    List<ReceivedAlerts.Row> alerts) {

  private static final ObjectMapper JSON = new ObjectMapper();

  Notification {
    alerts = List.copyOf(alerts);
  }

  /** The same with other alerts. */
  Notification withAlerts(List<ReceivedAlerts.Row> others) {
    return new Notification(groupKey, receiver, groupLabels, reason, firing, resolved, others);
  }

  byte[] toBytes() {
    ObjectNode node = JSON.createObjectNode();
    node.put("groupKey", groupKey).put("receiver", receiver).put("reason", reason);
    node.set("groupLabels", labels(groupLabels));
    node.set("firing", numbers(firing));
    node.set("resolved", numbers(resolved));
    ArrayNode list = node.putArray("alerts");
    for (ReceivedAlerts.Row alert : alerts) {
      ObjectNode each = list.addObject();
      each.set("labels", labels(alert.labels()));
      each.set("annotations", labels(alert.annotations()));
      each.put("startsAt", alert.startsAtNanos()).put("endsAt", alert.endsAtNanos());
      each.put("updatedAt", alert.updatedAtNanos()).put("timeout", alert.timeout());
      each.put("generatorUrl", alert.generatorUrl());
    }
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("a notification cannot be written as JSON", e);
    }
  }

  /**
   * @throws IOException if the bytes are not a stored notification
   */
  static Notification fromBytes(byte[] bytes) throws IOException {
    JsonNode node = JSON.readTree(bytes);
    List<ReceivedAlerts.Row> alerts = new ArrayList<>();
    for (JsonNode each : node.path("alerts")) {
      alerts.add(
          new ReceivedAlerts.Row(
              labels(each.path("labels")),
              labels(each.path("annotations")),
              each.path("startsAt").asLong(),
              each.path("endsAt").asLong(),
              each.path("updatedAt").asLong(),
              each.path("timeout").asBoolean(),
              each.path("generatorUrl").asText()));
    }
    return new Notification(
        node.path("groupKey").asText(),
        node.path("receiver").asText(),
        labels(node.path("groupLabels")),
        node.path("reason").asText(),
        numbers(node.path("firing")),
        numbers(node.path("resolved")),
        alerts);
  }

  static ObjectNode labels(Labels labels) {
    ObjectNode node = JSON.createObjectNode();
    labels.forEach(node::put);
    return node;
  }

  private static Labels labels(JsonNode node) {
    Map<String, String> map = new LinkedHashMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return Labels.of(map);
  }

  private static ArrayNode numbers(long[] values) {
    ArrayNode node = JSON.createArrayNode();
    for (long value : values) {
      node.add(value);
    }
    return node;
  }

  private static long[] numbers(JsonNode node) {
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asLong();
    }
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Notification notification
        && Arrays.equals(toBytes(), notification.toBytes());
  }

  @Override
  public int hashCode() {
    return groupKey.hashCode();
  }
}
