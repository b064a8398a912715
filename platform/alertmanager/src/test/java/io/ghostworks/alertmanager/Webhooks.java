package io.ghostworks.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
}
