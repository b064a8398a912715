package io.ghostworks.journal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames between commit and application, in order. Counted by the bound of the {@link AppendQueue},
 * through which all of them came. Safe for use by many threads.
 */
final class ApplyQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<PendingFrame> frames = new ArrayDeque<>();
  private boolean closed;

  void add(List<PendingFrame> committed) {
    if (committed.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      frames.addAll(committed);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next frame, or null when there is none now. */
  @Nullable PendingFrame poll() {
    lock.lock();
    try {
      return frames.poll();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return frames.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next frame; null once the queue is closed and empty. */
  @Nullable PendingFrame take() {
    lock.lock();
    try {
      while (frames.isEmpty() && !closed) {
        changed.await();
      }
      return frames.poll();
    } catch (InterruptedException e) {
      // Nobody interrupts this thread: an interrupt while a frame is set aside would close its
      // file.
      throw new IllegalStateException("the journal's threads must not be interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
