package io.ghostworks.server.http;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.wire.compress.ContentCoding;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one request holds of the memory that the bodies of all requests share: the body as it came,
 * what it becomes when it is decompressed, and room for the rows that are decoded from it.
 * Thread-safe; closing gives everything back.
 */
public final class RequestMemory implements ContentCoding.Memory, AutoCloseable {

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final MemoryBudget budget;
  private final AtomicLong held = new AtomicLong();

  public RequestMemory(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * @throws OverloadedException if all requests together hold what they may
   */
  @Override
  public void reserve(long bytes) {
    if (!budget.tryReserve(bytes)) {
      throw refusal(bytes);
    }
    held.addAndGet(bytes);
  }

  /**
   * Refuses what could not be reserved now, before any of it has been received.
   *
   * @throws OverloadedException if it has no room
   */
  void checkRoomFor(long bytes) {
    if (bytes > budget.limitBytes() - budget.usedBytes()) {
      throw refusal(bytes);
    }
  }

  private OverloadedException refusal(long bytes) {
    return new OverloadedException(
        "the bodies of all requests together hold %d of %d bytes and this one needs %d more: send it again a little later"
            .formatted(budget.usedBytes(), budget.limitBytes(), bytes),
        RETRY);
  }

  @Override
  public void release(long bytes) {
    held.addAndGet(-bytes);
    budget.release(bytes);
  }

  @Override
  public void close() {
    budget.release(held.getAndSet(0));
  }
}
