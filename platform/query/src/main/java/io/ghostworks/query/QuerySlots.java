package io.ghostworks.query;

import io.ghostworks.model.OverloadedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lets so many run at once; others wait, first come first served. Thread-safe. */
final class QuerySlots {
  private static final int WAITING_MAX = 1024;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final int slots;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int taken;

  QuerySlots(int slots) {
    this.slots = slots;
  }

  /** A place in the line. */
  static final class Waiting {
    private final Runnable turn;

    private Waiting(Runnable turn) {
      this.turn = turn;
    }
  }

  /**
   * Takes a slot, or a place in the line.
   *
   * @param turn called when the slot is there if it was not at once; must be quick
   * @return null if the slot is taken
   * @throws OverloadedException if the line is full
   */
  synchronized @Nullable Waiting take(Runnable turn) {
    if (taken < slots) {
      taken++;
      return null;
    }
    if (waiting.size() >= WAITING_MAX) {
      throw new OverloadedException(
          "%d queries run and %d wait, their limits: try again later".formatted(slots, WAITING_MAX),
          RETRY);
    }
    Waiting place = new Waiting(turn);
    waiting.add(place);
    return place;
  }

  /**
   * Leaves the line.
   *
   * @return false if the turn has come already
   */
  synchronized boolean leave(Waiting place) {
    return waiting.remove(place);
  }

  /** Gives a slot back, to who waits longest. */
  void release() {
    Waiting next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        taken--;
        return;
      }
    }
    next.turn.run();
  }

  synchronized int taken() {
    return taken;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
