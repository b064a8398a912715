package io.ghostworks.journal;

/**
 * What a segment has defined so far: a series or stream is defined once in a segment, then
 * referenced by its id.
 */
@FunctionalInterface
public interface SegmentDictionary {
  /**
   * True when this segment has not defined the id: the frame that is being written must then carry
   * its definition.
   */
  boolean define(long id);
}
