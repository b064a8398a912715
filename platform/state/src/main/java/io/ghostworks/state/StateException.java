package io.ghostworks.state;

import org.jspecify.annotations.Nullable;

/** The state cannot be opened, read or written; the message says what to do. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
