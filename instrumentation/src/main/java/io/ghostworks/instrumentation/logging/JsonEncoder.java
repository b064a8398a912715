package io.ghostworks.instrumentation.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log event as one JSON object a line: {@code timestamp} (ISO 8601, UTC), {@code level},
 * {@code logger}, {@code message}, {@code service}, {@code trace_id}, {@code span_id}, {@code
 * tenant_id}, {@code user_id}, {@code correlation_id}, {@code log_type} of audit events, the
 * event's own key values, and {@code exception}.
 *
 * <p>Reads the current context: it belongs to an appender that writes on the thread that logs.
 */
public final class JsonEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final String service;
  private final ThrowableProxyConverter throwables = new ThrowableProxyConverter();

  public JsonEncoder(String service) {
    this.service = service;
  }

  @Override
  public void start() {
    throwables.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Context context = Context.current();
    SpanContext span = Span.fromContext(context).getSpanContext();
    JsonLine line =
        new JsonLine()
            .field("timestamp", event.getInstant())
            .field("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
            .field("logger", event.getLoggerName())
            .field("message", event.getFormattedMessage())
            .field("service", service)
            .field("trace_id", span.isValid() ? span.getTraceId() : null)
            .field("span_id", span.isValid() ? span.getSpanId() : null)
            .field("tenant_id", TelemetryContext.tenantId(context))
            .field("user_id", TelemetryContext.userId(context))
            .field("correlation_id", TelemetryContext.correlationId(context))
            .field("log_type", AuditLog.isAudit(event.getLoggerName()) ? AuditLog.LOG_TYPE : null);
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.field(pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      line.field("exception", throwables.convert(event).stripTrailing());
    }
    return line.end().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
