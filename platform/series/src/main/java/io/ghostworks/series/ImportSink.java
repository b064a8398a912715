package io.ghostworks.series;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Takes batches of history that each are an import of their own. Thread-safe. */
final class ImportSink implements TelemetrySink<SeriesBatch> {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final long ROW_BYTES = 48;

  private final Imports imports;
  private final MemoryBudget memory;
  private final Executor executor;

  ImportSink(Imports imports, MemoryBudget memory, Executor executor) {
    this.imports = imports;
    this.memory = memory;
    this.executor = executor;
  }

  @Override
  public CompletableFuture<Acknowledgement> offer(TenantId tenant, SeriesBatch batch) {
    long bytes = ROW_BYTES * (batch.rows() + 1L) + 2L * batch.sets().arena().size();
    if (!memory.tryReserve(bytes)) {
      return CompletableFuture.failedFuture(
          new OverloadedException(
              "the memory of series is used up (%d of %d bytes): an import has to wait"
                  .formatted(memory.usedBytes(), memory.limitBytes()),
              RETRY_AFTER));
    }
    CompletableFuture<Acknowledgement> answer = new CompletableFuture<>();
    executor.execute(() -> write(tenant, batch, answer));
    return answer.whenComplete((acknowledgement, failure) -> memory.release(bytes));
  }

  private void write(
      TenantId tenant, SeriesBatch batch, CompletableFuture<Acknowledgement> answer) {
    try (SeriesImport own = imports.start(tenant)) {
      own.add(batch);
      answer.complete(own.finish());
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }
}
