package io.ghostworks.server.alertmanager;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Views;
import java.io.ByteArrayOutputStream;

/** Answers as Alertmanager's API writes them: JSON with a line's end, which nobody may keep. */
final class AlertmanagerJson {

  private AlertmanagerJson() {}

  static Answer view(Object view) {
    return answer(200, Views.bytes(view));
  }

  /** Alerts and silences, whose texts Go writes so that HTML may hold them. */
  static Answer escapedView(Object view) {
    byte[] json = Views.bytes(view);
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 64);
    for (byte b : json) {
      switch (b) {
        case '<', '>', '&' -> out.writeBytes("\\u%04x".formatted(b).getBytes(US_ASCII));
        default -> out.write(b);
      }
    }
    return answer(200, out.toByteArray());
  }

  /** A text alone. */
  static Answer text(int status, String text) {
    return answer(status, Json.bytes(json -> json.writeString(text)));
  }

  /** What the API's framework says, without a line's end. */
  static Answer coded(int status, int code, String message) {
    return Answer.json(
            status,
            Json.bytes(json -> {
              json.writeStartObject();
              json.writeNumberField("code", code);
              json.writeStringField("message", message);
              json.writeEndObject();
            }))
        .withHeader("cache-control", "no-store");
  }

  static Answer empty(int status) {
    return Answer.empty(status).withHeader("cache-control", "no-store");
  }

  private static Answer answer(int status, byte[] json) {
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    return Answer.json(status, line).withHeader("cache-control", "no-store");
  }
}
