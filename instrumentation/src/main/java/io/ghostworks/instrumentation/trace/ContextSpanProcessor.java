package io.ghostworks.instrumentation.trace;

import io.ghostworks.instrumentation.context.TelemetryContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.jspecify.annotations.Nullable;

/** Gives every span that starts the tenant, the user and the correlation id of its context. */
public final class ContextSpanProcessor implements SpanProcessor {
  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    set(span, TelemetryContext.TENANT_ID, TelemetryContext.tenantId(parentContext));
    set(span, TelemetryContext.USER_ID, TelemetryContext.userId(parentContext));
    set(span, TelemetryContext.CORRELATION_ID, TelemetryContext.correlationId(parentContext));
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }

  private static void set(ReadWriteSpan span, String key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
  }
}
