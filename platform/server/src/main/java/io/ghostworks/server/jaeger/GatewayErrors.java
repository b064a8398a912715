package io.ghostworks.server.jaeger;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Json;
import java.nio.charset.StandardCharsets;

/** Mistakes as version 3 tells them over HTTP: JSON with one error, sent as plain text. */
final class GatewayErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    byte[] body =
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("error");
          json.writeNumberField("httpCode", status);
          json.writeStringField("message", message);
          json.writeEndObject();
          json.writeEndObject();
        });
    return Answer.text(status, new String(JaegerErrors.line(body), StandardCharsets.UTF_8))
        .withHeader("x-content-type-options", "nosniff");
  }
}
