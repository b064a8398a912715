package io.ghostworks.runtime.time;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers on one platform daemon thread; each task runs on a virtual thread of its own. */
public final class SystemTimers implements Timers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

  private final ScheduledThreadPoolExecutor executor;

  public SystemTimers(String name) {
    executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    var future =
        executor.schedule(
            () -> Thread.startVirtualThread(() -> run(task)),
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Timer every(Duration initialDelay, Duration period, Runnable task) {
    var running = new java.util.concurrent.atomic.AtomicBoolean();
    var future =
        executor.scheduleAtFixedRate(
            () -> {
              if (running.compareAndSet(false, true)) {
                Thread.startVirtualThread(() -> {
                  try {
                    run(task);
                  } finally {
                    running.set(false);
                  }
                });
              }
            },
            initialDelay.toNanos(),
            period.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a timed task failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
