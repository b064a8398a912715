package io.ghostworks.instrumentation.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an application for the values of its gauges at a scrape. One that cannot be read is left out
 * and counted: the rest of the page is needed most when something is broken. Thread-safe.
 */
public final class Callbacks {
  private static final Logger log = LoggerFactory.getLogger(Callbacks.class);

  private final Counter failures;

  public Callbacks(PrometheusRegistry registry) {
    this.failures =
        Counter.builder()
            .name("telemetry_gauge_failures_total")
            .help("Scrapes at which a gauge of the application could not be read")
            .labelNames("metric")
            .register(registry);
  }

  void ask(String metric, Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      failures.labelValues(metric).inc();
      log.atWarn().addKeyValue("metric", metric).setCause(e).log("A gauge could not be read");
    }
  }
}
