package io.ghostworks.instrumentation.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log event as a line for a person: the same fields as {@link JsonEncoder}, in
 * development.
 */
public final class ConsoleEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final DateTimeFormatter time;
  private final ThrowableProxyConverter throwables = new ThrowableProxyConverter();

  public ConsoleEncoder(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
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
    StringBuilder line = new StringBuilder(160);
    time.formatTo(event.getInstant(), line);
    line.append(String.format(" %-5s ", event.getLevel()));
    line.append(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        field(line, pair.key, pair.value);
      }
    }
    field(line, "tenant_id", TelemetryContext.tenantId(context));
    field(line, "user_id", TelemetryContext.userId(context));
    field(line, "correlation_id", TelemetryContext.correlationId(context));
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (span.isValid()) {
      field(line, "trace_id", span.getTraceId());
      field(line, "span_id", span.getSpanId());
    }
    field(line, "logger", event.getLoggerName());
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(throwables.convert(event));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static void field(StringBuilder line, String name, @Nullable Object value) {
    if (value != null) {
      line.append(' ').append(name).append('=').append(value);
    }
  }
}
