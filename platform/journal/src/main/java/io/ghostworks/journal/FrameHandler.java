package io.ghostworks.journal;

import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;

/** Takes frames from a replay or a tail, in the order of the sequence. */
public interface FrameHandler {
  /** A segment begins: definitions of the one before no longer count. */
  void segmentStarted(long segment);

  /**
   * A frame that must not be applied, because the manifest contains it, it was set aside, or the
   * reader has it already; but later frames of the segment may reference what it defines.
   */
  void definitions(long sequence, BytesInput in) throws IOException;

  /**
   * A frame to apply. The input is valid during the call only. Definitions may be missing where a
   * damaged frame carried them. In a replay, a runtime exception or a {@link
   * io.ghostworks.storage.bytes.DamagedDataException} counts as failing on this frame: it is given
   * once more, so this must be repeatable, then it is set aside. Any other {@link IOException} ends
   * the replay.
   */
  void frame(long sequence, BytesInput in) throws IOException;
}
