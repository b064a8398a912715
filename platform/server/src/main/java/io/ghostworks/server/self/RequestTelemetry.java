package io.ghostworks.server.self;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.http.RequestObserver;
import io.ghostworks.server.http.Route;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of every request, and a span of each that reads or fails. Requests that store telemetry
 * leave spans only when they fail: otherwise the platform's own traces would feed on themselves.
 */
public final class RequestTelemetry implements RequestObserver {

  private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private final PlatformMetrics metrics;
  private final SelfTraces traces;
  private final ConcurrentHashMap<Key, PlatformMetrics.Histogram> histograms =
      new ConcurrentHashMap<>();

  private record Key(String route, String method, int status) {}

  public RequestTelemetry(PlatformMetrics metrics, SelfTraces traces) {
    this.metrics = metrics;
    this.traces = traces;
  }

  @Override
  public void answered(
      Route route,
      String method,
      int status,
      long startEpochNanos,
      long durationNanos,
      @Nullable String traceParent) {
    histograms
        .computeIfAbsent(new Key(route.path(), method, status), this::histogram)
        .observe(durationNanos / 1e9);
    if (route.work() == Route.Work.QUERY || status >= 500) {
      traces.request(method, route.path(), status, startEpochNanos, durationNanos, traceParent);
    }
  }

  private PlatformMetrics.Histogram histogram(Key key) {
    return metrics.histogram(
        "ghostworks_http_request_duration_seconds",
        "Time from a request's first byte to its answer.",
        Labels.of(
            "route",
            key.route(),
            "method",
            key.method(),
            "status_code",
            Integer.toString(key.status())),
        BOUNDS);
  }
}
