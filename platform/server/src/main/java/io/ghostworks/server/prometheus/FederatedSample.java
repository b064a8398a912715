package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The newest sample of a series that is federated.
 *
 * @param histogram null for a float
 */
record FederatedSample(
    Labels labels, long timestampMs, double value, @Nullable FloatHistogram histogram) {

  String metric() {
    return labels.get(Labels.METRIC_NAME);
  }

  boolean isGaugeHistogram() {
    return histogram != null && histogram.counterReset() == FloatHistogram.CounterReset.GAUGE;
  }

  /** Whether the text format cannot carry it. */
  boolean isNative() {
    return histogram != null && !histogram.usesCustomBuckets();
  }

  /** Whether it belongs into the same family as the one before. */
  boolean continues(@Nullable FederatedSample before) {
    return before != null
        && before.metric().equals(metric())
        && (before.histogram == null) == (histogram == null)
        && before.isGaugeHistogram() == isGaugeHistogram();
  }
}
