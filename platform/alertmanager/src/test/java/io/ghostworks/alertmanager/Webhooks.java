package io.ghostworks.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads webhook messages. */
final class Webhooks {

  private Webhooks() {}

  static String summary(String body) throws IOException {
    JsonNode message = new ObjectMapper().readTree(body);
    List<String> alerts = new ArrayList<>();
    for (JsonNode alert : message.get("alerts")) {
      alerts.add(
          alert.get("labels").get("alertname").asText()
              + (alert.get("status").asText().equals("resolved") ? "(resolved)" : ""));
    }
    return message.get("status").asText() + " " + String.join(",", alerts);
  }

  /** The last word of messages about each alert, by its name. */
  static Map<String, String> latest(List<String> bodies) throws IOException {
    Map<String, String> latest = new TreeMap<>();
    for (String body : bodies) {
      for (JsonNode alert : new ObjectMapper().readTree(body).get("alerts")) {
        latest.put(alert.get("labels").get("alertname").asText(), alert.get("status").asText());
      }
    }
    return latest;
  }
}
