package io.ghostworks.runtime.memory;

import java.util.concurrent.atomic.AtomicLong;

/** A named number of bytes that may be held at once. Thread-safe. */
public final class MemoryBudget {
  private final String name;
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  MemoryBudget(String name, long limitBytes) {
    this.name = name;
    this.limitBytes = limitBytes;
  }

  /** Takes bytes out of the budget, or changes nothing and answers false. */
  public boolean tryReserve(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("cannot reserve %d bytes".formatted(bytes));
    }
    long before = used.get();
    while (bytes <= limitBytes - before) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Takes bytes even beyond the limit: for what must go on, and is bounded elsewhere. */
  public void reserveUnchecked(long bytes) {
    used.addAndGet(bytes);
  }

  /** Gives bytes back. */
  public void release(long bytes) {
    long after = used.addAndGet(-bytes);
    if (after < 0) {
      throw new IllegalStateException(
          "the budget '%s' got back %d bytes too many".formatted(name, -after));
    }
  }

  public String name() {
    return name;
  }

  public long limitBytes() {
    return limitBytes;
  }

  public long usedBytes() {
    return used.get();
  }
}
