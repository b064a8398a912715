package io.ghostworks.journal;

import java.io.IOException;
import java.io.Serial;

/**
 * The engine failed twice on a durable frame; it was set aside and will not become visible. Trying
 * again is no use.
 */
public final class FrameSetAsideException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public FrameSetAsideException(long sequence, Throwable cause) {
    super(
        "frame %d was set aside, since applying it failed twice: %s".formatted(sequence, cause),
        cause);
  }
}
