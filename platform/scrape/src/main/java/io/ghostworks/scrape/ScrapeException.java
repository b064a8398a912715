package io.ghostworks.scrape;

/**
 * A scrape failed for a reason that lies with the target, the network or a limit; shown as the
 * target's last error.
 */
public final class ScrapeException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean bodyTooLarge;

  public ScrapeException(String message) {
    this(message, false);
  }

  public ScrapeException(String message, Throwable cause) {
    super(message, cause);
    this.bodyTooLarge = false;
  }

  private ScrapeException(String message, boolean bodyTooLarge) {
    super(message);
    this.bodyTooLarge = bodyTooLarge;
  }

  /** The body has reached its size limit. */
  public static ScrapeException bodyTooLarge() {
    return new ScrapeException("body size limit exceeded", true);
  }

  boolean isBodyTooLarge() {
    return bodyTooLarge;
  }
}
