package io.ghostworks.server.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, closed in the reverse order, once. Thread-safe. */
final class Closing implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

  /** Is closed before what has been added earlier. */
  synchronized <T extends AutoCloseable> T add(T closeable) {
    closeables.push(closeable);
    return closeable;
  }

  /** A failure is logged, and the rest is closed. */
  @Override
  public synchronized void close() {
    while (!closeables.isEmpty()) {
      AutoCloseable closeable = closeables.pop();
      try {
        closeable.close();
      } catch (Exception e) {
        log.error("closing {} failed", closeable.getClass().getSimpleName(), e);
      }
    }
  }
}
