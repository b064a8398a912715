package io.ghostworks.collector;

import io.ghostworks.collector.config.ProcessorConfig;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.runtime.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Refuses items while the process uses more memory than the soft limit. Memory is looked at once a
 * {@code check_interval}, when an item comes.
 */
final class MemoryLimiter {
  private final ProcessorConfig.MemoryLimiter config;
  private final long softLimitBytes;
  private final LongSupplier usedBytes;
  private final Clock clock;
  private final AtomicLong nextCheckNanos;
  private volatile boolean refusing;

  MemoryLimiter(
      ProcessorConfig.MemoryLimiter config, long totalBytes, LongSupplier usedBytes, Clock clock) {
    this.config = config;
    this.softLimitBytes = config.softLimitBytes(totalBytes);
    this.usedBytes = usedBytes;
    this.clock = clock;
    this.nextCheckNanos = new AtomicLong(clock.monotonicNanos());
  }

  /**
   * @throws OverloadedException while memory is short
   */
  void admit() {
    long now = clock.monotonicNanos();
    long due = nextCheckNanos.get();
    if (now - due >= 0
        && nextCheckNanos.compareAndSet(due, now + config.checkInterval().toNanos())) {
      refusing = usedBytes.getAsLong() > softLimitBytes;
    }
    if (refusing) {
      throw new OverloadedException(
          "data refused due to high memory usage", config.checkInterval());
    }
  }
}
