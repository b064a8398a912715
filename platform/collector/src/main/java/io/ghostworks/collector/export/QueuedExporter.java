package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig.Sending;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to another system from a queue in memory. What finds the queue full, is refused
 * there, or cannot be sent within {@code max_elapsed_time} is dropped, counted and logged; what
 * waits when the process ends is lost to the other system, though not here.
 */
public final class QueuedExporter implements Exporter {
  private static final Logger log = LoggerFactory.getLogger(QueuedExporter.class);

  /** Bytes that may wait, whatever the number of requests. */
  private static final long QUEUE_BYTES_MAX = 64L << 20;

  private static final long LOG_EVERY_NANOS = 10_000_000_000L;

  private final String id;
  private final Sending sending;
  private final OtlpEncoding encoding;
  private final Transport transport;
  private final Clock clock;
  private final Timers timers;
  private final DoubleSupplier random;
  private final PlatformMetrics.Counter sent;
  private final PlatformMetrics.Counter dropped;
  private final LinkedBlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong lastLogNanos = new AtomicLong(Long.MIN_VALUE);
  private final List<Thread> consumers = new ArrayList<>();

  /** A request that waits; of one tenant, as each batch is. */
  private record Request(
      TenantId tenant, Signal signal, byte[] body, int items, long sinceNanos, int attempts) {
    Request again() {
      return new Request(tenant, signal, body, items, sinceNanos, attempts + 1);
    }
  }

  /**
   * @param random of [0, 1), to spread repetitions
   */
  public QueuedExporter(
      String id,
      Sending sending,
      OtlpEncoding encoding,
      Transport transport,
      Clock clock,
      Timers timers,
      DoubleSupplier random,
      PlatformMetrics metrics) {
    this.id = id;
    this.sending = sending;
    this.encoding = encoding;
    this.transport = transport;
    this.clock = clock;
    this.timers = timers;
    this.random = random;
    Labels labels = Labels.of("exporter", id);
    sent =
        metrics.counter(
            "ghostworks_collector_exporter_sent_items_total",
            "Items that another system took.",
            labels);
    dropped =
        metrics.counter(
            "ghostworks_collector_exporter_dropped_items_total",
            "Items that were not delivered to another system and never will be.",
            labels);
    metrics.gauge(
        "ghostworks_collector_exporter_queue_requests",
        "Requests that wait to be sent to another system.",
        labels,
        waiting::get);
  }

  @Override
  public void start() {
    for (int i = 0; i < sending.consumers(); i++) {
      consumers.add(Thread.ofVirtual().name(id + "-" + i).start(this::consume));
    }
  }

  @Override
  public void traces(TenantId tenant, SpanBatch batch) {
    if (batch.rows() > 0 && transport.carries(Signal.TRACES)) {
      enqueue(tenant, Signal.TRACES, OtlpEncoder.traces(encoding, batch), batch.rows());
    }
  }

  @Override
  public void logs(TenantId tenant, LogBatch batch) {
    if (batch.rows() > 0 && transport.carries(Signal.LOGS)) {
      enqueue(tenant, Signal.LOGS, OtlpEncoder.logs(encoding, batch), batch.rows());
    }
  }

  @Override
  public void metrics(TenantId tenant, MetricBatch batch) {
    if (batch.points() > 0 && transport.carries(Signal.METRICS)) {
      enqueue(tenant, Signal.METRICS, OtlpEncoder.metrics(encoding, batch), batch.points());
    }
  }

  private void enqueue(TenantId tenant, Signal signal, byte[] body, int items) {
    Request request = new Request(tenant, signal, body, items, clock.monotonicNanos(), 0);
    boolean fits = waitingBytes.addAndGet(body.length) <= QUEUE_BYTES_MAX;
    if (waiting.incrementAndGet() > sending.queueSize() || !fits) {
      drop(request, "sending queue is full");
      return;
    }
    queue.add(request);
  }

  private void consume() {
    try {
      while (true) {
        Request request = queue.take();
        try {
          handle(request, transport.send(request.tenant, request.signal, request.body));
        } catch (RuntimeException e) {
          log.error("exporter {} failed", id, e);
          drop(request, String.valueOf(e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The exporter is closed.
    }
  }

  private void handle(Request request, Delivery delivery) {
    switch (delivery) {
      case Delivery.Taken taken -> {
        forget(request);
        sent.add(request.items - taken.rejectedItems());
        if (taken.rejectedItems() > 0) {
          dropped.add(taken.rejectedItems());
          warn("%d items rejected: %s".formatted(taken.rejectedItems(), taken.message()));
        }
      }
      case Delivery.Refused refused -> drop(request, refused.why());
      case Delivery.Again again -> {
        Duration pause = pause(request, again);
        Duration elapsed = Duration.ofNanos(clock.monotonicNanos() - request.sinceNanos);
        boolean givesUp =
            !sending.retries()
                || (!sending.maxElapsed().isZero()
                    && elapsed.plus(pause).compareTo(sending.maxElapsed()) > 0);
        if (givesUp) {
          drop(request, "no more retries left: " + again.why());
        } else {
          warn("will retry in %d ms: %s".formatted(pause.toMillis(), again.why()));
          timers.after(pause, () -> queue.add(request.again()));
        }
      }
    }
  }

  /**
   * Grows from attempt to attempt, spread by chance, never shorter than the other side asks for.
   */
  private Duration pause(Request request, Delivery.Again again) {
    double nanos =
        sending.initialInterval().toNanos() * Math.pow(sending.multiplier(), request.attempts);
    double bounded = Math.min(nanos, sending.maxInterval().toNanos());
    double spread = 1 + sending.randomization() * (2 * random.getAsDouble() - 1);
    Duration pause = Duration.ofNanos((long) (bounded * spread));
    return pause.compareTo(again.after()) < 0 ? again.after() : pause;
  }

  private void drop(Request request, String why) {
    forget(request);
    dropped.add(request.items);
    warn("%d items dropped: %s".formatted(request.items, why));
  }

  private void forget(Request request) {
    waiting.decrementAndGet();
    waitingBytes.addAndGet(-request.body.length);
  }

  /** Logs, but not more often than a reader can follow; the counters miss nothing. */
  private void warn(String message) {
    long now = clock.monotonicNanos();
    long last = lastLogNanos.get();
    if ((last == Long.MIN_VALUE || now - last >= LOG_EVERY_NANOS)
        && lastLogNanos.compareAndSet(last, now)) {
      log.warn("exporter {}: {}", id, message);
    }
  }

  @Override
  public void close() {
    consumers.forEach(Thread::interrupt);
    for (Request request = queue.poll(); request != null; request = queue.poll()) {
      drop(request, "the process ends");
    }
    transport.close();
  }
}
