package io.ghostworks.server.grafana;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Json;

/** Mistakes as Grafana tells them: {@code {"message": …, "status": …}}. */
final class GrafanaErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    return Answer.json(
        status,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("message", message);
          if (!request.type().isEmpty()) {
            json.writeStringField("status", request.type());
          }
          json.writeEndObject();
        }));
  }
}
