package io.ghostworks.alertmanager.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told about a group of alerts, as it stood when it was decided. Stored in the
 * outbox as JSON.
 *
 * @param routeLabels the labels of the route, rendered, in their order
 * @param firing hashes for the notification log, ascending
 * @param resolved hashes for the notification log, ascending
 * @param alerts in their order; an alert that has not resolved has the end 0
 * @param idempotencyKey the same for every try, and for no other notification; "" before it is
 *     stored
 */
public record Notification(
    String groupKey,
    String receiver,
    Labels groupLabels,
    Map<String, String> routeLabels,
    String reason,
    long[] firing,
    long[] resolved,
    List<ReceivedAlerts.Row> alerts,
    String idempotencyKey) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public Notification {
    routeLabels = Collections.unmodifiableMap(new LinkedHashMap<>(routeLabels));
    alerts = List.copyOf(alerts);
  }

  /** One that is not stored yet. */
  public Notification(
      String groupKey,
      String receiver,
      Labels groupLabels,
      Map<String, String> routeLabels,
      String reason,
      long[] firing,
      long[] resolved,
      List<ReceivedAlerts.Row> alerts) {
    this(groupKey, receiver, groupLabels, routeLabels, reason, firing, resolved, alerts, "");
  }

  /** One that is not stored yet, of a route without labels. */
  public Notification(
      String groupKey,
      String receiver,
      Labels groupLabels,
      String reason,
      long[] firing,
      long[] resolved,
      List<ReceivedAlerts.Row> alerts) {
    this(groupKey, receiver, groupLabels, Map.of(), reason, firing, resolved, alerts);
  }

  /** The same with other alerts. */
  public Notification withAlerts(List<ReceivedAlerts.Row> others) {
    return new Notification(
        groupKey,
        receiver,
        groupLabels,
        routeLabels,
        reason,
        firing,
        resolved,
        others,
        idempotencyKey);
  }

  /** The same with a key. */
  public Notification withIdempotencyKey(String key) {
    return new Notification(
        groupKey, receiver, groupLabels, routeLabels, reason, firing, resolved, alerts, key);
  }

  public byte[] toBytes() {
    ObjectNode node = JSON.createObjectNode();
    node.put("groupKey", groupKey).put("receiver", receiver).put("reason", reason);
    node.put("idempotencyKey", idempotencyKey);
    node.set("groupLabels", labels(groupLabels));
    ObjectNode ofRoute = node.putObject("routeLabels");
    routeLabels.forEach(ofRoute::put);
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
  public static Notification fromBytes(byte[] bytes) throws IOException {
    JsonNode node = JSON.readTree(bytes);
    if (!node.isObject()) {
      throw new IOException("it is no JSON object");
    }
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
        texts(node.path("routeLabels")),
        node.path("reason").asText(),
        numbers(node.path("firing")),
        numbers(node.path("resolved")),
        alerts,
        node.path("idempotencyKey").asText());
  }

  static ObjectNode labels(Labels labels) {
    ObjectNode node = JSON.createObjectNode();
    labels.forEach(node::put);
    return node;
  }

  private static Labels labels(JsonNode node) {
    return Labels.of(texts(node));
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> map = new LinkedHashMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
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
