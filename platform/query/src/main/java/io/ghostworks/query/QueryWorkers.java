package io.ghostworks.query;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that help running queries. A query always goes on by its own thread: where all helpers
 * are busy it gets none, and never waits for one. Thread-safe.
 */
public final class QueryWorkers implements AutoCloseable {

  /** No helpers. */
  public static final QueryWorkers NONE = new QueryWorkers(0);

  private static final long IDLE_SECONDS = 30;

  private final int threads;
  private final ThreadPoolExecutor pool;

  /**
   * @param threads the most helpers at once, of all queries together
   */
  public QueryWorkers(int threads) {
    this.threads = threads;
    this.pool =
        new ThreadPoolExecutor(
            0,
            Math.max(1, threads),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("query-worker-", 0).factory());
  }

  /** The most helpers at once. */
  public int threads() {
    return threads;
  }

  /**
   * Runs a task on idle helpers, as far as there are any.
   *
   * @param count on how many at most
   */
  public void help(Runnable task, int count) {
    try {
      for (int i = 0; i < Math.min(count, threads); i++) {
        pool.execute(task);
      }
    } catch (RejectedExecutionException e) {
      // All helpers are busy with other queries, or the process ends: the query goes on alone.
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
