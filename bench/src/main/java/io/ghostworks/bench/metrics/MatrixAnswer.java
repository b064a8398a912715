package io.ghostworks.bench.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The answer to a range query: by label set, the values by time. */
record MatrixAnswer(SortedMap<String, SortedMap<Long, Double>> series) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static MatrixAnswer parse(byte[] body) throws IOException {
    SortedMap<String, SortedMap<Long, Double>> series = new TreeMap<>();
    for (JsonNode one : JSON.readTree(body).path("data").path("result")) {
      SortedMap<String, String> labels = new TreeMap<>();
      for (Map.Entry<String, JsonNode> label : one.path("metric").properties()) {
        labels.put(label.getKey(), label.getValue().asText());
      }
      SortedMap<Long, Double> values = new TreeMap<>();
      for (JsonNode pair : one.path("values")) {
        values.put(Math.round(pair.get(0).asDouble() * 1000), number(pair.get(1).asText()));
      }
      series.put(labels.toString(), values);
    }
    return new MatrixAnswer(series);
  }

  long points() {
    return series.values().stream().mapToLong(Map::size).sum();
  }

  /**
   * How an answer differs from a reference, in points.
   *
   * @param missing only the reference has them
   * @param extra only the answer has them
   * @param near not the same bits, but at most 4 units in the last place
   * @param other further away
   * @param worst the largest relative distance
   */
  record Difference(long same, long near, long other, long missing, long extra, double worst) {}

  Difference against(MatrixAnswer reference) {
    long same = 0;
    long near = 0;
    long other = 0;
    long missing = 0;
    double worst = 0;
    for (Map.Entry<String, SortedMap<Long, Double>> entry : reference.series.entrySet()) {
      SortedMap<Long, Double> mine = series.getOrDefault(entry.getKey(), new TreeMap<>());
      for (Map.Entry<Long, Double> point : entry.getValue().entrySet()) {
        Double value = mine.get(point.getKey());
        double wanted = point.getValue();
        if (value == null) {
          missing++;
        } else if (Double.doubleToLongBits(value) == Double.doubleToLongBits(wanted)) {
          same++;
        } else if (Math.abs(value - wanted) <= 4 * Math.ulp(wanted)) {
          near++;
        } else {
          other++;
          double size = Math.max(Math.abs(value), Math.abs(wanted));
          worst = Math.max(worst, Math.abs(value - wanted) / size);
        }
      }
    }
    return new Difference(same, near, other, missing, points() - same - near - other, worst);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
