package io.ghostworks.server.http;

/** A request is answered with an error that its sender can mend. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  public RequestException(int status, String message) {
    super(message);
    this.status = status;
    this.type = "";
  }

  public RequestException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.type = "";
  }

  /**
   * @param type the API's word for the kind of error, where its status does not tell
   */
  public RequestException(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  public int status() {
    return status;
  }

  /** The API's word for the kind of error; "" where the status tells it. */
  public String type() {
    return type;
  }

  /** A parameter or body is wrong. */
  public static RequestException bad(String message) {
    return new RequestException(400, message);
  }
}
