package io.ghostworks.promql.cache;

import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of a query at consecutive steps. Immutable.
 *
 * @param firstMs the first step
 * @param steps how many, at least 1
 * @param columns sorted by labels, each with a value at some step
 * @param cost of evaluating the steps; at least that of evaluating a part of them
 */
record Extent(long firstMs, long stepMs, int steps, List<Column> columns, Cost cost) {

  /**
   * What is known of an evaluation.
   *
   * @param peakSamples the most that it held at once; that of a range is at most the sum of those
   *     of its parts
   * @param dependsOnRange as {@link QueryAnswer#dependsOnRange}
   */
  record Cost(long peakSamples, boolean dependsOnRange) {
    Cost and(Cost other) {
      return new Cost(peakSamples + other.peakSamples, dependsOnRange || other.dependsOnRange);
    }
  }

  /** What an evaluation gave, floats alone. */
  static Extent of(QueryAnswer answer, long firstMs, long stepMs, int steps) {
    List<SeriesPoints> series = ((QueryResult.Matrix) answer.result()).series();
    List<Column> columns = new ArrayList<>(series.size());
    for (SeriesPoints points : series) {
      if (points.size() > 0) {
        columns.add(Column.of(points, firstMs, stepMs));
      }
    }
    Cost cost = new Cost(answer.peakSamples(), answer.dependsOnRange());
    return new Extent(firstMs, stepMs, steps, columns, cost);
  }

  /** The last step. */
  long lastMs() {
    return firstMs + (steps - 1) * stepMs;
  }

  /** The steps from one to another, both of which it has. */
  Extent between(long fromMs, long throughMs) {
    if (fromMs == firstMs && throughMs == lastMs()) {
      return this;
    }
    int from = (int) ((fromMs - firstMs) / stepMs);
    int to = (int) ((throughMs - firstMs) / stepMs) + 1;
    List<Column> kept = new ArrayList<>(columns.size());
    for (Column column : columns) {
      Column part = column.between(from, to);
      if (part != null) {
        kept.add(part.movedBy(-from));
      }
    }
    return new Extent(fromMs, stepMs, to - from, kept, cost);
  }

  /** These steps and those of another extent, which follow at once. */
  Extent then(Extent next) {
    List<Column> joined = new ArrayList<>(Math.max(columns.size(), next.columns.size()));
    int left = 0;
    int right = 0;
    while (left < columns.size() || right < next.columns.size()) {
      int order =
          left == columns.size()
              ? 1
              : right == next.columns.size()
                  ? -1
                  : columns.get(left).labels().compareTo(next.columns.get(right).labels());
      if (order < 0) {
        joined.add(columns.get(left++));
      } else {
        Column later = next.columns.get(right++).movedBy(steps);
        joined.add(order > 0 ? later : later.after(columns.get(left++)));
      }
    }
    return new Extent(firstMs, stepMs, steps + next.steps, joined, cost.and(next.cost));
  }

  /** The result in the form of a query's. */
  QueryResult.Matrix matrix() {
    long[] timesMs = new long[steps];
    for (int step = 0; step < steps; step++) {
      timesMs[step] = firstMs + step * stepMs;
    }
    List<SeriesPoints> series = new ArrayList<>(columns.size());
    for (Column column : columns) {
      series.add(column.points(timesMs));
    }
    return new QueryResult.Matrix(series);
  }

  /** What {@link #matrix} takes at most. */
  long matrixBytes() {
    long bytes = 8L * steps;
    for (Column column : columns) {
      bytes += 64 + 16L * column.values().length;
    }
    return bytes;
  }

  /** About the memory that it takes. */
  long bytes() {
    long bytes = 256;
    for (Column column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }
}
