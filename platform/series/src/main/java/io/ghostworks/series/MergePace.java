package io.ghostworks.series;

import io.ghostworks.runtime.time.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a long merge at half of one core, so that ingest and queries get the rest: after each
 * stretch of work it rests as long. A short merge never rests. Used by one thread.
 */
final class MergePace {
  /** How long a merge works before it rests for the first time. */
  private static final long FREE_NANOS = 250_000_000;

  /** How long it works at a stretch; a flush that is wanted waits about as long. */
  private static final long STRETCH_NANOS = 20_000_000;

  private final Clock clock;
  private long restAfterNanos;

  MergePace(Clock clock) {
    this.clock = clock;
    this.restAfterNanos = clock.monotonicNanos() + FREE_NANOS;
  }

  /** Rests if it is time to. */
  void step() {
    long now = clock.monotonicNanos();
    if (now - restAfterNanos >= 0) {
      LockSupport.parkNanos(STRETCH_NANOS);
      restAfterNanos = clock.monotonicNanos() + STRETCH_NANOS;
    }
  }
}
