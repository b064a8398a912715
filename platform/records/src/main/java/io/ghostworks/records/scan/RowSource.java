package io.ghostworks.records.scan;

/**
 * Rows that a scan may read: a batch in memory, or a block of a part.
 *
 * @param <B> the batch
 */
public interface RowSource<B> {

  long minTimeNanos();

  long maxTimeNanos();

  /** The rows. */
  B load();

  /** Bytes that loading takes beyond what is in memory anyway, about. */
  long loadBytes();
}
