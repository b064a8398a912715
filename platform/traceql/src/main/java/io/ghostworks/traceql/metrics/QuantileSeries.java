package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import io.ghostworks.traceql.metrics.AggregationPlan.GroupedExemplars;
import java.util.ArrayList;
import java.util.List;

/**
 * The series of {@code quantile_over_time}: one of each group and quantile, interpolated between
 * powers of two. Steps without spans have 0. Source: Tempo's {@code HistogramAggregator}.
 */
final class QuantileSeries {

  private final List<Double> quantiles;
  private final double divisor;
  private final Steps steps;
  private final QueryContext context;

  /**
   * @param divisor of the buckets' bounds
   */
  QuantileSeries(List<Double> quantiles, double divisor, Steps steps, QueryContext context) {
    this.quantiles = List.copyOf(quantiles);
    this.divisor = divisor;
    this.steps = steps;
    this.context = context;
  }

  void add(
      GroupTable groups,
      StepAggregate.Buckets buckets,
      GroupedExemplars exemplars,
      SeriesSet target) {
    double[] overall = overall(groups.size(), buckets);
    for (int group = 0; group < groups.size(); group++) {
      SeriesSet.reserve(quantiles.size(), steps.count(), context);
      double[][] values = new double[quantiles.size()][steps.count()];
      boolean any = false;
      for (int step = 0; step < steps.count(); step++) {
        context.check();
        double[] counts = buckets.counts(group, step);
        any |= counts.length > 0;
        for (int i = 0; i < values.length; i++) {
          values[i][step] = quantile(quantiles.get(i), counts);
        }
      }
      if (any) {
        add(groups.labels(group), values, exemplars.of(group), overall, target);
      }
    }
  }

  private void add(
      List<MetricLabel> group,
      double[][] values,
      List<MetricExemplar> exemplars,
      double[] overall,
      SeriesSet target) {
    for (int i = 0; i < values.length; i++) {
      List<MetricLabel> labels = new ArrayList<>(group);
      labels.add(new MetricLabel(MetricLabel.QUANTILE, new LabelValue.Real(quantiles.get(i))));
      List<MetricExemplar> own = new ArrayList<>();
      for (MetricExemplar exemplar : exemplars) {
        if (nearest(exemplar.value(), overall) == i) {
          own.add(exemplar);
        }
      }
      target.add(new StepSeries(labels, values[i], own));
    }
  }

  /** The quantiles of all spans of the query. */
  private double[] overall(int groups, StepAggregate.Buckets buckets) {
    double[] all = new double[Log2Buckets.COUNT];
    for (int group = 0; group < groups; group++) {
      for (int step = 0; step < steps.count(); step++) {
        double[] counts = buckets.counts(group, step);
        for (int i = 0; i < counts.length; i++) {
          all[i] += counts[i];
        }
      }
    }
    return quantiles.stream().mapToDouble(p -> quantile(p, all)).toArray();
  }

  private double quantile(double p, double[] counts) {
    double[] bounds = new double[counts.length];
    long[] full = new long[counts.length];
    int size = 0;
    for (int exponent = 0; exponent < counts.length; exponent++) {
      if (counts[exponent] >= 1) {
        bounds[size] = Log2Buckets.bound(exponent) / divisor;
        full[size++] = (long) counts[exponent];
      }
    }
    return Log2Buckets.quantile(p, bounds, full, size);
  }

  /** The quantile that is nearest to a value, or -1. */
  private static int nearest(double value, double[] overall) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < overall.length; i++) {
      double distance = Math.abs(value - overall[i]);
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
