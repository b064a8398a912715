package io.ghostworks.journal;

import io.ghostworks.journal.segment.DamagedFrames;
import java.io.IOException;

/**
 * Hears what the operator or the engine should know. Called on the journal's threads (during a
 * replay on its caller's); must neither block nor throw.
 */
public interface JournalListener {
  /** Hears nothing. */
  JournalListener NONE = new JournalListener() {};

  /**
   * The files take more than half of the byte budget: the engine should flush at least what it has
   * up to this sequence and release it. Repeated with every new segment, and with every frame
   * refused for the budget.
   */
  default void flushWanted(long throughSequence) {}

  /** A group commit ended. */
  default void committed(int frames, long payloadBytes, long forceNanos) {}

  /** A write or fsync failed; the segment is closed for good. */
  default void segmentFailed(long segment, IOException cause) {}

  /** The engine failed twice on a frame. */
  default void setAside(long sequence, Throwable cause) {}

  /** Acknowledged frames cannot be read. */
  default void damaged(DamagedFrames frames) {}

  /** The journal could not free, prepare or delete a file; it goes on without and tries again. */
  default void upkeepFailed(IOException cause) {}
}
