package io.ghostworks.bench.peer;

import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Looks at a server's resident memory ten times a second. */
public final class MemoryWatch implements AutoCloseable {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread thread;
  private volatile double mostMib;

  public MemoryWatch(ServerProcess process) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!ended.get()) {
                try {
                  mostMib = Math.max(mostMib, process.residentMib());
                } catch (IOException e) {
                  return; // It has ended.
                }
                LockSupport.parkNanos(EVERY_NANOS);
              }
            });
  }

  /** The most that was resident at a look. */
  public double mostMib() {
    return mostMib;
  }

  @Override
  public void close() {
    ended.set(true);
    LockSupport.unpark(thread);
  }
}
