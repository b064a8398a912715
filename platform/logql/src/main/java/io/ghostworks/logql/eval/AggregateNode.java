package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * {@code sum}, {@code avg}, {@code min}, {@code max}, {@code count}, {@code stddev} and {@code
 * stdvar} by groups. Source of the order of operations: Loki, {@code VectorAggEvaluator}.
 */
final class AggregateNode implements StepNode {
  private final Operation operation;
  private final Grouping grouping;
  private final StepNode input;
  private final LabelTable groups;
  private final SeriesCache groupOf;
  private final StepVector vector = new StepVector();
  private int[] seen = new int[16];
  private double[] values = new double[16];
  private double[] means = new double[16];
  private long[] counts = new long[16];
  private int[] order = new int[16];
  private int ordered;
  private int step;

  /** What becomes of the values of a group. */
  enum Operation {
    SUM,
    AVERAGE,
    MIN,
    MAX,
    COUNT,
    STANDARD_DEVIATION,
    VARIANCE
  }

  AggregateNode(Operation operation, Grouping grouping, StepNode input, LongConsumer memory) {
    this.operation = operation;
    this.grouping = grouping;
    this.input = input;
    this.groups = new LabelTable(memory);
    this.groupOf = new SeriesCache(series -> groups.number(grouping.key(input.labels(series))));
  }

  @Override
  public boolean next(StepVector out) {
    if (!input.next(vector)) {
      return false;
    }
    step++;
    ordered = 0;
    for (int i = 0; i < vector.size(); i++) {
      add(groupOf.get(vector.series(i)), vector.value(i));
    }
    out.start(vector.timeMs());
    for (int i = 0; i < ordered; i++) {
      out.add(order[i], result(order[i]));
    }
    return true;
  }

  private void add(int group, double value) {
    if (group >= seen.length) {
      grow(group);
    }
    if (seen[group] != step) {
      seen[group] = step;
      order[ordered++] = group;
      boolean deviation =
          operation == Operation.STANDARD_DEVIATION || operation == Operation.VARIANCE;
      values[group] = deviation ? 0 : value;
      means[group] = value;
      counts[group] = 1;
      return;
    }
    counts[group]++;
    switch (operation) {
      case SUM -> values[group] += value;
      case AVERAGE -> average(group, value);
      case MIN -> {
        if (values[group] > value || Double.isNaN(values[group])) {
          values[group] = value;
        }
      }
      case MAX -> {
        if (values[group] < value || Double.isNaN(values[group])) {
          values[group] = value;
        }
      }
      case COUNT -> {}
      case STANDARD_DEVIATION, VARIANCE -> {
        double delta = value - means[group];
        means[group] += delta / counts[group];
        values[group] += delta * (value - means[group]);
      }
    }
  }

  private void average(int group, double value) {
    double mean = means[group];
    if (Double.isInfinite(mean)) {
      boolean sameInfinity = Double.isInfinite(value) && (mean > 0) == (value > 0);
      if (sameInfinity || Double.isFinite(value)) {
        return;
      }
    }
    means[group] = mean + (value - mean) / counts[group];
  }

  private double result(int group) {
    return switch (operation) {
      case SUM, MIN, MAX -> values[group];
      case AVERAGE -> means[group];
      case COUNT -> counts[group];
      case STANDARD_DEVIATION -> Math.sqrt(values[group] / counts[group]);
      case VARIANCE -> values[group] / counts[group];
    };
  }

  private void grow(int group) {
    int length = Math.max(group + 1, 2 * seen.length);
    seen = Arrays.copyOf(seen, length);
    values = Arrays.copyOf(values, length);
    means = Arrays.copyOf(means, length);
    counts = Arrays.copyOf(counts, length);
    order = Arrays.copyOf(order, length);
  }

  @Override
  public Labels labels(int series) {
    return grouping.labels(groups.labels(series));
  }

  @Override
  public void close() {
    input.close();
  }
}
