package io.ghostworks.server.lines;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Json;

/** Mistakes as Elasticsearch tells them. */
final class ElasticErrors implements ErrorForm {

  static final String PRODUCT_HEADER = "x-elastic-product";
  static final String PRODUCT = "Elasticsearch";

  @Override
  public Answer answer(Refused request, int status, String message) {
    String type =
        switch (status) {
          case 401, 403 -> "security_exception";
          case 404 -> "resource_not_found_exception";
          case 413 -> "content_too_long_exception";
          case 429, 503 -> "es_rejected_execution_exception";
          default -> "illegal_argument_exception";
        };
    return Answer.json(
            status,
            Json.bytes(json -> {
              json.writeStartObject();
              json.writeObjectFieldStart("error");
              json.writeArrayFieldStart("root_cause");
              json.writeStartObject();
              json.writeStringField("type", type);
              json.writeStringField("reason", message);
              json.writeEndObject();
              json.writeEndArray();
              json.writeStringField("type", type);
              json.writeStringField("reason", message);
              json.writeEndObject();
              json.writeNumberField("status", status);
              json.writeEndObject();
            }))
        .withHeader(PRODUCT_HEADER, PRODUCT);
  }
}
