package io.ghostworks.instrumentation.metrics;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.model.snapshots.Labels;

/** Observes a value with the trace it belongs to, where that trace is sampled. */
final class Exemplars {
  private Exemplars() {}

  static void observe(DistributionDataPoint histogram, double value, Context context) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (span.isSampled()) {
      histogram.observeWithExemplar(
          value, Labels.of("trace_id", span.getTraceId(), "span_id", span.getSpanId()));
    } else {
      histogram.observe(value);
    }
  }
}
