package io.ghostworks.journal;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The frame was not made durable because its segment failed, or the journal is closed; the sender
 * should try again.
 */
public final class JournalUnavailableException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public JournalUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
