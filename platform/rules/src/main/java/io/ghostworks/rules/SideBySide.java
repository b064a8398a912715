package io.ghostworks.rules;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * Runs independent tasks on the calling thread and, as far as they are idle, on others.
 * Thread-safe.
 *
 * @param executor whose threads help
 * @param idle how many of them have nothing to do now
 */
record SideBySide(Executor executor, IntSupplier idle) {

  /** Fewer tasks than this are not worth another thread. */
  private static final int TASKS_PER_THREAD = 4;

  /**
   * Runs tasks 0 to {@code tasks - 1}, each once, and returns when all have ended. What the first
   * failing one throws is thrown, once all have ended.
   */
  void run(int tasks, IntConsumer task) {
    int helpers = tasks < 2 * TASKS_PER_THREAD ? 0 : idle.getAsInt();
    if (helpers <= 0) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch left = new CountDownLatch(tasks);
    Runnable worker = () -> work(tasks, task, next, failure, left);
    for (int i = 0; i < Math.min(helpers, tasks / TASKS_PER_THREAD - 1); i++) {
      try {
        executor.execute(worker);
      } catch (RejectedExecutionException e) {
        break; // the platform ends: the caller does all
      }
    }
    worker.run();
    await(left);
    switch (failure.get()) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static void work(
      int tasks,
      IntConsumer task,
      AtomicInteger next,
      AtomicReference<Throwable> failure,
      CountDownLatch left) {
    int i = next.getAndIncrement();
    while (i < tasks) {
      try {
        task.accept(i);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        left.countDown();
      }
      i = next.getAndIncrement();
    }
  }

  /** What others have begun ends in its own time, also if this thread is interrupted. */
  private static void await(CountDownLatch left) {
    boolean interrupted = false;
    while (true) {
      try {
        left.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
