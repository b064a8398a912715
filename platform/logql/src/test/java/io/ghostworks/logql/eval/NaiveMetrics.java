package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** Metric queries made at random with their text and their meaning, one step at a time. */
final class NaiveMetrics {
  private static final long SECOND = 1_000_000_000L;

  private NaiveMetrics() {}

  record Row(Labels stream, long timeNanos, String line, Labels metadata) {}

  /** A query: what is written, and what it gives at a time. */
  record Node(String text, Meaning meaning) {
    Map<Labels, Double> at(List<Row> rows, long timeNanos) {
      return meaning.at(rows, timeNanos);
    }
  }

  interface Meaning {
    Map<Labels, Double> at(List<Row> rows, long timeNanos);
  }

  /** Series that meet more than once. */
  static final class Unanswerable extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static Node random(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 0 -> random.nextBoolean() ? counted(random) : unwrapped(random);
      case 1, 2 -> aggregated(random, depth);
      case 3 -> withNumber(random, depth);
      case 4 -> joined(random, depth);
      default -> set(random, depth);
    };
  }

  private static Node counted(Random random) {
    long range = random.nextLong(1, 9) * 15;
    double seconds = range;
    String op =
        List.of("count_over_time", "rate", "bytes_over_time", "bytes_rate").get(random.nextInt(4));
    ToDoubleFunction<List<Row>> function =
        switch (op) {
          case "count_over_time" -> List::size;
          case "rate" -> window -> window.size() / seconds;
          case "bytes_over_time" -> NaiveMetrics::bytes;
          default -> window -> bytes(window) / seconds;
        };
    Window window = Window.random(random, range);
    String text = "%s({app=~\"a|b\"}[%ds]%s)".formatted(op, range, window.text());
    return new Node(
        text, (rows, time) -> byLabels(window.of(rows, time), NaiveMetrics::all, function));
  }

  private static double bytes(List<Row> window) {
    return window.stream().mapToDouble(row -> row.line().length()).sum();
  }

  private static Node unwrapped(Random random) {
    long range = random.nextLong(1, 9) * 15;
    String op =
        List.of(
                "sum_over_time",
                "avg_over_time",
                "min_over_time",
                "max_over_time",
                "first_over_time",
                "last_over_time",
                "stdvar_over_time",
                "quantile_over_time",
                "rate")
            .get(random.nextInt(9));
    boolean groups = !op.equals("sum_over_time") && !op.equals("rate") && random.nextBoolean();
    Window window = Window.random(random, range);
    String parameter = op.equals("quantile_over_time") ? "0.75, " : "";
    String text =
        "%s(%s{app=~\"a|b\"} | unwrap v [%ds]%s)%s"
            .formatted(op, parameter, range, window.text(), groups ? " by (app)" : "");
    return new Node(
        text,
        (rows, time) ->
            byLabels(
                window.of(rows, time),
                row ->
                    groups ? only(row.stream(), "app") : all(row).toBuilder().remove("v").build(),
                inside -> value(op, inside, range)));
  }

  private static double value(String op, List<Row> window, long range) {
    double[] values =
        window.stream().mapToDouble(row -> Double.parseDouble(row.metadata().get("v"))).toArray();
    double sum = 0;
    double mean = 0;
    double welfordMean = 0;
    double aux = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      mean += values[i] / (i + 1) - mean / (i + 1);
      double delta = values[i] - welfordMean;
      welfordMean += delta / (i + 1);
      aux += delta * (values[i] - welfordMean);
    }
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    double rank = 0.75 * (values.length - 1);
    int low = (int) rank;
    int high = Math.min(values.length - 1, low + 1);
    return switch (op) {
      case "sum_over_time" -> sum;
      case "rate" -> sum / range;
      case "avg_over_time" -> mean;
      case "min_over_time" -> sorted[0];
      case "max_over_time" -> sorted[values.length - 1];
      case "first_over_time" -> values[0];
      case "last_over_time" -> values[values.length - 1];
      case "stdvar_over_time" -> aux / values.length;
      default -> sorted[low] * (1 - (rank - low)) + sorted[high] * (rank - low);
    };
  }

  private static Node aggregated(Random random, int depth) {
    Node inner = random(random, depth - 1);
    String op = List.of("sum", "avg", "min", "max", "count").get(random.nextInt(5));
    boolean without = random.nextBoolean();
    List<String> names =
        List.of(List.of("app"), List.of("app", "zone"), List.<String>of()).get(random.nextInt(3));
    String text =
        "%s %s (%s) (%s)"
            .formatted(op, without ? "without" : "by", String.join(",", names), inner.text());
    return new Node(
        text,
        (rows, time) -> {
          Map<Labels, List<Double>> groups = new TreeMap<>();
          inner
              .at(rows, time)
              .forEach((labels, value) ->
                  groups
                      .computeIfAbsent(
                          without
                              ? except(labels, names)
                              : only(labels, names.toArray(String[]::new)),
                          key -> new ArrayList<>())
                      .add(value));
          Map<Labels, Double> result = new TreeMap<>();
          groups.forEach((labels, values) -> result.put(labels, aggregate(op, values)));
          return result;
        });
  }

  private static double aggregate(String op, List<Double> values) {
    double sum = values.stream().mapToDouble(value -> value).sum();
    return switch (op) {
      case "sum" -> sum;
      case "avg" -> sum / values.size();
      case "min" -> values.stream().mapToDouble(value -> value).min().orElseThrow();
      case "max" -> values.stream().mapToDouble(value -> value).max().orElseThrow();
      default -> values.size();
    };
  }

  private static Node withNumber(Random random, int depth) {
    Node inner = random(random, depth - 1);
    int number = random.nextInt(1, 5);
    String op = List.of("+", "*", "> bool", ">", "/").get(random.nextInt(5));
    return new Node(
        "(%s) %s %d".formatted(inner.text(), op, number),
        (rows, time) -> {
          Map<Labels, Double> result = new TreeMap<>();
          inner.at(rows, time).forEach((labels, value) -> apply(op, labels, value, number, result));
          return result;
        });
  }

  private static void apply(
      String op, Labels labels, double left, double right, Map<Labels, Double> result) {
    DoubleBinaryOperator operator =
        switch (op) {
          case "+" -> (l, r) -> l + r;
          case "*" -> (l, r) -> l * r;
          case "/" -> (l, r) -> r == 0 ? Double.NaN : l / r;
          case "> bool" -> (l, r) -> l > r ? 1 : 0;
          default -> (l, r) -> l;
        };
    if (!op.equals(">") || left > right) {
      result.put(labels, operator.applyAsDouble(left, right));
    }
  }

  private static Node joined(Random random, int depth) {
    Node left = random(random, depth - 1);
    Node right = random(random, depth - 1);
    String op = List.of("+", "*", "> bool", ">").get(random.nextInt(4));
    boolean on = random.nextBoolean();
    String text = "(%s) %s%s (%s)".formatted(left.text(), op, on ? " on (app)" : "", right.text());
    return new Node(
        text,
        (rows, time) -> {
          Map<Labels, Double> rights = new TreeMap<>();
          for (Map.Entry<Labels, Double> each : right.at(rows, time).entrySet()) {
            if (rights.put(on ? only(each.getKey(), "app") : each.getKey(), each.getValue())
                != null) {
              throw new Unanswerable();
            }
          }
          Map<Labels, Double> seen = new TreeMap<>();
          Map<Labels, Double> result = new TreeMap<>();
          for (Map.Entry<Labels, Double> each : left.at(rows, time).entrySet()) {
            Labels key = on ? only(each.getKey(), "app") : each.getKey();
            Double other = rights.get(key);
            if (other != null) {
              if (seen.put(key, other) != null) {
                throw new Unanswerable();
              }
              apply(op, key, each.getValue(), other, result);
            }
          }
          return result;
        });
  }

  private static Node set(Random random, int depth) {
    Node left = random(random, depth - 1);
    Node right = random(random, depth - 1);
    String op = List.of("and", "or", "unless").get(random.nextInt(3));
    return new Node(
        "(%s) %s (%s)".formatted(left.text(), op, right.text()),
        (rows, time) -> {
          Map<Labels, Double> lefts = left.at(rows, time);
          Map<Labels, Double> rights = right.at(rows, time);
          Map<Labels, Double> result = new TreeMap<>(lefts);
          switch (op) {
            case "and" -> result.keySet().retainAll(rights.keySet());
            case "unless" -> result.keySet().removeAll(rights.keySet());
            default -> rights.forEach(result::putIfAbsent);
          }
          return result;
        });
  }

  private record Window(long rangeSeconds, long offsetSeconds) {
    static Window random(Random random, long range) {
      return new Window(range, random.nextInt(3) == 0 ? random.nextLong(1, 60) : 0);
    }

    String text() {
      return offsetSeconds == 0 ? "" : " offset " + offsetSeconds + "s";
    }

    List<Row> of(List<Row> rows, long timeNanos) {
      long end = timeNanos - offsetSeconds * SECOND;
      long start = end - rangeSeconds * SECOND;
      return rows.stream()
          .filter(row -> row.timeNanos() > start && row.timeNanos() <= end)
          .toList();
    }
  }

  private interface Series {
    Labels of(Row row);
  }

  private static Map<Labels, Double> byLabels(
      List<Row> window, Series series, ToDoubleFunction<List<Row>> function) {
    Map<Labels, List<Row>> groups = new TreeMap<>();
    window.forEach(
        row -> groups.computeIfAbsent(series.of(row), key -> new ArrayList<>()).add(row));
    Map<Labels, Double> result = new TreeMap<>();
    groups.forEach((labels, rows) -> result.put(labels, function.applyAsDouble(rows)));
    return result;
  }

  private static Labels all(Row row) {
    Labels.Builder all = row.stream().toBuilder();
    row.metadata().forEach(all::set);
    return all.build();
  }

  private static Labels only(Labels labels, String... names) {
    Labels.Builder kept = Labels.builder();
    for (String name : names) {
      kept.set(name, labels.get(name));
    }
    return kept.build();
  }

  private static Labels except(Labels labels, List<String> names) {
    Labels.Builder kept = labels.toBuilder();
    names.forEach(kept::remove);
    return kept.build();
  }
}
