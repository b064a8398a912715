package io.ghostworks.logql.quantity;

/** A text is no number, duration or size; the message is that of the Go library that reads it. */
public final class QuantityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QuantityException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
