package io.ghostworks.journal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames that wait for their commit, in the order of their appends; bounded by number. Safe for use
 * by many threads.
 */
final class AppendQueue {
  /** What waits: whether anybody waits for it, and since when. */
  record Waiting(int frames, boolean awaited, long oldestNanos) {}

  private final ApplyQueue applying;
  private final int framesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<PendingFrame> frames = new ArrayDeque<>();
  private int awaited;
  private boolean closed;

  AppendQueue(ApplyQueue applying, int framesMax) {
    this.applying = applying;
    this.framesMax = framesMax;
  }

  /** Takes the frame; false when the queue is full. */
  boolean offer(PendingFrame frame) {
    lock.lock();
    try {
      if (closed || frames.size() + applying.size() >= framesMax) {
        return false;
      }
      frames.add(frame);
      if (frame.options.awaited()) {
        awaited++;
      }
      // Only what may bring the next commit forward wakes its thread.
      if (frames.size() == 1
          || (frame.options.awaited() && awaited == 1)
          || 2 * frames.size() == framesMax + framesMax % 2) {
        changed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  Waiting waiting() {
    lock.lock();
    try {
      PendingFrame oldest = frames.peek();
      return new Waiting(frames.size(), awaited > 0, oldest == null ? 0 : oldest.queuedNanos);
    } finally {
      lock.unlock();
    }
  }

  void drainTo(List<PendingFrame> batch) {
    lock.lock();
    try {
      batch.addAll(frames);
      frames.clear();
      awaited = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more frames and wakes whoever waits. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something that matters is offered, the queue is closed, or the time is over. */
  void await(Waiting seen, long nanosMax) {
    lock.lock();
    try {
      long nanosLeft = nanosMax;
      while (nanosLeft > 0 && !closed && !isNews(seen)) {
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread: an interrupt in the middle of a write would close the file.
      throw new IllegalStateException("the journal's thread must not be interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isNews(Waiting seen) {
    return !frames.isEmpty()
        && (seen.frames() == 0
            || (awaited > 0 && !seen.awaited())
            || (2 * frames.size() >= framesMax && 2 * seen.frames() < framesMax));
  }
}
