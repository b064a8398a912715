package io.ghostworks.query.record;

import io.ghostworks.model.TenantId;
import java.util.function.Consumer;

/** Tells of log records when they become visible to queries. Thread-safe. */
public interface RecordArrivals {

  /**
   * Calls a watcher for each group of a tenant's log records that is acknowledged from now on, one
   * call after the other, on a thread on which senders wait: it must do no more than note them.
   */
  Watch watch(TenantId tenant, Consumer<Arrived> watcher);

  /** Ends the calls. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Log records that arrived together. Whoever keeps it keeps them in memory.
   *
   * @param records these records and no others
   * @param rows how many, at least 1
   * @param bytes of memory that they take
   * @param minTimeNanos of the earliest, since the epoch
   * @param maxTimeNanos of the latest, since the epoch
   */
  record Arrived(
      RecordSource records, int rows, long bytes, long minTimeNanos, long maxTimeNanos) {}
}
