package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import java.util.Arrays;

/**
 * What is computed of the spans of each group and step. A <em>cell</em> is {@code group * steps +
 * step}. What an aggregate holds is reserved in the query until that ends. Not thread-safe.
 */
sealed interface StepAggregate {

  /**
   * Adds spans.
   *
   * @param groups how many groups there are by now
   * @param cells of each span; -1 leaves it out
   * @param values of each span; spans without a number have NaN and are left out
   * @param count of spans
   */
  void add(int groups, int[] cells, double[] values, int count);

  /**
   * Adds what another one of the same kind has.
   *
   * @param groups how many groups there are by now
   * @param numbers the group here of each group there; -1 leaves it out
   */
  void addAll(StepAggregate other, int groups, int[] numbers);

  /** Cells of one number each. */
  final class Cells {
    private final QueryContext context;
    private final int steps;
    private final double empty;
    private double[] values = {};

    Cells(QueryContext context, int steps, double empty) {
      this.context = context;
      this.steps = steps;
      this.empty = empty;
    }

    /** The values of all cells, of at least so many groups. */
    double[] upTo(int groups) {
      long needed = (long) groups * steps;
      if (needed > values.length) {
        long grown = Math.max(needed, Math.min(2L * values.length, Integer.MAX_VALUE - 16));
        context.reserve((grown - values.length) * Double.BYTES);
        int from = values.length;
        values = Arrays.copyOf(values, Math.toIntExact(grown));
        if (empty != 0) {
          Arrays.fill(values, from, values.length, empty);
        }
      }
      return values;
    }

    double[] of(int group) {
      return (long) (group + 1) * steps > values.length
          ? filled()
          : Arrays.copyOfRange(values, group * steps, (group + 1) * steps);
    }

    private double[] filled() {
      double[] none = new double[steps];
      Arrays.fill(none, empty);
      return none;
    }
  }

  /** Aggregates that give one number a cell. */
  sealed interface Single extends StepAggregate {
    /** The values of a group; a new array. */
    double[] values(int group);
  }

  /** Counts spans; a span's value is what it counts for. */
  final class Counts implements Single {
    private final Cells cells;
    private final int steps;
    private final double factor;

    /**
     * @param factor by which a count is multiplied
     */
    Counts(QueryContext context, int steps, double factor) {
      this.cells = new Cells(context, steps, 0);
      this.steps = steps;
      this.factor = factor;
    }

    @Override
    public void add(int groups, int[] cellOf, double[] weights, int count) {
      double[] counts = cells.upTo(groups);
      for (int i = 0; i < count; i++) {
        int cell = cellOf[i];
        if (cell >= 0) {
          counts[cell] += weights[i];
        }
      }
    }

    /** Adds spans that count for one each. */
    void addOnes(int groups, int[] cellOf, int count) {
      double[] counts = cells.upTo(groups);
      for (int i = 0; i < count; i++) {
        int cell = cellOf[i];
        if (cell >= 0) {
          counts[cell]++;
        }
      }
    }

    @Override
    public void addAll(StepAggregate other, int groups, int[] numbers) {
      double[] counts = cells.upTo(groups);
      for (int group = 0; group < numbers.length; group++) {
        if (numbers[group] >= 0) {
          double[] more = ((Counts) other).cells.of(group);
          int base = numbers[group] * steps;
          for (int step = 0; step < steps; step++) {
            counts[base + step] += more[step];
          }
        }
      }
    }

    @Override
    public double[] values(int group) {
      double[] values = cells.of(group);
      for (int i = 0; i < values.length; i++) {
        values[i] *= factor;
      }
      return values;
    }
  }

  /** The least or the greatest value. */
  final class Extremes implements Single {
    private final Cells cells;
    private final int steps;
    private final boolean greatest;

    Extremes(QueryContext context, int steps, boolean greatest) {
      this.cells = new Cells(context, steps, Double.NaN);
      this.steps = steps;
      this.greatest = greatest;
    }

    @Override
    public void add(int groups, int[] cellOf, double[] values, int count) {
      double[] extremes = cells.upTo(groups);
      for (int i = 0; i < count; i++) {
        int cell = cellOf[i];
        if (cell >= 0) {
          put(extremes, cell, values[i]);
        }
      }
    }

    private void put(double[] extremes, int cell, double value) {
      double known = extremes[cell];
      boolean better = greatest ? value > known : value < known;
      if (better || Double.isNaN(known)) {
        extremes[cell] = value;
      }
    }

    @Override
    public void addAll(StepAggregate other, int groups, int[] numbers) {
      double[] extremes = cells.upTo(groups);
      for (int group = 0; group < numbers.length; group++) {
        if (numbers[group] >= 0) {
          double[] more = ((Extremes) other).cells.of(group);
          for (int step = 0; step < steps; step++) {
            if (!Double.isNaN(more[step])) {
              put(extremes, numbers[group] * steps + step, more[step]);
            }
          }
        }
      }
    }

    @Override
    public double[] values(int group) {
      return cells.of(group);
    }
  }

  /**
   * Sums and means, by compensated summation: the answer hardly depends on the order of the spans.
   * Spans without the attribute count for neither.
   */
  final class Sums implements Single {
    private final Cells sums;
    private final Cells lost;
    private final Cells weights;
    private final int steps;
    private final boolean mean;

    /**
     * @param mean whether the answer is the mean
     */
    Sums(QueryContext context, int steps, boolean mean) {
      this.sums = new Cells(context, steps, 0);
      this.lost = new Cells(context, steps, 0);
      this.weights = new Cells(context, steps, 0);
      this.steps = steps;
      this.mean = mean;
    }

    @Override
    public void add(int groups, int[] cellOf, double[] values, int count) {
      double[] total = sums.upTo(groups);
      double[] rest = lost.upTo(groups);
      double[] weight = weights.upTo(groups);
      for (int i = 0; i < count; i++) {
        int cell = cellOf[i];
        if (cell >= 0 && !Double.isNaN(values[i])) {
          add(total, rest, cell, values[i]);
          weight[cell]++;
        }
      }
    }

    /** Adds spans that count for several each. */
    void addWeighted(int groups, int[] cellOf, double[] values, double[] spans, int count) {
      double[] total = sums.upTo(groups);
      double[] rest = lost.upTo(groups);
      double[] weight = weights.upTo(groups);
      for (int i = 0; i < count; i++) {
        int cell = cellOf[i];
        if (cell >= 0 && !Double.isNaN(values[i])) {
          add(total, rest, cell, values[i] * spans[i]);
          weight[cell] += spans[i];
        }
      }
    }

    /** Neumaier's summation. */
    private static void add(double[] total, double[] rest, int cell, double value) {
      double known = total[cell];
      double sum = known + value;
      if (Double.isInfinite(sum)) {
        rest[cell] = 0;
      } else if (Math.abs(known) >= Math.abs(value)) {
        rest[cell] += (known - sum) + value;
      } else {
        rest[cell] += (value - sum) + known;
      }
      total[cell] = sum;
    }

    @Override
    public void addAll(StepAggregate other, int groups, int[] numbers) {
      double[] total = sums.upTo(groups);
      double[] rest = lost.upTo(groups);
      double[] weight = weights.upTo(groups);
      Sums from = (Sums) other;
      for (int group = 0; group < numbers.length; group++) {
        if (numbers[group] >= 0) {
          double[] more = from.sums.of(group);
          double[] moreRest = from.lost.of(group);
          double[] moreWeight = from.weights.of(group);
          for (int step = 0; step < steps; step++) {
            int cell = numbers[group] * steps + step;
            add(total, rest, cell, more[step]);
            rest[cell] += moreRest[step];
            weight[cell] += moreWeight[step];
          }
        }
      }
    }

    @Override
    public double[] values(int group) {
      double[] values = sums.of(group);
      double[] rest = lost.of(group);
      double[] weight = weights.of(group);
      for (int step = 0; step < steps; step++) {
        double sum = values[step] + rest[step];
        values[step] = weight[step] == 0 ? Double.NaN : mean ? sum / weight[step] : sum;
      }
      return values;
    }
  }

  /** Counts spans by the power of two at or above their value; see {@link Log2Buckets}. */
  final class Buckets implements StepAggregate {
    private static final int CELL_BYTES = Log2Buckets.COUNT * Double.BYTES + 16;

    private final QueryContext context;
    private final int steps;
    private double[][] cells = {};

    Buckets(QueryContext context, int steps) {
      this.context = context;
      this.steps = steps;
    }

    @Override
    public void add(int groups, int[] cellOf, double[] values, int count) {
      grow(groups);
      for (int i = 0; i < count; i++) {
        if (cellOf[i] >= 0 && values[i] >= 2) {
          cell(cellOf[i])[Log2Buckets.exponent((long) values[i])]++;
        }
      }
    }

    /** Adds spans that count for several each. */
    void addWeighted(int groups, int[] cellOf, double[] values, double[] spans, int count) {
      grow(groups);
      for (int i = 0; i < count; i++) {
        if (cellOf[i] >= 0 && values[i] >= 2) {
          cell(cellOf[i])[Log2Buckets.exponent((long) values[i])] += spans[i];
        }
      }
    }

    private void grow(int groups) {
      long needed = (long) groups * steps;
      if (needed > cells.length) {
        long grown = Math.max(needed, Math.min(2L * cells.length, Integer.MAX_VALUE - 16));
        context.reserve((grown - cells.length) * Long.BYTES);
        cells = Arrays.copyOf(cells, Math.toIntExact(grown));
      }
    }

    private double[] cell(int cell) {
      double[] known = cells[cell];
      if (known == null) {
        context.reserve(CELL_BYTES);
        known = new double[Log2Buckets.COUNT];
        cells[cell] = known;
      }
      return known;
    }

    @Override
    public void addAll(StepAggregate other, int groups, int[] numbers) {
      grow(groups);
      for (int group = 0; group < numbers.length; group++) {
        for (int step = 0; numbers[group] >= 0 && step < steps; step++) {
          double[] more = ((Buckets) other).counts(group, step);
          if (more.length > 0) {
            double[] counts = cell(numbers[group] * steps + step);
            for (int i = 0; i < counts.length; i++) {
              counts[i] += more[i];
            }
          }
        }
      }
    }

    /** The counts by exponent; empty if there are none. */
    double[] counts(int group, int step) {
      int cell = group * steps + step;
      double[] known = cell < cells.length ? cells[cell] : null;
      return known == null ? new double[0] : known;
    }
  }
}
