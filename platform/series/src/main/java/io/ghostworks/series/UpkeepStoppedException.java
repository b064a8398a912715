package io.ghostworks.series;

import java.io.IOException;

/** The engine is being closed; the parts that were to be rewritten stay as they are. */
final class UpkeepStoppedException extends IOException {
  private static final long serialVersionUID = 1;

  UpkeepStoppedException() {
    super("upkeep was stopped since the engine is being closed");
  }
}
