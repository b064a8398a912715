package io.ghostworks.server.jaeger;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Mistakes as version 1 tells them: JSON with a list of errors, sent as plain text. */
final class JaegerErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    byte[] body =
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeNullField("data");
          json.writeNumberField("total", 0);
          json.writeNumberField("limit", 0);
          json.writeNumberField("offset", 0);
          json.writeArrayFieldStart("errors");
          json.writeStartObject();
          json.writeNumberField("code", status);
          json.writeStringField("msg", message);
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
    return Answer.text(status, new String(line(body), StandardCharsets.UTF_8))
        .withHeader("x-content-type-options", "nosniff");
  }

  /** With the line break that Go's {@code http.Error} adds. */
  static byte[] line(byte[] body) {
    byte[] line = Arrays.copyOf(body, body.length + 1);
    line[body.length] = '\n';
    return line;
  }
}
