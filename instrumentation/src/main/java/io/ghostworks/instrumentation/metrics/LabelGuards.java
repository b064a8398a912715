package io.ghostworks.instrumentation.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Makes the guards of a registry's labels and counts what they hold back, by label. */
public final class LabelGuards {
  private final Counter refused;

  public LabelGuards(PrometheusRegistry registry) {
    this.refused =
        Counter.builder()
            .name("telemetry_label_values_refused_total")
            .help(
                "Uses of label values beyond the limit of their label, counted under its overflow value")
            .labelNames("label")
            .register(registry);
  }

  /** A guard for one label name. */
  public LabelGuard guard(String label, int valuesMax) {
    return new LabelGuard(valuesMax, refused.labelValues(label));
  }
}
