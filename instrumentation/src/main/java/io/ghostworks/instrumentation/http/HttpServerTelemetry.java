package io.ghostworks.instrumentation.http;

import io.ghostworks.instrumentation.context.CorrelationId;
import io.ghostworks.instrumentation.context.RequestState;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.ghostworks.instrumentation.metrics.HttpMetrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Begins the observation of a request; {@link ServerRequest} ends it. Thread-safe. */
public final class HttpServerTelemetry {
  private static final Set<String> METHODS =
      Set.of(
          "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
  private static final String OTHER_METHOD = "_OTHER";

  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final HttpMetrics metrics;
  private final CorrelationId correlationIds;

  public HttpServerTelemetry(
      Tracer tracer,
      TextMapPropagator propagator,
      HttpMetrics metrics,
      CorrelationId correlationIds) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.metrics = metrics;
    this.correlationIds = correlationIds;
  }

  /** The headers of a request; a missing one is null. */
  public interface Headers {
    @Nullable String first(String name);
  }

  /**
   * Counts from 0 what is sure to come but rare, a status code of a route that fails now and then:
   * a counter that began with the first event would hide it from {@code rate}.
   *
   * @param route the route template
   */
  public void expectAnswer(String method, String route, int statusCode) {
    metrics.expectAnswer(method, route, statusCode);
  }

  /** A request has come in: it must be ended by {@link ServerRequest#end}. */
  public ServerRequest start(String method, String scheme, String path, Headers headers) {
    String knownMethod = METHODS.contains(method) ? method : OTHER_METHOD;
    String correlationId = correlationIds.of(headers.first(CorrelationId.HEADER));
    RequestState state = new RequestState();
    Context parent =
        TelemetryContext.withCorrelationId(
            TelemetryContext.withoutClaims(
                propagator.extract(Context.root(), headers, HeaderGetter.INSTANCE)),
            correlationId);
    Span span =
        tracer
            .spanBuilder(knownMethod)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", knownMethod)
            .setAttribute("url.scheme", scheme.toLowerCase(Locale.ROOT))
            .setAttribute("url.path", path)
            .startSpan();
    metrics.started();
    return new ServerRequest(
        metrics, state.storeIn(parent.with(span)), state, span, knownMethod, correlationId);
  }

  /** Reads the propagators' headers. */
  private enum HeaderGetter implements TextMapGetter<Headers> {
    INSTANCE;

    @Override
    public @Nullable String get(@Nullable Headers carrier, String key) {
      return carrier == null ? null : carrier.first(key);
    }
  }
}
