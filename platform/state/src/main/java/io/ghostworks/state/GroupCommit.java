package io.ghostworks.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Commits transactions that wait at the same time together, so that many writers share one sync of
 * the disk. Each is a savepoint: what its work throws undoes it alone. Where the database refuses
 * one of them or the commit, all are undone and each is run again by itself, so that a disk with
 * little room still takes the small ones. They run in the order of their submission. Thread-safe.
 */
final class GroupCommit {

  /** So that the first of them does not wait for a long time. */
  private static final int TOGETHER_MAX = 64;

  private final Executor thread;
  private final Handle handle;
  private final State.Tables tables;
  private final ConcurrentLinkedQueue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();

  /**
   * @param thread runs one task at a time; the handle's only user
   */
  GroupCommit(Executor thread, Handle handle, State.Tables tables) {
    this.thread = thread;
    this.handle = handle;
    this.tables = tables;
  }

  /**
   * @throws StateException if the state is closed
   */
  <T> Future<T> submit(State.Work<T> work) {
    Waiting<T> one = new Waiting<>(work);
    waiting.add(one);
    try {
      thread.execute(this::commit);
    } catch (RejectedExecutionException e) {
      waiting.remove(one);
      throw new StateException("the state is closed", e);
    }
    return one.future;
  }

  /** Does nothing where an earlier run took all that waited. */
  private void commit() {
    List<Waiting<?>> together = new ArrayList<>();
    for (Waiting<?> next = waiting.poll(); next != null; next = next(together)) {
      together.add(next);
    }
    if (together.size() == 1) {
      together.getFirst().alone();
    } else if (!together.isEmpty() && !together(together)) {
      together.forEach(Waiting::alone);
    }
  }

  private @Nullable Waiting<?> next(List<Waiting<?>> together) {
    return together.size() < TOGETHER_MAX ? waiting.poll() : null;
  }

  /** Whether all are stored or have failed by themselves. */
  private boolean together(List<Waiting<?>> all) {
    try {
      handle.useTransaction(ignored -> all.forEach(Waiting::within));
    } catch (JdbiException e) {
      return false; // each says by itself what is wrong
    }
    all.forEach(Waiting::told);
    return true;
  }

  /** One transaction whose caller waits. */
  private final class Waiting<T> {
    private final State.Work<T> work;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private Runnable answer = () -> {};

    Waiting(State.Work<T> work) {
      this.work = work;
    }

    void alone() {
      try {
        future.complete(handle.inTransaction(ignored -> work.run(tables)));
      } catch (Throwable e) {
        future.completeExceptionally(e);
      }
    }

    void within() {
      handle.savepoint("one");
      try {
        T result = work.run(tables);
        answer = () -> future.complete(result);
      } catch (JdbiException e) {
        throw e;
      } catch (Throwable e) {
        handle.rollbackToSavepoint("one");
        answer = () -> future.completeExceptionally(e);
      }
      handle.releaseSavepoint("one");
    }

    void told() {
      answer.run();
    }
  }
}
