package io.ghostworks.collector;

import io.ghostworks.collector.config.ExporterConfig.Sending;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.collector.export.RequestSender;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.wire.otlp.OtlpEncoding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter's reader of what a receiver's pipelines stored: gives each acknowledged batch to the
 * other system, in the form that the exporter's pipeline leaves, and saves how far it is. What was
 * not taken when the process ends is sent after the next start; what was taken and not yet saved is
 * sent once more. The queue is the journal: in memory are only the requests on their way.
 *
 * <pre>
 * position saved &lt;= oldest request on its way &lt;= cursor &lt;= end of the journal
 * </pre>
 *
 * A batch counts as done when it was taken, refused or given up. Thread-safe.
 *
 * @param <B> the kind of batch
 */
final class TailedExport<B> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TailedExport.class);

  /** Bytes of requests on their way; a request that is larger goes alone. */
  private static final long BYTES_MAX = 64L << 20;

  /** How often the position is saved while it moves, and the journal looked at in any case. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** After so many failures to read a batch it is passed over. */
  private static final int FAILURES_MAX = 3;

  private final Parts<B> parts;
  private final PlatformMetrics.Counter missed;
  private final AtomicInteger wakes = new AtomicInteger();

  /** Owned by whoever holds {@code this}. */
  private final TreeSet<Long> underway = new TreeSet<>();

  private long underwayBytes;
  private int failures;
  private @Nullable TelemetryTail<B> tail;
  private TelemetryTail.@Nullable Cursor<B> cursor;
  private Timers.@Nullable Timer tick;
  private long position;
  private long missedOfCursor;
  private long savedNanos;
  private boolean closed;
  private volatile long saved;

  /**
   * What an export consists of.
   *
   * @param reader names it among the saved positions
   * @param steps the processors of the exporter's pipeline that the stored form has not passed
   */
  record Parts<B>(
      String reader,
      String pipeline,
      Signal signal,
      BatchKind<B> kind,
      List<Route.Step<B>> steps,
      Sending sending,
      OtlpEncoding encoding,
      RequestSender sender,
      ExportPositions positions,
      Clock clock,
      Timers timers,
      Executor executor,
      PlatformMetrics metrics) {}

  /**
   * @param saved the position that is saved, or {@link Long#MAX_VALUE} where there is none
   */
  TailedExport(Parts<B> parts, long saved) {
    this.parts = parts;
    this.saved = saved;
    Labels labels = Labels.of("exporter", parts.sender().id(), "pipeline", parts.pipeline());
    this.missed =
        parts
            .metrics()
            .counter(
                "ghostworks_exporter_missed_frames_total",
                "Frames of the journal that were gone before an exporter had read them, or unreadable.",
                labels);
    parts
        .metrics()
        .gauge(
            "otelcol_exporter_queue_size",
            "What waits to be sent to another system.",
            labels,
            this::waiting);
  }

  /** The position behind which the journal still has to be there; none: the largest. */
  long readThrough() {
    return saved;
  }

  /** Begins to send what was stored behind the saved position, at first what is stored from now. */
  void start(TelemetryTail<B> newTail) {
    synchronized (this) {
      tail = newTail;
      long end = newTail.endPosition();
      if (saved > end) {
        if (saved != Long.MAX_VALUE) {
          log.warn(
              "{}: the saved position {} lies behind the end of the journal ({}) and begins there",
              parts.reader(),
              saved,
              end);
        }
        save(end);
      }
      position = Math.min(saved, end);
      tick = parts.timers().every(TICK, TICK, this::wake);
    }
    wake();
  }

  /** Says that there may be something to read. */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      try {
        parts.executor().execute(this::work);
      } catch (RejectedExecutionException e) {
        // The process ends; what is stored is sent after the next start.
      }
    }
  }

  private void work() {
    int seen = wakes.get();
    while (seen > 0) {
      readWhatFits();
      seen = wakes.addAndGet(-seen);
    }
  }

  private synchronized void readWhatFits() {
    if (closed || tail == null) {
      return;
    }
    try {
      if (cursor == null) {
        cursor = tail.cursor(position);
        missedOfCursor = 0;
      }
      if (hasRoom()) {
        cursor.read(this::take);
        failures = 0;
      }
      position = cursor.position();
      countMissed(cursor.framesMissed());
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
    long done = done();
    if (isUnsaved(done) && parts.clock().monotonicNanos() - savedNanos >= TICK.toNanos()) {
      save(done);
    }
  }

  /** Sends one batch; returns whether there is room for more. */
  private boolean take(long at, TenantId tenant, B batch) {
    parts.steps().forEach(step -> step.apply(batch));
    int items = parts.kind().rows(batch);
    byte[] body = parts.kind().encode(parts.encoding(), batch);
    underway.add(at);
    underwayBytes += body.length;
    parts
        .sender()
        .send(
            new RequestSender.Request(tenant, parts.signal(), body, items),
            () -> settled(at, body.length));
    return hasRoom();
  }

  private boolean hasRoom() {
    int requestsMax = Math.min(parts.sending().consumers(), parts.sending().queueSize());
    return underway.size() < requestsMax && underwayBytes < BYTES_MAX;
  }

  private void settled(long at, int bytes) {
    synchronized (this) {
      underway.remove(at);
      underwayBytes -= bytes;
    }
    wake();
  }

  /**
   * Begins again where it was, and behind it where a frame cannot be read time and again; that the
   * journal cannot be opened at the moment says nothing about the frame.
   */
  private void failed(Throwable cause) {
    TelemetryTail.Cursor<B> failing = cursor;
    if (failing != null) {
      position = failing.position();
      failures++;
    }
    closeCursor();
    log.error("{}: reading behind position {} failed", parts.reader(), position, cause);
    if (failures >= FAILURES_MAX) {
      failures = 0;
      position++;
      missed.increment();
    }
  }

  private void countMissed(long missedNow) {
    long more = missedNow - missedOfCursor;
    if (more > 0) {
      missedOfCursor = missedNow;
      missed.add(more);
      log.warn(
          "{}: {} frames of the journal were gone before they were read: what they held of the"
              + " exporter's stays stored here and does not reach the other system",
          parts.reader(),
          more);
    }
  }

  private boolean isUnsaved(long done) {
    return saved == Long.MAX_VALUE || done > saved;
  }

  private void save(long done) {
    try {
      parts.positions().save(parts.reader(), done);
      saved = done;
    } catch (RuntimeException e) {
      log.error("{}: the position cannot be saved; it is tried again", parts.reader(), e);
    }
    savedNanos = parts.clock().monotonicNanos();
  }

  /** Frames between what is done and the end of the journal. */
  private synchronized double waiting() {
    TelemetryTail<B> reading = tail;
    if (reading == null || closed) {
      return 0;
    }
    return Math.max(0, reading.endPosition() - done());
  }

  private long done() {
    return underway.isEmpty() ? position : underway.first() - 1;
  }

  private void closeCursor() {
    TelemetryTail.Cursor<B> closing = cursor;
    cursor = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        log.warn("{}: a segment of the journal cannot be closed", parts.reader(), e);
      }
    }
  }

  /** Ends reading and saves the position. */
  @Override
  public synchronized void close() {
    if (tick != null) {
      tick.cancel();
    }
    if (!closed && tail != null) {
      if (isUnsaved(done())) {
        save(done());
      }
    }
    closed = true;
    closeCursor();
  }
}
