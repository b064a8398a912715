package io.ghostworks.wire.tsdb;

import java.io.IOException;

/** A block does not follow its format; the message names the file and the place. */
public final class DamagedBlockException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedBlockException(String message) {
    super(message);
  }

  DamagedBlockException(String message, Throwable cause) {
    super(message, cause);
  }
}
