package io.ghostworks.runtime.time;

/** Tells the time. Safe for use from any thread. */
public interface Clock {

  /** Nanoseconds since the epoch. */
  long epochNanos();

  /** Nanoseconds on a clock that never goes back; only differences mean something. */
  long monotonicNanos();

  /** Milliseconds since the epoch. */
  default long epochMs() {
    return Math.floorDiv(epochNanos(), 1_000_000L);
  }

  /** The clock of the machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
