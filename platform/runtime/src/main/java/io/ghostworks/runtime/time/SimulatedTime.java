package io.ghostworks.runtime.time;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * A clock that stands until it is advanced, and timers that run on the advancing thread at exactly
 * their time, in the order of their time and, within it, of their scheduling.
 */
public final class SimulatedTime implements Clock, Timers {

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long epochNanos;
  private long monotonicNanos;
  private long scheduled;

  public SimulatedTime(long startEpochMs) {
    epochNanos = Math.multiplyExact(startEpochMs, 1_000_000L);
  }

  @Override
  public synchronized long epochNanos() {
    return epochNanos;
  }

  @Override
  public synchronized long monotonicNanos() {
    return monotonicNanos;
  }

  /** Moves time on and runs what falls due. */
  public void advance(Duration duration) {
    long target;
    synchronized (this) {
      target = monotonicNanos + duration.toNanos();
    }
    for (Task next = takeDue(target); next != null; next = takeDue(target)) {
      next.action.run();
    }
    synchronized (this) {
      moveTo(target);
    }
  }

  /** Sets the wall clock, as an operator or NTP may do; timers do not notice. */
  public synchronized void setEpochMs(long epochMs) {
    epochNanos = Math.multiplyExact(epochMs, 1_000_000L);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    return add(delay, 0, task);
  }

  @Override
  public Timer every(Duration initialDelay, Duration period, Runnable task) {
    return add(initialDelay, period.toNanos(), task);
  }

  private synchronized Timer add(Duration delay, long periodNanos, Runnable action) {
    Task task =
        new Task(monotonicNanos + Math.max(0, delay.toNanos()), scheduled++, periodNanos, action);
    tasks.add(task);
    return () -> {
      synchronized (this) {
        task.cancelled = true;
        tasks.remove(task);
      }
    };
  }

  private synchronized @org.jspecify.annotations.Nullable Task takeDue(long target) {
    Task next = tasks.peek();
    if (next == null || next.dueNanos > target) {
      return null;
    }
    tasks.remove();
    moveTo(Math.max(monotonicNanos, next.dueNanos));
    Task due = new Task(next.dueNanos, next.order, next.periodNanos, next.action);
    if (next.periodNanos > 0 && !next.cancelled) {
      next.dueNanos += next.periodNanos;
      tasks.add(next);
    }
    return due;
  }

  private void moveTo(long nanos) {
    epochNanos += nanos - monotonicNanos;
    monotonicNanos = nanos;
  }

  private static final class Task implements Comparable<Task> {
    private long dueNanos;
    private final long order;
    private final long periodNanos;
    private final Runnable action;
    private boolean cancelled;

    Task(long dueNanos, long order, long periodNanos, Runnable action) {
      this.dueNanos = dueNanos;
      this.order = order;
      this.periodNanos = periodNanos;
      this.action = action;
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(dueNanos, other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
