package io.ghostworks.model;

import java.time.Duration;

/** The platform cannot take or answer this now; the same request may succeed later. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Duration retryAfter;

  private final boolean limited;

  public OverloadedException(String message, Duration retryAfter) {
    this(message, retryAfter, false);
  }

  /**
   * @param limited whether it is a limit of the sender that is reached, and not the platform's
   */
  public OverloadedException(String message, Duration retryAfter, boolean limited) {
    super(message);
    this.retryAfter = retryAfter;
    this.limited = limited;
  }

  /** Whether it is a limit of the sender that is reached: 429 in HTTP. */
  public boolean limited() {
    return limited;
  }

  /** When to try again, at the earliest. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
