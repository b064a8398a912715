package io.ghostworks.alertmanager.api;

/** A request's body is not what it has to be. */
public final class MalformedBodyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The answer where a field is missing or has a wrong value. */
  static final int UNPROCESSABLE = 422;

  /** A field has a wrong type. */
  static final int WRONG_TYPE = 601;

  /** A field is missing. */
  static final int REQUIRED = 602;

  private final int status;
  private final int code;

  MalformedBodyException(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static MalformedBodyException required(String field) {
    return new MalformedBodyException(UNPROCESSABLE, REQUIRED, field + " in body is required");
  }

  /** The text is no JSON, or holds other kinds of values. */
  static MalformedBodyException notParsed(String body, String why) {
    return new MalformedBodyException(
        400, 400, "parsing %s body from \"\" failed, because %s".formatted(body, why));
  }

  /** Of the HTTP answer. */
  public int status() {
    return status;
  }

  /** In the answer's body. */
  public int code() {
    return code;
  }
}
