package io.ghostworks.instrumentation.http;

import io.ghostworks.instrumentation.context.RequestState;
import io.ghostworks.instrumentation.metrics.HttpMetrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being served. Its context is made current while it is handled; it ends once,
 * later calls of {@link #end} are ignored so that an error path and an asynchronous completion may
 * both call it.
 */
public final class ServerRequest {
  private static final String UNMATCHED = "_unmatched";

  private final HttpMetrics metrics;
  private final Context context;
  private final RequestState state;
  private final Span span;
  private final String method;
  private final String correlationId;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  ServerRequest(
      HttpMetrics metrics,
      Context context,
      RequestState state,
      Span span,
      String method,
      String correlationId) {
    this.metrics = metrics;
    this.context = context;
    this.state = state;
    this.span = span;
    this.method = method;
    this.correlationId = correlationId;
  }

  public Context context() {
    return context;
  }

  /** What the response must carry as {@code X-Request-ID}. */
  public String correlationId() {
    return correlationId;
  }

  /**
   * The request is answered.
   *
   * @param route the route template that matched, or null where none did
   * @param failure what escaped the handler, or null
   */
  public void end(@Nullable String route, int statusCode, @Nullable Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    String errorType = errorType(statusCode, failure);
    if (route != null) {
      span.updateName(method + " " + route);
      span.setAttribute("http.route", route);
    }
    span.setAttribute("http.response.status_code", statusCode);
    if (errorType != null) {
      span.setAttribute("error.type", errorType);
    }
    if (failure != null) {
      span.recordException(failure);
    }
    if (statusCode >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    metrics.ended(
        context,
        method,
        route == null ? UNMATCHED : route,
        statusCode,
        (System.nanoTime() - startNanos) / 1e9,
        state.tenantId(),
        errorType);
    span.end();
  }

  private @Nullable String errorType(int statusCode, @Nullable Throwable failure) {
    if (statusCode < 400) {
      return null;
    }
    String named = state.errorType();
    if (named != null) {
      return named;
    }
    return failure == null ? "http_" + statusCode : failure.getClass().getSimpleName();
  }
}
