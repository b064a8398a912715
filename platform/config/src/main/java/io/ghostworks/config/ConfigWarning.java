package io.ghostworks.config;

/**
 * Something in a file that is allowed and probably not meant; it never keeps the program from
 * starting.
 */
public record ConfigWarning(Position position, String keyPath, String message) {

  @Override
  public String toString() {
    return position + ": " + (keyPath.isEmpty() ? "" : keyPath + ": ") + message;
  }
}
