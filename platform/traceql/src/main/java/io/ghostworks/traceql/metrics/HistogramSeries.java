package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import io.ghostworks.traceql.metrics.AggregationPlan.GroupedExemplars;
import java.util.ArrayList;
import java.util.List;

/** The series of {@code histogram_over_time}: how many spans each bucket of a group has. */
final class HistogramSeries {

  private HistogramSeries() {}

  static void add(
      GroupTable groups,
      StepAggregate.Buckets buckets,
      Steps steps,
      double divisor,
      GroupedExemplars exemplars,
      QueryContext context,
      SeriesSet target) {
    for (int group = 0; group < groups.size(); group++) {
      double[][] series = new double[Log2Buckets.COUNT][];
      for (int step = 0; step < steps.count(); step++) {
        double[] counts = buckets.counts(group, step);
        for (int exponent = 0; exponent < counts.length; exponent++) {
          if (counts[exponent] > 0) {
            if (series[exponent] == null) {
              SeriesSet.reserve(1, steps.count(), context);
              series[exponent] = new double[steps.count()];
            }
            series[exponent][step] = counts[exponent];
          }
        }
      }
      List<MetricExemplar> own = exemplars.of(group);
      for (int exponent = 0; exponent < series.length; exponent++) {
        double[] values = series[exponent];
        if (values != null) {
          List<MetricLabel> labels = new ArrayList<>(groups.labels(group));
          labels.add(
              new MetricLabel(
                  MetricLabel.BUCKET, new LabelValue.Real(Log2Buckets.bound(exponent) / divisor)));
          target.add(new StepSeries(labels, values, ofBucket(own, exponent)));
        }
      }
    }
  }

  /** Exemplars of a bucket; each shows the count of its sample. */
  private static List<MetricExemplar> ofBucket(List<MetricExemplar> exemplars, int exponent) {
    return exemplars.stream()
        .filter(exemplar -> Log2Buckets.exponent((long) exemplar.value()) == exponent)
        .map(exemplar -> exemplar.withValue(Double.NaN))
        .toList();
  }
}
