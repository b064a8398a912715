package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Pieces of work of one query that are done by all threads that have time. */
public final class SharedWork {

  private final QueryContext context;
  private final AtomicInteger next;
  private final int to;
  private final IntConsumer work;
  private int helping;
  private boolean ended;
  private @Nullable Throwable failure;

  private SharedWork(QueryContext context, int from, int to, IntConsumer work) {
    this.context = context;
    this.next = new AtomicInteger(from);
    this.to = to;
    this.work = work;
  }

  /**
   * Does the pieces with these numbers, each once, in any order; returns when all are done, or
   * throws what the first failure was when no other is under way any more.
   *
   * @param to one past the last number
   * @param work safe for several threads
   */
  public static void run(QueryContext context, int from, int to, IntConsumer work) {
    SharedWork shared = new SharedWork(context, from, to, work);
    int count = to - from;
    if (count > 1) {
      context.workers().help(shared::help, Math.min(count - 1, context.workers().threads()));
    }
    shared.run();
  }

  private void run() {
    work();
    await();
    switch (failure) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException("a piece of work failed", other);
    }
  }

  private void help() {
    synchronized (this) {
      if (ended) {
        return;
      }
      helping++;
    }
    try {
      work();
    } finally {
      synchronized (this) {
        helping--;
        notifyAll();
      }
    }
  }

  private void work() {
    try {
      for (int number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
        work.accept(number);
      }
    } catch (RuntimeException | Error e) {
      next.set(to);
      synchronized (this) {
        failure = failure == null ? e : failure;
      }
    }
  }

  private void await() {
    boolean interrupted = false;
    synchronized (this) {
      ended = true;
      while (helping > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      context.cancel();
      Thread.currentThread().interrupt();
    }
  }
}
