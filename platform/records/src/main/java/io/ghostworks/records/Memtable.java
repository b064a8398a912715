package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.scan.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Acknowledged batches of one kind that are not yet in a part. Guarded by the engine's lock while
 * it grows; once frozen it never changes.
 *
 * @param <B> the batch
 */
final class Memtable<B> {

  private final BatchSchema<B> schema;
  private final Map<TenantId, List<Entry<B>>> entries = new TreeMap<>();
  private long bytes;
  private long rows;

  Memtable(BatchSchema<B> schema) {
    this.schema = schema;
  }

  /** A batch whose rows are all of one retention class. */
  record Entry<B>(B batch, RetentionClass retention, long minTimeNanos, long maxTimeNanos)
      implements RowSource<B> {
    @Override
    public B load() {
      return batch;
    }

    @Override
    public long loadedBytes(B loaded) {
      return 0;
    }
  }

  void add(TenantId tenant, B batch, RetentionClass retention) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int row = 0; row < schema.rows(batch); row++) {
      min = Math.min(min, schema.timeNanos(batch, row));
      max = Math.max(max, schema.timeNanos(batch, row));
    }
    entries
        .computeIfAbsent(tenant, t -> new ArrayList<>())
        .add(new Entry<>(batch, retention, min, max));
    bytes += schema.bytes(batch);
    rows += schema.rows(batch);
  }

  /** The batches of a tenant; a copy. */
  List<Entry<B>> of(TenantId tenant) {
    return List.copyOf(entries.getOrDefault(tenant, List.of()));
  }

  /** All batches by tenant. */
  Map<TenantId, List<Entry<B>>> entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }

  long rows() {
    return rows;
  }

  boolean isEmpty() {
    return rows == 0;
  }
}
