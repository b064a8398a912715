package io.ghostworks.collector.export;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;

/**
 * Takes batches of tenants and never mixes them. The batch is only read, and not kept after the
 * call returns. Thread-safe; never blocks for long and throws nothing.
 */
public interface Exporter extends AutoCloseable {
  void traces(TenantId tenant, SpanBatch batch);

  void logs(TenantId tenant, LogBatch batch);

  void metrics(TenantId tenant, MetricBatch batch);

  /** Begins to send, where the exporter sends. */
  default void start() {}

  /** Ends sending; what still waits in memory is counted as not queued. */
  @Override
  default void close() {}
}
