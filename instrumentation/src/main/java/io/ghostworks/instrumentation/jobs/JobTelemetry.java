package io.ghostworks.instrumentation.jobs;

import io.ghostworks.instrumentation.metrics.JobMetrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries trace, tenant, user and correlation id across a queue. Putting a job in is a producer
 * span, running it a consumer span of the same trace, however much later and in whichever process.
 * Thread-safe.
 */
public final class JobTelemetry {
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final JobMetrics metrics;
  private final Clock clock;
  private final String system;

  public JobTelemetry(
      Tracer tracer, TextMapPropagator propagator, JobMetrics metrics, Clock clock, String system) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.metrics = metrics;
    this.clock = clock;
    this.system = system;
  }

  /** The work of a job. */
  public interface Body {
    void run() throws Exception;
  }

  public JobMetrics metrics() {
    return metrics;
  }

  /** Puts a job into the queue; what the enqueuing is given must be stored with the job. */
  @SuppressWarnings("try") // a scope is held, not used
  public void enqueue(String job, Consumer<Map<String, String>> enqueuing) {
    Span span = span("publish " + job, Context.current(), SpanKind.PRODUCER, job, "send");
    try (Scope ignored = span.makeCurrent()) {
      Map<String, String> carrier = new HashMap<>();
      propagator.inject(Context.current(), carrier, Map::put);
      enqueuing.accept(Map.copyOf(carrier));
      metrics.enqueued(job);
    } catch (RuntimeException e) {
      failed(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  /** Runs a job in the context that was stored with it; a failure is recorded and thrown on. */
  @SuppressWarnings("try") // a scope is held, not used
  public void run(String job, Map<String, String> carrier, Instant dueAt, Body body)
      throws Exception {
    Instant now = clock.instant();
    metrics.started(job, (now.toEpochMilli() - dueAt.toEpochMilli()) / 1e3);
    Context parent = propagator.extract(Context.root(), carrier, MapGetter.INSTANCE);
    Span span = span("process " + job, parent, SpanKind.CONSUMER, job, "process");
    long start = System.nanoTime();
    boolean failed = true;
    Context context = parent.with(span);
    try (Scope ignored = context.makeCurrent()) {
      body.run();
      failed = false;
    } catch (Exception e) {
      failed(span, e);
      throw e;
    } finally {
      metrics.ended(context, job, (System.nanoTime() - start) / 1e9, failed);
      span.end();
    }
  }

  private Span span(String name, Context parent, SpanKind kind, String job, String operation) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setSpanKind(kind)
        .setAttribute("messaging.system", system)
        .setAttribute("messaging.destination.name", job)
        .setAttribute("messaging.operation.type", operation)
        .startSpan();
  }

  private static void failed(Span span, Exception e) {
    span.recordException(e);
    span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
  }

  /** Reads the propagators' keys from what was stored with a job. */
  private enum MapGetter implements TextMapGetter<Map<String, String>> {
    INSTANCE;

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  }
}
