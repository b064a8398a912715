package io.ghostworks.journal;

import java.io.IOException;
import java.io.Serial;

/** The frame was not taken because a bound is reached; the sender should try again later. */
public final class JournalFullException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public JournalFullException(String message) {
    super(message);
  }
}
