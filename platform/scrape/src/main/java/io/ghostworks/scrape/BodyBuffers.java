package io.ghostworks.scrape;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A few buffers that scrapes borrow, so that memory goes with scrapes under way and not with
 * targets. Thread-safe.
 */
final class BodyBuffers {
  private static final int KEPT_MAX = 8;
  private static final int KEPT_BYTES_MAX = 8 << 20;

  private final BlockingQueue<BodyBuffer> idle = new ArrayBlockingQueue<>(KEPT_MAX);

  BodyBuffer borrow() {
    BodyBuffer buffer = idle.poll();
    return buffer == null ? new BodyBuffer(BodyBuffer.INITIAL_BYTES) : buffer;
  }

  void giveBack(BodyBuffer buffer) {
    buffer.clear();
    if (buffer.bytes().length > 0 && buffer.bytes().length <= KEPT_BYTES_MAX) {
      idle.offer(buffer); // where enough are kept this one is garbage
    }
  }
}
