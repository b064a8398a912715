package io.ghostworks.collector;

import io.ghostworks.collector.export.Exporter;
import io.ghostworks.runtime.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives acknowledged batches to exporters, on a thread of its own, so that encoding them holds up
 * neither a sender nor the journal. What does not fit is dropped for its exporters, counted, and
 * logged once a minute. Thread-safe; {@link #hand} never blocks.
 */
final class ExportQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExportQueue.class);
  private static final int BATCHES_MAX = 1_000;
  private static final long BYTES_MAX = 64L << 20;
  private static final long LOG_EVERY_NANOS = 60_000_000_000L;
  private static final long CLOSE_MS_MAX = 10_000;
  private static final Export END = new Export(List.of(), exporter -> {}, 0);

  private final Clock clock;
  private final BlockingQueue<Export> waiting = new LinkedBlockingQueue<>(BATCHES_MAX);
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong lastLogNanos = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean closed;
  private @Nullable Thread thread;

  /**
   * A batch for exporters.
   *
   * @param give hands the batch to one of them
   * @param bytes about the batch's size
   */
  record Export(List<Route.Target> targets, Consumer<Exporter> give, long bytes) {}

  ExportQueue(Clock clock) {
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofPlatform().daemon().name("exports").start(this::work);
  }

  /** Takes a batch that nobody changes any more. */
  void hand(Export export) {
    if (export.targets().isEmpty()) {
      return;
    }
    long before = waitingBytes.getAndAdd(export.bytes());
    // A batch that is larger than the bound passes where nothing else waits.
    boolean fits = before == 0 || before + export.bytes() <= BYTES_MAX;
    if (closed || !fits || !waiting.offer(export)) {
      drop(export);
    }
  }

  /** Exports what waits, on the calling thread. For simulations. */
  void drive() {
    for (Export next = waiting.poll(); next != null; next = waiting.poll()) {
      export(next);
    }
  }

  private void work() {
    try {
      while (!closed) {
        export(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nobody but the end of the process does that.
    }
  }

  private void export(Export export) {
    for (Route.Target target : export.targets()) {
      try {
        export.give().accept(target.exporter());
      } catch (RuntimeException e) {
        log.error("exporter {} failed", target.id(), e);
      }
    }
    waitingBytes.addAndGet(-export.bytes());
  }

  private void drop(Export export) {
    waitingBytes.addAndGet(-export.bytes());
    export.targets().forEach(target -> target.dropped().increment());
    long now = clock.monotonicNanos();
    long last = lastLogNanos.get();
    if ((last == Long.MIN_VALUE || now - last >= LOG_EVERY_NANOS)
        && lastLogNanos.compareAndSet(last, now)) {
      log.warn(
          "batches are dropped for exporters {}: {}",
          export.targets().stream().map(Route.Target::id).toList(),
          closed
              ? "the process ends"
              : "%d batches wait (at most %d, and %d bytes)"
                  .formatted(waiting.size(), BATCHES_MAX, BYTES_MAX));
    }
  }

  /** Ends the thread after the batch at which it is; what still waits is dropped. */
  @Override
  public void close() {
    closed = true;
    dropWaiting();
    if (thread != null) {
      boolean _ =
          waiting.offer(END); // Where it does not fit, the thread has something to wake for.
      try {
        thread.join(CLOSE_MS_MAX);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    dropWaiting();
  }

  private void dropWaiting() {
    for (Export next = waiting.poll(); next != null; next = waiting.poll()) {
      drop(next);
    }
  }
}
