package io.ghostworks.traceql.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** What a query does with its series once they are known, one by one. */
final class SeriesStages {

  private SeriesStages() {}

  private record Point(SeriesKey key, double value) {
    /** By value, equal ones by their keys. */
    static final Comparator<Point> ORDER =
        (left, right) ->
            left.value == right.value
                ? left.key.compareTo(right.key)
                : Double.compare(left.value, right.value);
  }

  /** At each step the series with the greatest values; the others have none there. */
  static SeriesSet top(SeriesSet input, int steps, int limit) {
    return chosen(input, steps, limit, Point.ORDER);
  }

  /** At each step the series with the least values. */
  static SeriesSet bottom(SeriesSet input, int steps, int limit) {
    return chosen(input, steps, limit, Point.ORDER.reversed());
  }

  private static SeriesSet chosen(SeriesSet input, int steps, int limit, Comparator<Point> order) {
    if (input.size() <= limit) {
      return input;
    }
    SeriesSet result = new SeriesSet();
    PriorityQueue<Point> best = new PriorityQueue<>(limit, order);
    for (int step = 0; step < steps; step++) {
      for (Map.Entry<SeriesKey, StepSeries> each : input.entries()) {
        double[] values = each.getValue().values();
        if (step < values.length && !Double.isNaN(values[step])) {
          best.add(new Point(each.getKey(), values[step]));
          if (best.size() > limit) {
            best.poll();
          }
        }
      }
      for (Point point : best) {
        at(result, point.key(), input, steps)[step] = point.value();
      }
      best.clear();
    }
    return result;
  }

  private static double[] at(SeriesSet result, SeriesKey key, SeriesSet input, int steps) {
    StepSeries known = result.get(key);
    StepSeries from = input.get(key);
    if (known == null && from != null) {
      double[] values = new double[steps];
      Arrays.fill(values, Double.NaN);
      known = new StepSeries(from.labels(), values, from.exemplars());
      result.put(key, known);
    }
    if (known == null) {
      throw new IllegalStateException("a chosen series is one of the input");
    }
    return known.values();
  }

  /** The values that fulfil a condition; series without one are left out. */
  static SeriesSet filtered(SeriesSet input, DoublePredicate condition) {
    SeriesSet result = new SeriesSet();
    for (Map.Entry<SeriesKey, StepSeries> each : input.entries()) {
      double[] values = each.getValue().values().clone();
      boolean any = false;
      for (int i = 0; i < values.length; i++) {
        if (Double.isNaN(values[i]) || !condition.test(values[i])) {
          values[i] = Double.NaN;
        } else {
          any = true;
        }
      }
      if (any) {
        List<MetricExemplar> exemplars = new ArrayList<>(each.getValue().exemplars());
        exemplars.removeIf(
            exemplar -> Double.isNaN(exemplar.value()) || !condition.test(exemplar.value()));
        result.put(each.getKey(), new StepSeries(each.getValue().labels(), values, exemplars));
      }
    }
    return result;
  }

  /** Every value, and every exemplar's, changed. */
  static SeriesSet mapped(SeriesSet input, DoubleUnaryOperator change) {
    SeriesSet result = new SeriesSet();
    for (Map.Entry<SeriesKey, StepSeries> each : input.entries()) {
      StepSeries series = each.getValue();
      double[] values = Arrays.stream(series.values()).map(change).toArray();
      List<MetricExemplar> exemplars =
          series.exemplars().stream()
              .map(exemplar -> exemplar.withValue(change.applyAsDouble(exemplar.value())))
              .toList();
      result.put(each.getKey(), new StepSeries(series.labels(), values, exemplars));
    }
    return result;
  }
}
