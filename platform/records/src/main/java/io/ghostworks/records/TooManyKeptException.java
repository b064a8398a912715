package io.ghostworks.records;

/** A tenant keeps as many traces as it may. */
public final class TooManyKeptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyKeptException(String message) {
    super(message);
  }
}
