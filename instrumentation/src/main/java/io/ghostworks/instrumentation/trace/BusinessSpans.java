package io.ghostworks.instrumentation.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Spans of an application's own operations ({@code artifact.create}).
 *
 * <p>Tenant, user and correlation id come from the context; a failure is recorded on the span and
 * thrown on. Thread-safe.
 */
public final class BusinessSpans {
  private final Tracer tracer;

  public BusinessSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Runs an operation as a span and gives its result; the operation may set attributes on the span.
   */
  @SuppressWarnings("try") // a scope is held, not used
  public <T> T call(String name, Function<Span, T> operation) {
    Span span = tracer.spanBuilder(name).startSpan();
    try (Scope ignored = span.makeCurrent()) {
      return operation.apply(span);
    } catch (RuntimeException | Error e) {
      span.recordException(e);
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }

  /** Runs an operation without a result as a span. */
  public void run(String name, Consumer<Span> operation) {
    call(
        name,
        span -> {
          operation.accept(span);
          return Boolean.TRUE;
        });
  }
}
