package io.ghostworks.traceql.metrics;

import java.util.List;

/**
 * A span that stands for others in a sample.
 *
 * @param labels {@code trace:id} without leading zeros first, then what the query looks at
 * @param value of the span, in the unit of the series; where the function has none for a span
 *     (rates, counts), that of the sample
 * @param timestampMs start of the span, since the epoch
 */
public record MetricExemplar(List<MetricLabel> labels, double value, long timestampMs) {

  public MetricExemplar {
    labels = List.copyOf(labels);
  }

  MetricExemplar withValue(double other) {
    return new MetricExemplar(labels, other, timestampMs);
  }
}
