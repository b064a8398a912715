package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.TreeJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes Grafana's data frames ({@code data/frame_json.go} of its plugin SDK) of what Prometheus and
 * Loki answer: a frame for each series, one for all lines.
 */
final class DataFrames {

  private static final String TIME = "time.Time";

  private final String refId;
  private final String query;
  private final long stepMs;

  DataFrames(String refId, String query, long stepMs) {
    this.refId = refId;
    this.query = query;
    this.stepMs = stepMs;
  }

  /** The frames of {@code data} of an answer. */
  List<ObjectNode> of(JsonNode data) {
    String type = data.path("resultType").asText("");
    List<ObjectNode> frames = new ArrayList<>();
    switch (type) {
      case "streams" -> frames.add(lines(data.path("result")));
      case "scalar", "string" ->
          frames.add(series(type, TreeJson.object(), List.of(data.path("result")), false));
      default -> {
        for (JsonNode each : data.path("result")) {
          List<JsonNode> points = new ArrayList<>();
          if (each.has("value")) {
            points.add(each.get("value"));
          }
          each.path("values").forEach(points::add);
          boolean hidden = each.has("histogram") || each.has("histograms");
          frames.add(series(type, each.path("metric"), points, hidden));
        }
      }
    }
    return frames;
  }

  /**
   * @param histograms whether it has native histograms, which are left out
   */
  private ObjectNode series(
      String type, JsonNode labels, List<JsonNode> points, boolean histograms) {
    ObjectNode frame = TreeJson.object();
    ObjectNode schema = schema(frame, type);
    if (histograms) {
      ((ObjectNode) schema.get("meta"))
          .putArray("notices")
          .addObject()
          .put("severity", "warning")
          .put("text", "native histograms are left out here: ask for histogram_quantile of them");
    }
    ArrayNode fields = schema.putArray("fields");
    field(fields, "Time", "time", TIME).putObject("config").put("interval", stepMs);
    ObjectNode value = field(fields, "Value", "number", "float64");
    value.set("labels", labels);
    value.putObject("config").put("displayNameFromDS", name(labels));
    ArrayNode times = TreeJson.object().arrayNode();
    ArrayNode values = TreeJson.object().arrayNode();
    Special special = new Special();
    for (JsonNode point : points) {
      times.add(point.path(0).decimalValue().movePointRight(3).longValue());
      special.add(values, point.path(1).asText(""));
    }
    ObjectNode data = frame.putObject("data");
    data.putArray("values").add(times).add(values);
    if (special.any) {
      data.putArray("entities").addNull().add(special.places);
    }
    return frame;
  }

  private ObjectNode schema(ObjectNode frame, String resultType) {
    ObjectNode schema = frame.putObject("schema").put("refId", refId);
    ObjectNode meta = schema.putObject("meta");
    meta.put("type", resultType.equals("streams") ? "log-lines" : "timeseries-multi");
    meta.putArray("typeVersion").add(0).add(resultType.equals("streams") ? 0 : 1);
    meta.putObject("custom").put("resultType", resultType);
    meta.put("executedQueryString", "Expr: %s\nStep: %dms".formatted(query, stepMs));
    return schema;
  }

  private static ObjectNode field(ArrayNode fields, String name, String type, String frameType) {
    ObjectNode field = fields.addObject().put("name", name).put("type", type);
    field.putObject("typeInfo").put("frame", frameType);
    return field;
  }

  /** As Prometheus writes a series. */
  private static String name(JsonNode labels) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      if (!label.getKey().equals("__name__")) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(label.getKey())
            .append("=\"")
            .append(label.getValue().asText(""))
            .append('"');
      }
    }
    String metric = labels.path("__name__").asText("");
    return text.isEmpty() && !metric.isEmpty() ? metric : metric + "{" + text + "}";
  }

  private ObjectNode lines(JsonNode streams) {
    ObjectNode frame = TreeJson.object();
    ArrayNode fields = schema(frame, "streams").putArray("fields");
    field(fields, "labels", "other", "json.RawMessage");
    field(fields, "Time", "time", TIME);
    field(fields, "Line", "string", "string");
    field(fields, "tsNs", "string", "string");
    ArrayNode labels = TreeJson.object().arrayNode();
    ArrayNode times = TreeJson.object().arrayNode();
    ArrayNode lines = TreeJson.object().arrayNode();
    ArrayNode nanos = TreeJson.object().arrayNode();
    for (JsonNode stream : streams) {
      for (JsonNode line : stream.path("values")) {
        String time = line.path(0).asText("0");
        labels.add(stream.path("stream"));
        times.add(new BigDecimal(time).movePointLeft(6).longValue());
        lines.add(line.path(1).asText(""));
        nanos.add(time);
      }
    }
    frame.putObject("data").putArray("values").add(labels).add(times).add(lines).add(nanos);
    return frame;
  }

  /** Where numbers stand that JSON does not have. */
  private static final class Special {
    private final ObjectNode places = TreeJson.object();
    private boolean any;

    Special() {
      places.putArray("NaN");
      places.putArray("Inf");
      places.putArray("NegInf");
    }

    void add(ArrayNode values, String text) {
      String kind =
          switch (text) {
            case "NaN" -> "NaN";
            case "+Inf" -> "Inf";
            case "-Inf" -> "NegInf";
            default -> "";
          };
      if (kind.isEmpty()) {
        values.add(new BigDecimal(text));
      } else {
        ((ArrayNode) places.get(kind)).add(values.size());
        values.addNull();
        any = true;
      }
    }
  }
}
