package io.ghostworks.instrumentation.metrics;

import io.opentelemetry.context.Context;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The golden signals of an HTTP server.
 *
 * <p>{@code http_request_duration_seconds} and {@code http_requests_total} carry exactly method,
 * endpoint and status_code; the endpoint is the route template, never the path. Tenants and types
 * of errors are counted in metrics of their own, so that labels do not multiply. Durations are in
 * seconds. Thread-safe.
 */
public final class HttpMetrics {
  private static final double[] BUCKETS_SECONDS = {
    .005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10
  };
  private static final int ENDPOINTS_MAX = 200;
  private static final int ERROR_TYPES_MAX = 50;

  private final Histogram duration;
  private final Counter requests;
  private final Counter requestsByTenant;
  private final Counter errorsByType;
  private final Gauge inFlight;
  private final LabelGuard endpoints;
  private final LabelGuard tenants;
  private final LabelGuard errorTypes;

  public HttpMetrics(PrometheusRegistry registry, LabelGuards guards, LabelGuard tenants) {
    this.duration =
        Histogram.builder()
            .name("http_request_duration_seconds")
            .help("HTTP request duration")
            .labelNames("method", "endpoint", "status_code")
            .classicOnly()
            .classicUpperBounds(BUCKETS_SECONDS)
            .register(registry);
    this.requests =
        Counter.builder()
            .name("http_requests_total")
            .help("Total HTTP requests")
            .labelNames("method", "endpoint", "status_code")
            .register(registry);
    this.requestsByTenant =
        Counter.builder()
            .name("http_requests_by_tenant_total")
            .help("HTTP requests by the tenant they were made for")
            .labelNames("tenant_id")
            .register(registry);
    this.errorsByType =
        Counter.builder()
            .name("http_errors_total")
            .help("HTTP requests that were answered with an error, by type of error")
            .labelNames("error_type")
            .register(registry);
    this.inFlight =
        Gauge.builder()
            .name("http_requests_in_flight")
            .help("HTTP requests being served now")
            .register(registry);
    this.endpoints = guards.guard("endpoint", ENDPOINTS_MAX);
    this.errorTypes = guards.guard("error_type", ERROR_TYPES_MAX);
    this.tenants = tenants;
  }

  /**
   * Shows 0 for answers that are sure to come but rare, so that the first one is seen as an
   * increase.
   */
  public void expectAnswer(String method, String endpoint, int statusCode) {
    requests.initLabelValues(method, endpoints.admit(endpoint), Integer.toString(statusCode));
  }

  public void started() {
    inFlight.inc();
  }

  /** Counts a request that has ended; {@code errorType} is null where it succeeded. */
  public void ended(
      Context context,
      String method,
      String endpoint,
      int statusCode,
      double seconds,
      @Nullable String tenantId,
      @Nullable String errorType) {
    inFlight.dec();
    String route = endpoints.admit(endpoint);
    String status = Integer.toString(statusCode);
    Exemplars.observe(duration.labelValues(method, route, status), seconds, context);
    requests.labelValues(method, route, status).inc();
    requestsByTenant.labelValues(tenants.admit(tenantId)).inc();
    if (errorType != null) {
      errorsByType.labelValues(errorTypes.admit(errorType)).inc();
    }
  }
}
