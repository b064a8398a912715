package io.ghostworks.traceql.metrics;

import java.util.List;

/**
 * One series of an answer. Steps without a value are left out; the arrays have one length, at least
 * 1, and are the receiver's.
 *
 * @param labels in the order of the query's {@code by()}
 * @param timestampsMs ascending, each the end of its step
 * @param exemplars by time
 */
@SuppressWarnings("ArrayRecordComponent") // an answer, looked at and never compared
public record MetricSeries(
    List<MetricLabel> labels,
    long[] timestampsMs,
    double[] values,
    List<MetricExemplar> exemplars) {

  public MetricSeries {
    labels = List.copyOf(labels);
    exemplars = List.copyOf(exemplars);
  }
}
