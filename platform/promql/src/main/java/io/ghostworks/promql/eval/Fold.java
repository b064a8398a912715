package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.KahanSum;
import io.ghostworks.query.histogram.MutableHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Folds the series of one group into one, all steps at once. Within a step the values come in the
 * order of the series, on which the last bits of sums depend.
 */
final class Fold {
  private static final int SEEN = 1;
  private static final int FLOAT = 2;
  private static final int HISTOGRAM = 4;
  private static final int INCOMPATIBLE = 8;
  private static final int INCREMENTAL = 16;
  private static final int RESET = 32;
  private static final int NO_RESET = 64;

  private final Query query;
  private final Expr.Aggregation aggregation;
  private final AggregateOperator operator;
  private final Grid grid;
  private final byte[] flags;
  private final double[] values;
  private final double[] owed;
  private final double[] means;
  private final int[] counts;
  private @Nullable MutableHistogram @Nullable [] sums;
  private @Nullable HistogramMean @Nullable [] histogramMeans;
  private boolean dropName;

  Fold(Query query, Expr.Aggregation aggregation, Grid grid) {
    this.query = query;
    this.aggregation = aggregation;
    this.operator = aggregation.operator();
    this.grid = grid;
    int steps = grid.steps();
    query.context().reserve(bytes());
    this.flags = new byte[steps];
    this.values = new double[steps];
    this.owed = new double[steps];
    this.means = new double[steps];
    this.counts = new int[steps];
  }

  private long bytes() {
    return 29L * grid.steps();
  }

  void add(Series series) {
    dropName |= series.dropName();
    if (!series.hasHistograms() && operator == AggregateOperator.SUM) {
      addToSums(series.values());
      return;
    }
    for (int step = 0; step < grid.steps(); step++) {
      if (series.hasFloat(step)) {
        add(step, series.value(step));
      } else {
        FloatHistogram histogram = series.histogram(step);
        if (histogram != null) {
          add(step, histogram, series);
        }
      }
    }
  }

  /** {@link #add(int, double)} for all steps of floats. */
  private void addToSums(double[] added) {
    for (int step = 0; step < added.length; step++) {
      double value = added[step];
      int flag = flags[step];
      if (Samples.isStale(value) || (flag & INCOMPATIBLE) != 0) {
        continue;
      }
      if ((flag & FLOAT) == 0) {
        flags[step] = (byte) (flag | SEEN | FLOAT);
        values[step] = value;
      } else {
        double sum = values[step];
        owed[step] = KahanSum.nextCompensation(value, sum, owed[step]);
        values[step] = sum + value;
      }
    }
  }

  private boolean is(int step, int flag) {
    return (flags[step] & flag) != 0;
  }

  private void mark(int step, int flag) {
    flags[step] |= (byte) flag;
  }

  private void add(int step, double value) {
    if (is(step, INCOMPATIBLE)) {
      return;
    }
    boolean first = !is(step, SEEN);
    mark(step, SEEN);
    counts[step]++;
    switch (operator) {
      case SUM -> {
        boolean firstFloat = !is(step, FLOAT);
        mark(step, FLOAT);
        if (firstFloat) {
          values[step] = value;
        } else {
          owed[step] = KahanSum.nextCompensation(value, values[step], owed[step]);
          values[step] += value;
        }
      }
      case AVG -> average(step, value);
      case MIN -> {
        if (first || values[step] > value || Double.isNaN(values[step])) {
          values[step] = value;
        }
      }
      case MAX -> {
        if (first || values[step] < value || Double.isNaN(values[step])) {
          values[step] = value;
        }
      }
      case STDDEV, STDVAR -> {
        if (first) {
          means[step] = value;
          values[step] = Double.isNaN(value) || Double.isInfinite(value) ? Double.NaN : 0;
        } else {
          double delta = value - means[step];
          means[step] += delta / counts[step];
          values[step] += delta * (value - means[step]);
        }
      }
      default -> {}
    }
  }

  /** The sum as long as it does not overflow, then the mean carried on from value to value. */
  private void average(int step, double value) {
    if (!is(step, FLOAT)) {
      mark(step, FLOAT);
      values[step] = value;
      return;
    }
    double count = counts[step];
    if (!is(step, INCREMENTAL)) {
      double sum = values[step] + value;
      if (!Double.isInfinite(sum)) {
        owed[step] = KahanSum.nextCompensation(value, values[step], owed[step]);
        values[step] = sum;
        return;
      }
      mark(step, INCREMENTAL);
      means[step] = values[step] / (count - 1);
      owed[step] /= count - 1;
    }
    double q = (count - 1) / count;
    double scaled = q * means[step];
    double added = value / count;
    owed[step] = KahanSum.nextCompensation(added, scaled, q * owed[step]);
    means[step] = scaled + added;
  }

  private void add(int step, FloatHistogram histogram, Series series) {
    switch (operator) {
      case SUM, AVG -> combine(step, histogram, series);
      case COUNT, GROUP -> {
        mark(step, SEEN);
        counts[step]++;
      }
      default ->
          query.annotations().ignoredInAggregation(operator.word(), aggregation.expr().position());
    }
  }

  private void combine(int step, FloatHistogram histogram, Series series) {
    if (is(step, INCOMPATIBLE)) {
      return;
    }
    boolean first = !is(step, SEEN);
    boolean afterFloats = is(step, FLOAT) && !is(step, HISTOGRAM);
    mark(step, SEEN | HISTOGRAM);
    if (afterFloats) {
      return; // the mix gives nothing in any case
    }
    switch (histogram.counterReset()) {
      case RESET -> mark(step, RESET);
      case NOT_RESET -> mark(step, NO_RESET);
      case UNKNOWN, GAUGE -> {}
    }
    try {
      MutableHistogram.Outcome outcome =
          operator == AggregateOperator.SUM
              ? sum(step, histogram, first)
              : mean(step, histogram, first);
      if (outcome != null && outcome.boundsReconciled()) {
        query
            .annotations()
            .reconciledBounds(Annotations.Operation.AGGREGATION, aggregation.expr().position());
      }
    } catch (IncompatibleHistogramsException e) {
      query.annotations().mixedSchemas(series.metricName(), aggregation.expr().position());
      mark(step, INCOMPATIBLE);
    }
  }

  private MutableHistogram.@Nullable Outcome sum(
      int step, FloatHistogram histogram, boolean first) {
    if (sums == null) {
      sums = new @Nullable MutableHistogram[grid.steps()];
    }
    MutableHistogram sum = sums[step];
    if (first || sum == null) {
      sums[step] = MutableHistogram.of(histogram);
      return null;
    }
    return sum.addCompensated(histogram);
  }

  private MutableHistogram.@Nullable Outcome mean(
      int step, FloatHistogram histogram, boolean first) {
    if (histogramMeans == null) {
      histogramMeans = new @Nullable HistogramMean[grid.steps()];
    }
    HistogramMean mean = histogramMeans[step];
    if (first || mean == null) {
      histogramMeans[step] = new HistogramMean(histogram);
      return null;
    }
    return mean.add(histogram);
  }

  /** The result of the group. */
  Series finish(Labels labels) {
    Series result = Blocks.newSeries(query, labels, dropName, grid);
    for (int step = 0; step < grid.steps(); step++) {
      if (is(step, SEEN)) {
        finish(step, result);
      }
    }
    query.context().release(bytes());
    return result;
  }

  private void finish(int step, Series result) {
    switch (operator) {
      case SUM, AVG -> finishSum(step, result);
      case COUNT -> result.set(step, counts[step]);
      case GROUP -> result.set(step, 1);
      case STDVAR -> result.set(step, values[step] / counts[step]);
      case STDDEV -> result.set(step, Math.sqrt(values[step] / counts[step]));
      default -> result.set(step, values[step]);
    }
  }

  private void finishSum(int step, Series result) {
    if (is(step, FLOAT) && is(step, HISTOGRAM)) {
      query.annotations().mixedFloatsHistogramsInAggregation(aggregation.expr().position());
      return;
    }
    if (is(step, INCOMPATIBLE)) {
      return;
    }
    if (is(step, HISTOGRAM)) {
      MutableHistogram total = histogramResult(step);
      if (total != null) {
        result.set(step, total.compact().toHistogram());
      }
    } else if (operator == AggregateOperator.SUM) {
      result.set(step, values[step] + owed[step]);
    } else if (is(step, INCREMENTAL)) {
      result.set(step, means[step] + owed[step]);
    } else {
      result.set(step, values[step] / counts[step] + owed[step] / counts[step]);
    }
    if (is(step, RESET) && is(step, NO_RESET)) {
      query
          .annotations()
          .resetCollision(Annotations.Operation.AGGREGATION, aggregation.expr().position());
    }
  }

  private @Nullable MutableHistogram histogramResult(int step) {
    if (operator == AggregateOperator.SUM) {
      MutableHistogram sum = sums == null ? null : sums[step];
      return sum == null ? null : sum.settle();
    }
    HistogramMean mean = histogramMeans == null ? null : histogramMeans[step];
    return mean == null ? null : mean.result();
  }
}
