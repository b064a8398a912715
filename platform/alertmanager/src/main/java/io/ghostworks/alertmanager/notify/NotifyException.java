package io.ghostworks.alertmanager.notify;

/** A try to tell a receiver that failed. */
public final class NotifyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean retry;
  private final FailureReason reason;

  /**
   * @param retry whether another try may succeed
   */
  public NotifyException(String message, boolean retry, FailureReason reason) {
    super(message);
    this.retry = retry;
    this.reason = reason;
  }

  /** One that no other try mends. */
  public static NotifyException forGood(String message) {
    return new NotifyException(message, false, FailureReason.OTHER);
  }

  /** The same with words before its message. */
  public NotifyException within(String place) {
    return new NotifyException(place + ": " + getMessage(), retry, reason);
  }

  /** The same, to be tried again. */
  public NotifyException withRetry() {
    return new NotifyException(String.valueOf(getMessage()), true, reason);
  }

  public boolean retry() {
    return retry;
  }

  public FailureReason reason() {
    return reason;
  }
}
