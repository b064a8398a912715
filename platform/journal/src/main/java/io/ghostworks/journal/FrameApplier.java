package io.ghostworks.journal;

import java.io.IOException;

/** Makes a durable frame visible, on the journal's apply thread, in the order of the sequence. */
@FunctionalInterface
public interface FrameApplier {
  /**
   * Applies the frame. Must not reject anything: that was admission's part. When it throws it is
   * called once more, so it must be repeatable; when it throws again the frame is set aside.
   */
  void apply(long sequence);

  /**
   * The frame will not be applied: it was refused or could not be written. Runs on the apply thread
   * in the order of the appends, or on the appending thread when the append was refused at once;
   * takes back what admission noted.
   */
  default void abandoned(IOException cause) {}
}
