package io.ghostworks.alertmanager.deliver;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on another executor, at most so many at once; the others wait in their order as what
 * was given, without a thread. Thread-safe.
 */
public final class ConcurrencyLimit implements Executor {
  private final Executor executor;
  private final int tasksMax;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  public ConcurrencyLimit(Executor executor, int tasksMax) {
    this.executor = executor;
    this.tasksMax = tasksMax;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (running == tasksMax) {
        waiting.add(task);
        return;
      }
      running++;
    }
    executor.execute(() -> runAll(task));
  }

  private void runAll(Runnable first) {
    for (Runnable task = first; task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) { // the others run nevertheless
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    if (task == null) {
      running--;
    }
    return task;
  }
}
