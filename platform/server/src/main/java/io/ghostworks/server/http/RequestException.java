package io.ghostworks.server.http;

/** A request is answered with an error that its sender can mend. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public RequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  public RequestException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** A parameter or body is wrong. */
  public static RequestException bad(String message) {
    return new RequestException(400, message);
  }
}
