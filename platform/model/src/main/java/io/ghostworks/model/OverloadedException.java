package io.ghostworks.model;

import java.time.Duration;

/** The platform cannot take or answer this now; the same request may succeed later. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Duration retryAfter;

  public OverloadedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** When to try again, at the earliest. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
