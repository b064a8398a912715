package io.ghostworks.instrumentation.jdbc;

import io.ghostworks.instrumentation.metrics.DatabaseMetrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs statements as client spans and measures them.
 *
 * <p>A span is made only inside a trace: what a pool or a scheduler does on its own would be a
 * trace each. Attributes follow OpenTelemetry's semantic conventions for databases. Thread-safe.
 */
final class StatementObserver {
  private static final Logger log = LoggerFactory.getLogger(StatementObserver.class);
  private static final int TEXTS_MAX = 500;

  /** The call that runs the statement in the database. */
  interface Execution {
    @Nullable Object run() throws Throwable;
  }

  private final Tracer tracer;
  private final DatabaseMetrics metrics;
  private final String system;
  private final long slowNanos;
  private final Map<String, SqlText> texts = new ConcurrentHashMap<>();
  private final AtomicInteger textCount = new AtomicInteger();

  StatementObserver(Tracer tracer, DatabaseMetrics metrics, String system, Duration slow) {
    this.tracer = tracer;
    this.metrics = metrics;
    this.system = system;
    this.slowNanos = slow.toNanos();
  }

  @SuppressWarnings("try") // a scope is held, not used
  @Nullable Object observe(String sql, int batchSize, Execution execution) throws Throwable {
    SqlText text = textOf(sql);
    Context parent = Context.current();
    if (!Span.fromContext(parent).getSpanContext().isValid()) {
      return measured(parent, text, execution);
    }
    Span span = start(parent, text, batchSize);
    try (Scope ignored = span.makeCurrent()) {
      return measured(Context.current(), text, execution);
    } catch (SQLException e) {
      String state = e.getSQLState();
      span.setAttribute("error.type", e.getClass().getName());
      if (state != null) {
        span.setAttribute("db.response.status_code", state);
      }
      span.setStatus(StatusCode.ERROR, "statement failed");
      throw e;
    } finally {
      span.end();
    }
  }

  private Span start(Context parent, SqlText text, int batchSize) {
    Span span =
        tracer
            .spanBuilder(text.spanName())
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("db.system.name", system)
            .setAttribute("db.operation.name", text.operation())
            .setAttribute("db.query.text", text.text())
            .startSpan();
    if (!text.table().isEmpty()) {
      span.setAttribute("db.collection.name", text.table());
    }
    if (batchSize > 1) {
      span.setAttribute("db.operation.batch.size", batchSize);
    }
    return span;
  }

  private @Nullable Object measured(Context context, SqlText text, Execution execution)
      throws Throwable {
    long start = System.nanoTime();
    boolean failed = true;
    try {
      @Nullable Object result = execution.run();
      failed = false;
      return result;
    } finally {
      long nanos = System.nanoTime() - start;
      boolean slow = nanos >= slowNanos;
      metrics.queried(context, text.operation(), nanos / 1e9, slow, failed);
      if (slow) {
        log.atWarn()
            .addKeyValue("duration_ms", nanos / 1_000_000)
            .addKeyValue("query", text.text())
            .log("Slow database statement");
      }
    }
  }

  private SqlText textOf(String sql) {
    SqlText known = texts.get(sql);
    if (known != null) {
      return known;
    }
    SqlText text = SqlText.of(sql);
    if (textCount.get() < TEXTS_MAX && texts.putIfAbsent(sql, text) == null) {
      textCount.incrementAndGet();
    }
    return text;
  }
}
