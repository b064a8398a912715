package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the steps of a range query into series. Series with equal labels become one, with
 * several points a step if they meet. More series than the limit end the query.
 */
final class SeriesCollection {
  private final int seriesMax;
  private final int steps;
  private final QueryContext context;
  private final LabelTable table;
  private final List<Points> points = new ArrayList<>();
  private final SeriesCache seriesOf;

  SeriesCollection(StepNode node, int seriesMax, int steps, QueryContext context) {
    this.seriesMax = seriesMax;
    this.steps = steps;
    this.context = context;
    this.table = new LabelTable(context::reserve);
    this.seriesOf = new SeriesCache(series -> number(node.labels(series)));
  }

  void add(StepVector vector) {
    for (int i = 0; i < vector.size(); i++) {
      points
          .get(seriesOf.get(vector.series(i)))
          .add(vector.timeMs(), vector.value(i), steps, context);
    }
  }

  private int number(Labels labels) {
    int number = table.number(labels);
    if (number == points.size()) {
      checkLimit(number + 1, seriesMax);
      points.add(new Points());
    }
    return number;
  }

  /**
   * Refuses more series than one query may give.
   *
   * @throws QueryException of kind LIMIT, in Loki's words
   */
  static void checkLimit(int series, int seriesMax) {
    if (series > seriesMax) {
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "maximum number of series (%d) reached for a single query; consider reducing query cardinality by adding more specific stream selectors, reducing the time range, or aggregating results with functions like sum(), count() or topk()"
              .formatted(seriesMax));
    }
  }

  /** The series by labels. */
  List<LogqlResult.Series> sorted() {
    List<LogqlResult.Series> series = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      series.add(points.get(i).of(table.labels(i)));
    }
    series.sort(Comparator.comparing(LogqlResult.Series::labels));
    return series;
  }

  private static final class Points {
    private long[] times = new long[0];
    private double[] values = new double[0];
    private int size;

    void add(long timeMs, double value, int steps, QueryContext context) {
      if (size == times.length) {
        int length =
            size == 0 ? Math.min(16, steps) : size < steps ? Math.min(steps, 4 * size) : 2 * size;
        context.reserve((long) (length - size) * (Long.BYTES + Double.BYTES));
        times = Arrays.copyOf(times, length);
        values = Arrays.copyOf(values, length);
      }
      times[size] = timeMs;
      values[size++] = value;
    }

    LogqlResult.Series of(Labels labels) {
      return new LogqlResult.Series(
          labels,
          size == times.length ? times : Arrays.copyOf(times, size),
          size == values.length ? values : Arrays.copyOf(values, size));
    }
  }
}
