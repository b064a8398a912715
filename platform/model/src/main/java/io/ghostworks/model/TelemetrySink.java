package io.ghostworks.model;

import java.util.concurrent.CompletableFuture;

/**
 * Takes batches of one kind and answers when they are acknowledged: every row that the answer does
 * not count as rejected is on disk and visible to queries.
 *
 * <p>The sink owns the batch from the call on; the caller must not change or reuse it before the
 * future completes. Implementations may be called from any thread. The future fails with {@link
 * OverloadedException} where the sender should try again, and with another exception only for
 * damage or a bug; after a failure none, some or all of the rows may be stored.
 *
 * @param <B> the kind of batch
 */
@FunctionalInterface
public interface TelemetrySink<B> {
  /** Offers a tenant's batch. */
  CompletableFuture<Acknowledgement> offer(TenantId tenant, B batch);
}
