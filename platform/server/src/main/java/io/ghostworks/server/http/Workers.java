package io.ghostworks.server.http;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.query.RunningQueries;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The bounded pools of platform threads on which requests are worked off. */
public final class Workers implements AutoCloseable {

  private static final int WAITING_MAX = 1024;

  private final ThreadPoolExecutor ingest;
  private final ThreadPoolExecutor queries;

  /**
   * @param evaluationsMax how many queries are evaluated at once; look-ups have threads beside them
   */
  public Workers(int cores, int evaluationsMax) {
    ingest = pool("ingest", Math.max(2, cores));
    queries = pool("query", evaluationsMax + Math.max(2, cores));
  }

  private static ThreadPoolExecutor pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform()
                .daemon()
                .name(name + "-", 1)
                .stackSize(RunningQueries.STACK_BYTES)
                .factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Works off what stores.
   *
   * @throws OverloadedException if too much is waiting already
   */
  public void ingest(Runnable task) {
    submit(ingest, "ingest", task);
  }

  /**
   * Works off what reads.
   *
   * @throws OverloadedException if too much is waiting already
   */
  public void query(Runnable task) {
    submit(queries, "query", task);
  }

  private static void submit(ThreadPoolExecutor pool, String name, Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      throw new OverloadedException(
          "the %s pool has %d requests waiting, its limit".formatted(name, WAITING_MAX),
          Duration.ofSeconds(1));
    }
  }

  /** Lets what is under way end, for at most ten seconds. */
  @Override
  public void close() {
    ingest.shutdown();
    queries.shutdown();
    try {
      boolean ingested = ingest.awaitTermination(5, TimeUnit.SECONDS);
      boolean answered = queries.awaitTermination(5, TimeUnit.SECONDS);
      if (!ingested || !answered) {
        queries.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
