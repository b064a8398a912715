package io.ghostworks.runtime.time;

import java.time.Duration;

/**
 * Runs tasks later. A task must be short or hand its work to a pool; what it throws is given to the
 * thread's handler and ends neither the timers nor a repetition.
 */
public interface Timers {

  /** Runs a task once, after a delay. */
  Timer after(Duration delay, Runnable task);

  /**
   * Runs a task again and again, first after {@code initialDelay}; runs never overlap and missed
   * ones are not made up.
   */
  Timer every(Duration initialDelay, Duration period, Runnable task);

  /** A task that waits. */
  @FunctionalInterface
  interface Timer {
    /** Prevents further runs; one that is under way is not interrupted. */
    void cancel();
  }
}
