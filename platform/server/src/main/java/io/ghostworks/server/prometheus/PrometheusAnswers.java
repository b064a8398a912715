package io.ghostworks.server.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.label.Labels;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Json;
import java.io.IOException;
import java.util.List;

/**
 * Successful answers of Prometheus's API: {@code {"status":"success","data":…}} with warnings and
 * infos where there are any.
 */
final class PrometheusAnswers {

  private PrometheusAnswers() {}

  static Answer success(Json.Document data) {
    return success(data, List.of(), List.of());
  }

  static Answer success(Json.Document data, List<String> warnings, List<String> infos) {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "success");
          json.writeFieldName("data");
          data.write(json);
          strings(json, "warnings", warnings);
          strings(json, "infos", infos);
          json.writeEndObject();
        }));
  }

  /**
   * @param limit how many of the values are shown, 0 for all; that there are more is a warning
   */
  static Answer strings(List<String> values, int limit) {
    return success(
        json -> {
          json.writeStartArray();
          for (String value : Limits.limited(values, limit)) {
            json.writeString(value);
          }
          json.writeEndArray();
        },
        Limits.warnings(values, limit),
        List.of());
  }

  static void labels(JsonGenerator json, Labels labels) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  /** A time in seconds with its milliseconds, as Prometheus prints it. */
  static void time(JsonGenerator json, long timestampMs) throws IOException {
    long whole = timestampMs / 1000;
    int fraction = (int) Math.abs(timestampMs % 1000);
    if (fraction == 0) {
      json.writeNumber(whole);
    } else {
      String sign = timestampMs < 0 && whole == 0 ? "-" : "";
      json.writeRawValue("%s%d.%03d".formatted(sign, whole, fraction).replaceFirst("0+$", ""));
    }
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
