package io.ghostworks.journal;

import io.ghostworks.storage.bytes.BytesOutput;

/** Writes the payload of one frame. */
@FunctionalInterface
public interface FrameWriter {
  /**
   * Puts the payload, which must not be empty. Called on the journal's thread in the order of the
   * appends; must not block. May be called a second time with another dictionary when the frame
   * does not fit the segment any more, and must then write the same frame with the definitions that
   * the new segment needs.
   */
  void write(SegmentDictionary dictionary, BytesOutput out);
}
