package io.ghostworks.records;

import io.ghostworks.runtime.time.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a long merge at half of one core, and so at the bytes that half a core reads and writes:
 * after each stretch of work it rests as long. A short merge never rests. Used by one thread.
 */
final class MergePace {
  /** How long a merge works before it rests for the first time. */
  private static final long FREE_NANOS = 250_000_000;

  /** How long it works at a stretch at least; a block of rows is read or written whole. */
  private static final long STRETCH_NANOS = 20_000_000;

  private static final long REST_NANOS_MAX = 1_000_000_000;

  private final Clock clock;
  private long workingSinceNanos;
  private long restAfterNanos;

  MergePace(Clock clock) {
    this.clock = clock;
    this.workingSinceNanos = clock.monotonicNanos() + FREE_NANOS - STRETCH_NANOS;
    this.restAfterNanos = workingSinceNanos + STRETCH_NANOS;
  }

  /** Rests if it is time to. */
  void step() {
    long now = clock.monotonicNanos();
    if (now - restAfterNanos >= 0) {
      LockSupport.parkNanos(Math.min(REST_NANOS_MAX, now - workingSinceNanos));
      workingSinceNanos = clock.monotonicNanos();
      restAfterNanos = workingSinceNanos + STRETCH_NANOS;
    }
  }
}
