package io.ghostworks.server.wiring;

/** The platform cannot start for a reason that its operator can mend; the message says how. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
