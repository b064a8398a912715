package io.ghostworks.traceql.metrics;

import java.util.List;

/**
 * A series while it is worked on.
 *
 * @param labels in their order
 * @param values one a step, not a number where it has none; whoever makes the series owns them
 */
@SuppressWarnings("ArrayRecordComponent") // looked at and never compared
record StepSeries(List<MetricLabel> labels, double[] values, List<MetricExemplar> exemplars) {

  StepSeries {
    labels = List.copyOf(labels);
    exemplars = List.copyOf(exemplars);
  }
}
