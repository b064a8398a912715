package io.ghostworks.instrumentation.context;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * What is learned about a request only while it is served, and is needed when it ends: its tenant
 * and the type of its error. Made by the server side, found through the context. Thread-safe.
 */
public final class RequestState {
  private static final ContextKey<RequestState> KEY = ContextKey.named("ghostworks-request-state");

  private volatile @Nullable String tenantId;
  private volatile @Nullable String errorType;

  public Context storeIn(Context context) {
    return context.with(KEY, this);
  }

  /** The state of the request that a context belongs to, or null outside a request. */
  public static @Nullable RequestState findIn(Context context) {
    return context.get(KEY);
  }

  public @Nullable String tenantId() {
    return tenantId;
  }

  public @Nullable String errorType() {
    return errorType;
  }

  /**
   * Names the kind of failure of the current request ({@code quota_exceeded}): a word of the
   * application, from a small set. Without it the kind is taken from the exception or the status
   * code.
   */
  public void errorType(String type) {
    errorType = type;
  }

  void tenantId(String tenant) {
    tenantId = tenant;
  }
}
