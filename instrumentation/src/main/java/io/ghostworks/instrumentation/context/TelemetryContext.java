package io.ghostworks.instrumentation.context;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.baggage.BaggageEntry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes tenant, user and correlation id of a {@link Context}.
 *
 * <p>They are kept as baggage, so that what crosses a thread, a queue or a process as context takes
 * them along. A value is at most {@value #VALUE_LENGTH_MAX} characters of visible ASCII; anything
 * else is not carried. Thread-safe.
 */
public final class TelemetryContext {
  /** The attribute and baggage key of the application's tenant. */
  public static final String TENANT_ID = "tenant.id";

  /** The attribute and baggage key of the user (OpenTelemetry's registry: {@code user.id}). */
  public static final String USER_ID = "user.id";

  /** The attribute and baggage key of the correlation id. */
  public static final String CORRELATION_ID = "correlation.id";

  private static final int VALUE_LENGTH_MAX = 128;

  private TelemetryContext() {}

  /**
   * The context with tenant and user, which also become attributes of the span that is current in
   * it and of the request that it serves.
   */
  public static Context withIdentity(Context context, String tenantId, @Nullable String userId) {
    BaggageBuilder baggage = Baggage.fromContext(context).toBuilder();
    Span span = Span.fromContext(context);
    put(baggage, span, TENANT_ID, tenantId);
    if (userId != null) {
      put(baggage, span, USER_ID, userId);
    }
    RequestState request = RequestState.findIn(context);
    if (request != null && isCarried(tenantId)) {
      request.tenantId(tenantId);
    }
    return context.with(baggage.build());
  }

  /** The context with a correlation id; it is set before spans are started, which take it over. */
  public static Context withCorrelationId(Context context, String correlationId) {
    BaggageBuilder baggage = Baggage.fromContext(context).toBuilder();
    put(baggage, Span.getInvalid(), CORRELATION_ID, correlationId);
    return context.with(baggage.build());
  }

  /**
   * The context without tenant, user and correlation id: what a caller from outside claims in its
   * baggage about them is not believed.
   */
  public static Context withoutClaims(Context context) {
    Baggage baggage = Baggage.fromContext(context);
    if (baggage.isEmpty()) {
      return context;
    }
    return context.with(
        baggage.toBuilder().remove(TENANT_ID).remove(USER_ID).remove(CORRELATION_ID).build());
  }

  public static @Nullable String tenantId(Context context) {
    return value(context, TENANT_ID);
  }

  public static @Nullable String userId(Context context) {
    return value(context, USER_ID);
  }

  public static @Nullable String correlationId(Context context) {
    return value(context, CORRELATION_ID);
  }

  private static @Nullable String value(Context context, String key) {
    BaggageEntry entry = Baggage.fromContext(context).getEntry(key);
    return entry == null || !isCarried(entry.getValue()) ? null : entry.getValue();
  }

  private static void put(BaggageBuilder baggage, Span span, String key, String value) {
    if (isCarried(value)) {
      baggage.put(key, value);
      span.setAttribute(key, value);
    }
  }

  private static boolean isCarried(String value) {
    if (value.isEmpty() || value.length() > VALUE_LENGTH_MAX) {
      return false;
    }
    return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
