package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one query as far as one thread has read them: groups, what is computed of them, and
 * exemplars. Not thread-safe.
 */
final class SpanWork {

  private final Steps steps;
  private final GroupTable groups;
  private final StepAggregate aggregate;
  private final ExemplarReservoir exemplars;
  private int[] cells = {};
  private long spans;

  /** Gives the labels of spans that may become exemplars. */
  @FunctionalInterface
  interface Details {
    /**
     * @param rows ascending
     * @return the labels of each
     */
    List<List<MetricLabel>> labels(int[] rows);
  }

  SpanWork(
      AggregationPlan plan, Steps steps, QueryContext context, int groupsMax, int exemplarsMax) {
    this.steps = steps;
    this.groups = new GroupTable(context, plan.labelNames(), groupsMax);
    this.aggregate = plan.aggregate(context, steps);
    this.exemplars = new ExemplarReservoir(exemplarsMax, steps);
  }

  GroupTable groups() {
    return groups;
  }

  StepAggregate aggregate() {
    return aggregate;
  }

  ExemplarReservoir exemplars() {
    return exemplars;
  }

  /** How many spans were read. */
  long spans() {
    return spans;
  }

  /**
   * Adds spans.
   *
   * @param times when they started
   * @param groupOf the group of each, -1 for one that is left out; changed by this method
   * @param values what is computed with, or null where spans are only counted
   * @param weights how many spans each stands for, or null for one each
   * @param exemplarValues the value of each as an exemplar, or null for the sample's
   */
  void add(
      int count,
      long[] times,
      int[] groupOf,
      double @Nullable [] values,
      double @Nullable [] weights,
      double @Nullable [] exemplarValues,
      Details details) {
    spans += count;
    if (cells.length < count) {
      cells = new int[count];
    }
    place(count, times, groupOf);
    int size = Math.max(1, groups.size());
    switch (aggregate) {
      case StepAggregate.Counts counts -> {
        if (weights == null) {
          counts.addOnes(size, cells, count);
        } else {
          counts.add(size, cells, weights, count);
        }
      }
      case StepAggregate.Extremes extremes -> extremes.add(size, cells, needed(values), count);
      case StepAggregate.Sums sums -> {
        if (weights == null) {
          sums.add(size, cells, needed(values), count);
        } else {
          sums.addWeighted(size, cells, needed(values), weights, count);
        }
      }
      case StepAggregate.Buckets buckets -> {
        if (weights == null) {
          buckets.add(size, cells, needed(values), count);
        } else {
          buckets.addWeighted(size, cells, needed(values), weights, count);
        }
      }
    }
    if (!exemplars.isEmpty()) {
      leaveOut(count, values, groupOf);
      choose(count, times, groupOf, exemplarValues, details);
    }
  }

  private static double[] needed(double @Nullable [] values) {
    if (values == null) {
      throw new IllegalStateException("this function computes with values");
    }
    return values;
  }

  /** Finds the cell of each span; neighbours are mostly of one step. */
  private void place(int count, long[] times, int[] groupOf) {
    int perGroup = steps.count();
    int[] target = cells;
    long from = 1; // times in (from, to] are of the step
    long to = 0;
    int step = -1;
    for (int i = 0; i < count; i++) {
      long time = times[i];
      if (time <= from || time > to) {
        step = steps.of(time);
        if (step < 0) {
          target[i] = -1;
          groupOf[i] = -1;
          continue;
        }
        from = steps.startNanos() + step * steps.stepNanos();
        to = Math.min(from + steps.stepNanos(), steps.endNanos());
      }
      int group = groupOf[i];
      target[i] = group < 0 ? -1 : group * perGroup + step;
    }
  }

  /** Spans without a value are no exemplars. */
  private void leaveOut(int count, double @Nullable [] values, int[] groupOf) {
    if (values != null) {
      double least = aggregate instanceof StepAggregate.Buckets ? 2 : Double.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        if (!(values[i] >= least)) {
          groupOf[i] = -1;
        }
      }
    }
  }

  private void choose(
      int count, long[] times, int[] groupOf, double @Nullable [] exemplarValues, Details details) {
    int[] rows = exemplars.best(count, times, groupOf);
    if (rows.length == 0) {
      return;
    }
    List<List<MetricLabel>> labels = details.labels(rows);
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      exemplars.add(
          times[row],
          groupOf[row],
          exemplarValues == null ? Double.NaN : exemplarValues[row],
          labels.get(i));
    }
  }

  /** Adds what another thread has read. */
  void addAll(SpanWork other) {
    int[] numbers = groups.numbersOf(other.groups);
    aggregate.addAll(other.aggregate, Math.max(1, groups.size()), numbers);
    exemplars.addAll(other.exemplars, numbers);
    spans += other.spans;
  }
}
