package io.ghostworks.storage.directory;

import java.io.IOException;
import java.io.Serial;

/**
 * The data directory cannot be used; the message is one sentence for the operator that says what to
 * do.
 */
public final class DataDirectoryException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public DataDirectoryException(String message) {
    super(message);
  }

  public DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
