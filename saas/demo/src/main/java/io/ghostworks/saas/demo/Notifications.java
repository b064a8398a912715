package io.ghostworks.saas.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The notifications that the webhook received, newest first, at most {@value #KEPT_MAX}. They come
 * in Alertmanager's webhook format, version 4. Thread-safe.
 */
final class Notifications {
  static final int KEPT_MAX = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final Clock clock;
  private final Deque<Notification> received = new ArrayDeque<>();

  Notifications(Clock clock) {
    this.clock = clock;
  }

  /** A notification of one group of alerts. */
  record Notification(
      String receivedAt,
      String status,
      String receiver,
      Map<String, String> groupLabels,
      List<Alert> alerts) {}

  /** One alert of a notification; an alert that is firing has no end. */
  record Alert(
      String status,
      Map<String, String> labels,
      Map<String, String> annotations,
      String startsAt,
      String endsAt,
      String generatorUrl) {}

  /** Takes a notification in; refuses with a sentence what is none. */
  void receive(byte[] body) throws IOException {
    JsonNode message = json.readTree(body);
    if (message == null
        || !message.path("version").asText().equals("4")
        || !message.path("alerts").isArray()) {
      throw new IOException(
          "a notification must be a JSON object with version \"4\" and a list of alerts");
    }
    List<Alert> alerts = new ArrayList<>();
    for (JsonNode alert : message.path("alerts")) {
      alerts.add(
          new Alert(
              alert.path("status").asText(),
              texts(alert.path("labels")),
              texts(alert.path("annotations")),
              alert.path("startsAt").asText(),
              alert.path("endsAt").asText(),
              alert.path("generatorURL").asText()));
    }
    Notification notification =
        new Notification(
            clock.instant().toString(),
            message.path("status").asText(),
            message.path("receiver").asText(),
            texts(message.path("groupLabels")),
            alerts);
    synchronized (received) {
      received.addFirst(notification);
      if (received.size() > KEPT_MAX) {
        received.removeLast();
      }
    }
  }

  List<Notification> newestFirst() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }
}
