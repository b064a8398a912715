package io.ghostworks.records.batch;

/**
 * Copies rows of any batches into one new batch; resources, scopes and streams that are equal
 * become one there. Not thread-safe.
 *
 * @param <B> the batch
 */
public interface RowCopier<B> {

  /** Appends a copy of a row. */
  void copy(B source, int row);

  /** The batch so far, owned by the caller once it stops copying. */
  B batch();
}
