package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig.Sending;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of one exporter until the other system took or refused them, or they are given up;
 * what is not taken is counted and logged. Thread-safe. Whoever asks bounds how many requests are
 * on their way.
 */
public final class RequestSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RequestSender.class);
  private static final long LOG_EVERY_NANOS = 10_000_000_000L;

  private final String id;
  private final Retries retries;
  private final Transport transport;
  private final Around around;
  private final Map<Signal, SentItems> items = new EnumMap<>(Signal.class);
  private final AtomicLong lastLogNanos = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean closed;

  /**
   * What sending needs of the process.
   *
   * @param executor runs attempts, which block
   * @param random of [0, 1), to spread repetitions
   */
  public record Around(
      Clock clock,
      Timers timers,
      Executor executor,
      DoubleSupplier random,
      PlatformMetrics metrics) {}

  /** A request of one tenant, in the encoding that the transport wants. */
  public record Request(TenantId tenant, Signal signal, byte[] body, int items) {}

  private record Attempt(Request request, Runnable settled, long sinceNanos, int before) {}

  public RequestSender(String id, Sending sending, Transport transport, Around around) {
    this.id = id;
    this.retries = new Retries(sending, around.random());
    this.transport = transport;
    this.around = around;
    for (Signal signal : Signal.values()) {
      items.put(signal, SentItems.of(id, signal, around.metrics()));
    }
  }

  public String id() {
    return id;
  }

  /** Whether this signal goes anywhere. */
  public boolean carries(Signal signal) {
    return transport.carries(signal);
  }

  /**
   * Begins to send a request.
   *
   * @param settled runs once nothing more is done for the request; not after {@link #close}
   */
  public void send(Request request, Runnable settled) {
    begin(new Attempt(request, settled, around.clock().monotonicNanos(), 0));
  }

  private void begin(Attempt attempt) {
    try {
      if (!closed) {
        around.executor().execute(() -> make(attempt));
      }
    } catch (RejectedExecutionException e) {
      // The process ends; what is stored is sent after the next start.
    }
  }

  private void make(Attempt attempt) {
    Request request = attempt.request();
    Delivery delivery;
    try {
      delivery = transport.send(request.tenant(), request.signal(), request.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return; // The process ends.
    } catch (RuntimeException | Error e) {
      log.error("exporter {} failed", id, e);
      delivery = new Delivery.Refused(String.valueOf(e));
    }
    if (!closed) {
      settle(attempt, delivery);
    }
  }

  private void settle(Attempt attempt, Delivery delivery) {
    switch (delivery) {
      case Delivery.Taken taken -> {
        SentItems counters = counters(attempt.request());
        counters.sent().add(attempt.request().items() - taken.rejectedItems());
        if (taken.rejectedItems() > 0) {
          counters.failed().add(taken.rejectedItems());
          warn("%d items rejected: %s".formatted(taken.rejectedItems(), taken.message()));
        }
        attempt.settled().run();
      }
      case Delivery.Refused refused -> giveUp(attempt, refused.why());
      case Delivery.Again again -> {
        Duration elapsed = Duration.ofNanos(around.clock().monotonicNanos() - attempt.sinceNanos());
        Optional<Duration> pause = retries.pause(attempt.before(), elapsed, again);
        if (pause.isEmpty()) {
          giveUp(attempt, "no more retries left: " + again.why());
          return;
        }
        warn("will retry in %d ms: %s".formatted(pause.get().toMillis(), again.why()));
        Attempt next =
            new Attempt(
                attempt.request(), attempt.settled(), attempt.sinceNanos(), attempt.before() + 1);
        around.timers().after(pause.get(), () -> begin(next));
      }
    }
  }

  private void giveUp(Attempt attempt, String why) {
    counters(attempt.request()).failed().add(attempt.request().items());
    warn("%d items dropped: %s".formatted(attempt.request().items(), why));
    attempt.settled().run();
  }

  /** Counts and logs items that were never sent, as memory had no room for them. */
  void notQueued(Signal signal, int rows, String why) {
    Objects.requireNonNull(items.get(signal)).notQueued().add(rows);
    warn("%d items dropped: %s".formatted(rows, why));
  }

  private SentItems counters(Request request) {
    return Objects.requireNonNull(items.get(request.signal()));
  }

  /** Logs, but not more often than a reader can follow; the counters miss nothing. */
  private void warn(String message) {
    long now = around.clock().monotonicNanos();
    long last = lastLogNanos.get();
    if ((last == Long.MIN_VALUE || now - last >= LOG_EVERY_NANOS)
        && lastLogNanos.compareAndSet(last, now)) {
      log.warn("exporter {}: {}", id, message);
    }
  }

  /** Begins no further attempt. */
  @Override
  public void close() {
    closed = true;
    transport.close();
  }
}
