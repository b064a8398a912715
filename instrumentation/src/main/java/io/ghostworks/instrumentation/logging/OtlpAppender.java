package io.ghostworks.instrumentation.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Gives log events to OpenTelemetry: audit events to a provider of their own, whose resource says
 * so, all others to the application's. Events of the exporter itself stay out, or a failing export
 * would feed itself.
 */
public final class OtlpAppender extends AppenderBase<ILoggingEvent> {
  private static final String EXPORTER = "io.opentelemetry.";

  private final LoggerProvider application;
  private final LoggerProvider audit;

  public OtlpAppender(LoggerProvider application, LoggerProvider audit) {
    this.application = application;
    this.audit = audit;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String name = event.getLoggerName();
    if (name.startsWith(EXPORTER)) {
      return;
    }
    boolean isAudit = AuditLog.isAudit(name);
    Context context = Context.current();
    LogRecordBuilder record =
        (isAudit ? audit : application)
            .get(name)
            .logRecordBuilder()
            .setTimestamp(event.getInstant())
            .setContext(context)
            .setSeverity(severity(event.getLevel()))
            .setSeverityText(event.getLevel().toString())
            .setBody(event.getFormattedMessage());
    set(record, TelemetryContext.TENANT_ID, TelemetryContext.tenantId(context));
    set(record, TelemetryContext.USER_ID, TelemetryContext.userId(context));
    set(record, TelemetryContext.CORRELATION_ID, TelemetryContext.correlationId(context));
    set(record, "log_type", isAudit ? AuditLog.LOG_TYPE : null);
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        set(record, pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
      set(record, "exception.type", failure.getClassName());
      set(record, "exception.message", failure.getMessage());
      set(record, "exception.stacktrace", ThrowableProxyUtil.asString(failure));
    }
    record.emit();
  }

  private static void set(LogRecordBuilder record, String key, @Nullable Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      record.setAttribute(key, ((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      record.setAttribute(key, ((Number) value).doubleValue());
    } else if (value instanceof Boolean flag) {
      record.setAttribute(key, flag);
    } else if (value != null) {
      record.setAttribute(key, String.valueOf(value));
    }
  }

  private static Severity severity(Level level) {
    return switch (level.toInt()) {
      case Level.TRACE_INT -> Severity.TRACE;
      case Level.DEBUG_INT -> Severity.DEBUG;
      case Level.WARN_INT -> Severity.WARN;
      case Level.ERROR_INT -> Severity.ERROR;
      default -> Severity.INFO;
    };
  }
}
