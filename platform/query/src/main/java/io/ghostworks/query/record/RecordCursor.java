package io.ghostworks.query.record;

import org.jspecify.annotations.Nullable;

/**
 * Walks over the batches of a scan. Used by one thread; must be closed, which unpins what the store
 * keeps for it.
 */
public interface RecordCursor extends AutoCloseable {

  /** The next batch with at least one row, or null at the end. */
  @Nullable ColumnBatch next();

  @Override
  void close();
}
