package io.ghostworks.alertmanager.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ghostworks.alertmanager.notify.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests and answers of an attempt as they are stored: a JSON list, at most five of them. */
final class StoredExchanges {
  private static final int EXCHANGES_MAX = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredExchanges() {}

  /** The last ones. */
  static byte[] write(List<Exchange> exchanges) {
    ArrayNode list = JSON.createArrayNode();
    for (Exchange each :
        exchanges.subList(Math.max(0, exchanges.size() - EXCHANGES_MAX), exchanges.size())) {
      list.addObject()
          .put("request", each.request())
          .put("payload", each.payload())
          .put("status", each.status())
          .put("response", each.response());
    }
    try {
      return JSON.writeValueAsBytes(list);
    } catch (IOException e) {
      throw new IllegalStateException("exchanges cannot be written as JSON", e);
    }
  }

  /**
   * @throws IOException if the bytes are damaged
   */
  static List<Exchange> read(byte[] bytes) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    for (JsonNode each : JSON.readTree(bytes)) {
      exchanges.add(
          new Exchange(
              each.path("request").asText(),
              each.path("payload").asText(),
              each.path("status").asInt(),
              each.path("response").asText()));
    }
    return exchanges;
  }
}
