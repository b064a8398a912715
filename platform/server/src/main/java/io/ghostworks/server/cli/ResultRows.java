package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The result of a query as rows: one a sample, with the series' labels, the time and the value.
 *
 * @param labelNames the names that any of the series has, the metric's name first
 */
record ResultRows(List<String> labelNames, List<Row> rows) {

  /**
   * One sample.
   *
   * @param time RFC 3339
   * @param value as the server gave it; of a native histogram its JSON
   */
  record Row(Map<String, String> labels, String time, String value) {

    /** The labels as a selector shows them. */
    String series() {
      StringBuilder out = new StringBuilder(labels.getOrDefault("__name__", ""));
      char before = '{';
      for (Map.Entry<String, String> label : labels.entrySet()) {
        if (!label.getKey().equals("__name__")) {
          out.append(before).append(label.getKey()).append("=\"");
          out.append(
              label.getValue().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
          out.append('"');
          before = ',';
        }
      }
      if (before == ',') {
        out.append('}');
      }
      return out.isEmpty() ? "{}" : out.toString();
    }
  }

  /** The rows of a query's {@code data}: a vector, a matrix, a scalar or a string. */
  static ResultRows of(JsonNode data) {
    List<Row> rows = new ArrayList<>();
    JsonNode result = data.path("result");
    switch (data.path("resultType").asText()) {
      case "vector", "matrix" -> {
        for (JsonNode series : result) {
          Map<String, String> labels = labels(series.path("metric"));
          add(rows, labels, series.path("value"));
          add(rows, labels, series.path("histogram"));
          series.path("values").forEach(point -> add(rows, labels, point));
          series.path("histograms").forEach(point -> add(rows, labels, point));
        }
      }
      default -> add(rows, Map.of(), result);
    }
    return new ResultRows(names(rows), rows);
  }

  /** The rows of series without samples. */
  static ResultRows ofSeries(JsonNode data) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode series : data) {
      rows.add(new Row(labels(series), "", ""));
    }
    return new ResultRows(names(rows), rows);
  }

  private static void add(List<Row> rows, Map<String, String> labels, JsonNode point) {
    if (point.size() == 2) {
      JsonNode value = point.get(1);
      rows.add(
          new Row(
              labels,
              time(point.get(0).decimalValue()),
              value.isTextual() ? value.asText() : value.toString()));
    }
  }

  private static String time(BigDecimal seconds) {
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue()).toString();
  }

  private static Map<String, String> labels(JsonNode metric) {
    Map<String, String> labels = new LinkedHashMap<>();
    metric.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static List<String> names(List<Row> rows) {
    TreeSet<String> names = new TreeSet<>();
    rows.forEach(row -> names.addAll(row.labels().keySet()));
    List<String> ordered = new ArrayList<>(names);
    if (ordered.remove("__name__")) {
      ordered.addFirst("__name__");
    }
    return ordered;
  }
}
