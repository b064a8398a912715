package io.ghostworks.scrape;

/**
 * A scrape failed for a reason that lies with the target, the network or a limit; shown as the
 * target's last error.
 */
public final class ScrapeException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean bodyTooLarge;

  public ScrapeException(String message) {
    super(message);
    this.bodyTooLarge = false;
  }

  public ScrapeException(String message, Throwable cause) {
    super(message, cause);
    this.bodyTooLarge = false;
  }

  private ScrapeException(String message, Throwable cause, boolean bodyTooLarge) {
    super(message, cause);
    this.bodyTooLarge = bodyTooLarge;
  }

  /** The body has reached its size limit. */
  static ScrapeException bodyTooLarge(Throwable cause) {
    return new ScrapeException("body size limit exceeded", cause, true);
  }

  boolean isBodyTooLarge() {
    return bodyTooLarge;
  }
}
