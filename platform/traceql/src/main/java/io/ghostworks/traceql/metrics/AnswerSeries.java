package io.ghostworks.traceql.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Makes the series of an answer: without steps that have no value, in order, with exemplars. */
final class AnswerSeries {

  private final Steps steps;

  AnswerSeries(Steps steps) {
    this.steps = steps;
  }

  /** Series without any value are left out. */
  List<MetricSeries> of(SeriesSet set) {
    List<MetricSeries> answer = new ArrayList<>();
    for (StepSeries series : set.all()) {
      int count = 0;
      long[] times = new long[series.values().length];
      double[] values = new double[times.length];
      for (int step = 0; step < times.length; step++) {
        if (!Double.isNaN(series.values()[step])) {
          times[count] = steps.timestampMs(step);
          values[count++] = series.values()[step];
        }
      }
      if (count > 0) {
        answer.add(
            new MetricSeries(
                series.labels(),
                Arrays.copyOf(times, count),
                Arrays.copyOf(values, count),
                exemplars(series)));
      }
    }
    answer.sort(Comparator.comparing(MetricSeries::labels, new AnswerOrder()));
    return answer;
  }

  /** Those of steps with a value, which they have where they have none of their own. */
  private List<MetricExemplar> exemplars(StepSeries series) {
    List<MetricExemplar> all = new ArrayList<>();
    for (MetricExemplar exemplar : series.exemplars()) {
      int step = steps.ofMs(exemplar.timestampMs());
      if (step >= 0 && step < series.values().length) {
        double value = series.values()[step];
        if (!Double.isNaN(value)) {
          all.add(Double.isNaN(exemplar.value()) ? exemplar.withValue(value) : exemplar);
        }
      }
    }
    all.sort(Comparator.comparingLong(MetricExemplar::timestampMs));
    return all;
  }
}
