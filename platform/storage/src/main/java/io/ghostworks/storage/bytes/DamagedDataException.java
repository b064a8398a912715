package io.ghostworks.storage.bytes;

import java.io.IOException;
import java.io.Serial;

/**
 * Stored bytes are not what was written: a checksum does not match, a length leads outside its
 * structure, a value is impossible. The message names the file and the byte offset where they are
 * known.
 */
public final class DamagedDataException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public DamagedDataException(String message) {
    super(message);
  }

  public DamagedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
