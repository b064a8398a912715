package io.ghostworks.journal.segment;

import java.nio.file.Path;

/**
 * Acknowledged frames that cannot be read.
 *
 * @param file the segment
 * @param byteOffset where reading had to stop
 * @param fromSequence the first frame lost
 * @param toSequence the last frame lost, inclusive
 */
public record DamagedFrames(Path file, long byteOffset, long fromSequence, long toSequence) {
  /** How many frames are lost. */
  public long count() {
    return toSequence - fromSequence + 1;
  }
}
