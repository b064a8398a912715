package io.ghostworks.series;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when {@link Upkeep} does what, in the background: flushes when the head is full or its
 * chains are long, when the journal asks, or when the interval has passed; merges, downsampling and
 * cleaning step by step, so that what else waits runs in between. Thread-safe.
 */
final class UpkeepSchedule {
  private static final Logger log = LoggerFactory.getLogger(UpkeepSchedule.class);
  private static final Duration TICK = Duration.ofSeconds(30);

  /** The share of the head's budget at which samples are written into a part. */
  private static final double FLUSH_SHARE = 0.25;

  /** The same whatever the budget: positions in the head's pages end at 2 GiB. */
  private static final double FLUSH_BYTES_MAX = 1L << 30;

  /** The mean length of the head's chains at which they become chunks, which read faster. */
  private static final long CHAIN_SAMPLES = 240;

  /** Fewer samples are read fast enough however long their chains are. */
  private static final long LONG_CHAINS_SAMPLES_MIN = 1 << 19;

  private final SeriesEnvironment environment;
  private final Duration flushInterval;
  private final Head head;
  private final Upkeep upkeep;
  private final AtomicBoolean flushRequested = new AtomicBoolean();
  private final AtomicBoolean tickRequested = new AtomicBoolean();
  private final AtomicBoolean mergeRequested = new AtomicBoolean();
  private final AtomicBoolean compacting = new AtomicBoolean();
  private volatile boolean stopped;
  private Timers.@Nullable Timer timer;

  UpkeepSchedule(SeriesEnvironment environment, Duration flushInterval, Head head, Upkeep upkeep) {
    this.environment = environment;
    this.flushInterval = flushInterval;
    this.head = head;
    this.upkeep = upkeep;
  }

  void start() {
    timer = environment.timers().every(TICK, TICK, () -> request(tickRequested, this::tick));
  }

  /** Ends a merge that is running, waits for what else is; nothing begins after that. */
  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
    upkeep.stop();
  }

  boolean stopped() {
    return stopped;
  }

  void requestFlush() {
    upkeep.wantFlush();
    request(flushRequested, () -> run(upkeep::flushIfWanted));
  }

  void requestFlushIfDue() {
    if (isFull() || hasLongChains()) {
      requestFlush();
    }
  }

  /** Writes the head on this thread if it is full: nothing else is at work during a replay. */
  void flushWhileReplaying() throws IOException {
    if (isFull()) {
      upkeep.flush(true);
    }
  }

  /** Merges step by step: what else waits, a flush above all, runs in between. */
  void requestMerge() {
    request(
        mergeRequested,
        () ->
            run(() -> {
              if (upkeep.merge() || upkeep.downsample() || upkeep.clean(false)) {
                requestMerge();
              }
            }));
  }

  /** Whether what {@link #compact} began is still going on. */
  boolean compacting() {
    return compacting.get();
  }

  /**
   * Begins to write what is in memory, and then to merge until nothing is left to merge; does
   * nothing while the same goes on.
   */
  void compact() {
    if (!stopped && compacting.compareAndSet(false, true)) {
      environment
          .upkeep()
          .execute(() -> {
            try {
              run(() -> upkeep.flush(false));
            } finally {
              compactFurther();
            }
          });
    }
  }

  private void compactFurther() {
    boolean[] more = {false};
    try {
      run(() -> more[0] = upkeep.merge() || upkeep.downsample());
    } finally {
      if (more[0] && !stopped) {
        environment.upkeep().execute(this::compactFurther);
      } else {
        compacting.set(false);
      }
    }
  }

  /** Removes what is deleted from disk, part by part: what else waits runs in between. */
  CompletableFuture<Void> cleanTombstones() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    answering(
        answer,
        () -> {
          upkeep.flush(false);
          cleanFurther(answer);
        });
    return answer;
  }

  private void cleanFurther(CompletableFuture<Void> answer) {
    answering(
        answer,
        () -> {
          if (upkeep.clean(true)) {
            cleanFurther(answer);
          } else {
            answer.complete(null);
          }
        });
  }

  CompletableFuture<SeriesSnapshot> snapshot(Path target, boolean withHead) {
    CompletableFuture<SeriesSnapshot> answer = new CompletableFuture<>();
    answering(answer, () -> answer.complete(upkeep.snapshot(target, withHead)));
    return answer;
  }

  private boolean isFull() {
    MemoryBudget memory = environment.headMemory();
    return head.activeBytes() > Math.min(FLUSH_BYTES_MAX, FLUSH_SHARE * memory.limitBytes());
  }

  /** As after imports by remote write of what lies back; scrapes are flushed by the interval. */
  private boolean hasLongChains() {
    long samples = head.activeSamples();
    return samples >= LONG_CHAINS_SAMPLES_MIN && samples >= CHAIN_SAMPLES * head.series();
  }

  private void tick() {
    if (upkeep.sinceFlushNanos() + TICK.toNanos() > flushInterval.toNanos()) {
      run(() -> upkeep.flush(false));
    }
    run(upkeep::expire);
    requestMerge();
  }

  /** Queues upkeep, unless the same waits already. */
  private void request(AtomicBoolean requested, Runnable work) {
    if (!stopped && requested.compareAndSet(false, true)) {
      environment
          .upkeep()
          .execute(() -> {
            requested.set(false);
            work.run();
          });
    }
  }

  private void run(Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      environment
          .metrics()
          .counter(
              "ghostworks_series_upkeep_failures_total",
              "Flushes, merges and expirations of series that failed; they are tried again.",
              Labels.EMPTY)
          .increment();
      log.error("series: upkeep failed and will be tried again", e);
    }
  }

  private void answering(CompletableFuture<?> answer, Step step) {
    environment
        .upkeep()
        .execute(() -> {
          try {
            step.run();
          } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
