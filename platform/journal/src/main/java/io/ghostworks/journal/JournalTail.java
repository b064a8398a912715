package io.ghostworks.journal;

import java.io.IOException;

/**
 * Reads applied frames from a saved position on, for readers that hold data longer than a request.
 * While it is open the journal keeps the segments it has not read, as long as the byte budget
 * permits.
 *
 * <p>Not thread-safe; different tails are independent of each other.
 */
public interface JournalTail extends AutoCloseable {
  /**
   * Gives up to a number of further applied frames to the handler, on the calling thread. A handler
   * that throws has the frame again with the next call.
   *
   * @return how many were given; 0 when the tail is at the end
   */
  int read(FrameHandler handler, int framesMax) throws IOException;

  /**
   * The last frame that was given, or passed over because it is damaged or gone: the position to
   * save.
   */
  long position();

  /** Frames passed over because they were gone before the tail came to them, or are damaged. */
  long framesMissed();

  @Override
  void close() throws IOException;
}
