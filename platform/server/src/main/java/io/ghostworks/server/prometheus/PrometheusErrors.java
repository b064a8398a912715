package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Json;

/**
 * Errors as Prometheus's API tells them: {@code
 * {"status":"error","errorType":"bad_data","error":"…"}}.
 */
public final class PrometheusErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    return Answer.json(
        status,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "error");
          json.writeStringField("errorType", type(status, message));
          json.writeStringField("error", message);
          json.writeEndObject();
        }));
  }

  private static String type(int status, String message) {
    return switch (status) {
      case 400, 405, 413, 415 -> "bad_data";
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404 -> "not_found";
      case 422 -> "execution";
      case 503 ->
          message.contains("canceled")
              ? "canceled"
              : message.contains("timed out") ? "timeout" : "unavailable";
      default -> "internal";
    };
  }
}
