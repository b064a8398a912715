package io.ghostworks.storage.file;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/**
 * The disk is full (or a quota is): the write or preallocation did not take place, or only in part.
 */
public final class NoSpaceException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public NoSpaceException(Path path, Throwable cause) {
    super(message(path), cause);
  }

  public NoSpaceException(Path path) {
    super(message(path));
  }

  private static String message(Path path) {
    return "no space is left for %s: free disk space or shorten the retention".formatted(path);
  }
}
