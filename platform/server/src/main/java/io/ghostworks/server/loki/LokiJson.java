package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.math.BigDecimal;

/** Pieces of Loki's answers. */
final class LokiJson {

  private LokiJson() {}

  /** A label set as an object. */
  static void labels(JsonGenerator json, Labels labels) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  /** A field with an array of texts. */
  static void strings(JsonGenerator json, String name, Iterable<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** Milliseconds as seconds, with a fraction where there is one, as Prometheus writes times. */
  static String seconds(long timeMs) {
    return timeMs % 1000 == 0
        ? Long.toString(timeMs / 1000)
        : BigDecimal.valueOf(timeMs, 3).toPlainString();
  }
}
