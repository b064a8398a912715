package io.ghostworks.journal;

import java.io.IOException;
import java.io.Serial;

/** The frame is larger than the journal stores; the engine must split it. */
public final class FrameTooLargeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public FrameTooLargeException(int frameBytesMax) {
    super("a frame must have at most %d bytes".formatted(frameBytesMax));
  }
}
