package io.ghostworks.collector.generator;

import io.ghostworks.collector.ExportPositions;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes metrics of all acknowledged spans of all tenants, and writes them as samples. Reads the
 * journal from a saved position: a restart, a crash or a store that is full neither loses spans nor
 * counts any twice. Thread-safe; does nothing while no spans come and no series is active.
 *
 * <p>Up to where a tenant's spans are counted stands in the same batch as the counts ({@link
 * GeneratorPosition}). The saved position is farther back, by as long as the sides of a request may
 * wait for each other, so that those that waited are found again:
 *
 * <pre>
 * position saved &lt;= oldest side that waits, oldest count that is not stored &lt;= cursor
 * </pre>
 */
public final class MetricsGenerator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricsGenerator.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SAVE_PERIOD = Duration.ofSeconds(15);
  private static final long READ_NANOS_MAX = Duration.ofSeconds(2).toNanos();
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final int FAILURES_MAX = 3;

  /** How far back the position may be that was stored last, after which counting begins anew. */
  private static final long STORED_MS_MAX = TimeUnit.DAYS.toMillis(7);

  private final Parts parts;
  private final GeneratorMetrics metrics;
  private final String reader;
  private final Labels labels;
  private final AtomicBoolean working = new AtomicBoolean();

  /** Owned by whoever holds {@code this}, as all that follows. */
  private final Map<TenantId, TenantGenerator> tenants = new LinkedHashMap<>();

  private final Deque<long[]> history = new ArrayDeque<>();
  private @Nullable TelemetryTail<SpanBatch> tail;
  private TelemetryTail.@Nullable Cursor<SpanBatch> cursor;
  private Timers.@Nullable Timer tick;
  private long position;
  private long endAtStart;
  private long missedOfCursor;
  private long savedNanos;
  private long edgesWaitNanos;
  private int failures;
  private boolean closed;
  private volatile long saved;

  /**
   * What a generator stands on.
   *
   * @param settings of a tenant; what they are when its first spans come counts
   * @param memory of all series
   */
  public record Parts(
      Function<TenantId, GeneratorSettings> settings,
      ExportPositions positions,
      GeneratedOutput output,
      MemoryBudget memory,
      Clock clock,
      Timers timers,
      Executor executor,
      PlatformMetrics metrics) {}

  public MetricsGenerator(Parts parts) {
    this.parts = parts;
    this.reader = parts.output().reader();
    this.labels =
        parts.output() instanceof GeneratedOutput.Points points
            ? Labels.of("connector", points.connector())
            : Labels.EMPTY;
    this.metrics = new GeneratorMetrics(parts.metrics(), labels);
    this.saved = parts.positions().load().getOrDefault(reader, Long.MAX_VALUE);
    gauge("active_series", "Generated series that are written.", this::activeSeries);
    gauge(
        "service_graph_waiting_edges",
        "Sides of requests that wait for the other one.",
        this::waitingEdges);
  }

  private void gauge(String name, String help, java.util.function.DoubleSupplier value) {
    parts.metrics().gauge("ghostworks_metrics_generator_" + name, help, labels, value);
  }

  /** The position behind which the journal still has to be there; none: the largest. */
  public long readThrough() {
    return saved;
  }

  /** Begins to read behind the saved position; where there is none, what comes from now on. */
  public void start(TelemetryTail<SpanBatch> spans) {
    synchronized (this) {
      open(spans);
      tick = parts.timers().every(TICK, TICK, this::wake);
    }
    wake();
  }

  /** As {@link #start} without threads: the caller drives it by {@link #work}. For simulations. */
  synchronized void open(TelemetryTail<SpanBatch> spans) {
    tail = spans;
    endAtStart = spans.endPosition();
    if (saved > endAtStart) {
      save(endAtStart);
    }
    position = saved;
    savedNanos = parts.clock().monotonicNanos();
  }

  private void wake() {
    if (working.compareAndSet(false, true)) {
      try {
        parts
            .executor()
            .execute(() -> {
              try {
                work();
              } finally {
                working.set(false);
              }
            });
      } catch (RejectedExecutionException e) {
        working.set(false); // The process ends; the rest is counted after the next start.
      }
    }
  }

  /** Reads what there is, writes what is due. */
  synchronized void work() {
    if (closed || tail == null) {
      return;
    }
    read(tail);
    long nowMs = parts.clock().epochMs();
    long nowNanos = parts.clock().monotonicNanos();
    for (Map.Entry<TenantId, TenantGenerator> tenant : List.copyOf(tenants.entrySet())) {
      TenantGenerator generator = tenant.getValue();
      generator.expire(nowMs, nowNanos);
      if (generator.isDue(nowMs)) {
        var _ = write(tenant.getKey(), generator, nowMs);
      } else if (generator.isIdle()) {
        generator.close();
        tenants.remove(tenant.getKey());
      }
    }
    history.addLast(new long[] {nowNanos, position});
    if (nowNanos - savedNanos >= SAVE_PERIOD.toNanos()) {
      saveDone(nowNanos);
    }
  }

  private void read(TelemetryTail<SpanBatch> spans) {
    if (spans.endPosition() <= position) {
      tenants.values().forEach(TenantGenerator::endReplay);
      return;
    }
    long until = parts.clock().monotonicNanos() + READ_NANOS_MAX;
    try {
      if (cursor == null) {
        cursor = spans.cursor(position);
        missedOfCursor = 0;
      }
      cursor.read((at, tenant, batch) -> {
        take(at, tenant, batch);
        return parts.clock().monotonicNanos() - until < 0;
      });
      position = cursor.position();
      failures = 0;
      countMissed(cursor.framesMissed());
      if (parts.clock().monotonicNanos() - until < 0) {
        tenants.values().forEach(TenantGenerator::endReplay);
      }
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void take(long at, TenantId tenant, SpanBatch batch) {
    TenantGenerator generator = tenants.get(tenant);
    if (generator == null) {
      GeneratorSettings settings = parts.settings().apply(tenant);
      if (!settings.isOn() && parts.output() instanceof GeneratedOutput.Series) {
        return;
      }
      generator = begin(tenant, settings);
      tenants.put(tenant, generator);
      edgesWaitNanos = Math.max(edgesWaitNanos, settings.serviceGraphs().waitTime().toNanos());
    }
    generator.push(
        at, batch, at > endAtStart, parts.clock().epochMs(), parts.clock().monotonicNanos());
  }

  private TenantGenerator begin(TenantId tenant, GeneratorSettings settings) {
    return switch (parts.output()) {
      case GeneratedOutput.Series series -> begin(tenant, settings, series.stored());
      case GeneratedOutput.Points points ->
          begun(settings, savedPosition(tenant), RestoredSamples.none());
    };
  }

  /** Up to where a connector gave a tenant's spans on before the process started. */
  private GeneratorPosition savedPosition(TenantId tenant) {
    Map<String, Long> positions = parts.positions().load();
    Long read = positions.get(readOf(tenant));
    Long waiting = positions.get(waitingOf(tenant));
    return read == null || waiting == null
        ? GeneratorPosition.NONE
        : new GeneratorPosition(read, waiting);
  }

  private String readOf(TenantId tenant) {
    return reader + " of tenant " + tenant + ": counted";
  }

  private String waitingOf(TenantId tenant) {
    return reader + " of tenant " + tenant + ": waiting from";
  }

  private TenantGenerator begun(
      GeneratorSettings settings, GeneratorPosition stored, RestoredSamples restored) {
    return new TenantGenerator(
        settings,
        stored,
        restored,
        parts.memory(),
        metrics,
        parts.output(),
        parts.clock().epochMs());
  }

  /** Goes on where the stored series of a tenant end. */
  private TenantGenerator begin(
      TenantId tenant, GeneratorSettings settings, StoredSamples samples) {
    long nowMs = parts.clock().epochMs();
    SeriesBatch positions =
        samples.newest(tenant, List.of(GeneratorPosition.METRIC), nowMs - STORED_MS_MAX, nowMs);
    GeneratorPosition stored = GeneratorPosition.of(RestoredSamples.of(positions));
    RestoredSamples restored = RestoredSamples.none();
    if (stored.read() >= 0) {
      long lastMs = positions.timestampMs(positions.rows() - 1);
      restored =
          RestoredSamples.of(
              samples.newest(
                  tenant,
                  SeriesNames.of(settings),
                  lastMs - settings.collectionInterval().toMillis() * 2,
                  lastMs));
    }
    return begun(settings, stored, restored);
  }

  private CompletableFuture<Void> write(TenantId tenant, TenantGenerator generator, long nowMs) {
    CompletableFuture<Acknowledgement> answer;
    try {
      answer =
          switch (parts.output()) {
            case GeneratedOutput.Series series ->
                series.sink().offer(tenant, generator.collect(nowMs));
            case GeneratedOutput.Points points ->
                points.sink().offer(tenant, generator.collectPoints(nowMs));
          };
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.handle((acknowledgement, failure) -> {
      settled(tenant, generator, acknowledgement, failure);
      return null;
    });
  }

  private synchronized void settled(
      TenantId tenant,
      TenantGenerator generator,
      @Nullable Acknowledgement acknowledgement,
      @Nullable Throwable failure) {
    if (acknowledgement == null) {
      generator.refused();
      log.warn(
          "metrics of the spans of tenant {} cannot be written now; they are with the next ones:"
              + " {}",
          tenant,
          String.valueOf(failure));
      return;
    }
    generator.written();
    if (parts.output() instanceof GeneratedOutput.Points) {
      savePosition(tenant, generator.collected());
    }
    if (acknowledgement.rejectedRows() > 0) {
      metrics.rejected().add(acknowledgement.rejectedRows());
    }
  }

  private void savePosition(TenantId tenant, GeneratorPosition counted) {
    try {
      parts.positions().save(waitingOf(tenant), counted.waitingFrom());
      parts.positions().save(readOf(tenant), counted.read());
    } catch (RuntimeException e) {
      log.error("the position of the {} cannot be saved; the next one is", reader, e);
    }
  }

  private void failed(Exception cause) {
    TelemetryTail.Cursor<SpanBatch> failing = cursor;
    if (failing != null) {
      position = failing.position();
    }
    closeCursor();
    if (cause instanceof OverloadedException) {
      log.info("metrics of spans wait behind position {}: {}", position, cause.getMessage());
      return;
    }
    log.error("metrics of spans: reading behind position {} failed", position, cause);
    if (failing != null && ++failures >= FAILURES_MAX) {
      failures = 0;
      position++;
      metrics.missed().increment();
    }
  }

  private void countMissed(long missedNow) {
    long more = missedNow - missedOfCursor;
    if (more > 0) {
      missedOfCursor = missedNow;
      metrics.missed().add(more);
      log.warn(
          "{} frames of the journal were gone or damaged before metrics were made of their spans",
          more);
    }
  }

  /** Saves the position as it was when no side waited that could still find its other one. */
  private void saveDone(long nowNanos) {
    savedNanos = nowNanos;
    long lag = 2 * edgesWaitNanos + 5 * TICK.toNanos();
    long done = -1;
    while (!history.isEmpty() && nowNanos - history.getFirst()[0] >= lag) {
      done = history.removeFirst()[1];
    }
    if (done < 0) {
      return;
    }
    for (TenantGenerator generator : tenants.values()) {
      done = generator.neededFrom(done);
    }
    if (done > saved) {
      save(done);
    }
  }

  private void save(long done) {
    try {
      parts.positions().save(reader, done);
      saved = done;
    } catch (RuntimeException e) {
      log.error("the position of the {} cannot be saved; it is tried again", reader, e);
    }
  }

  private synchronized double activeSeries() {
    return tenants.values().stream().mapToLong(TenantGenerator::activeSeries).sum();
  }

  private synchronized double waitingEdges() {
    return tenants.values().stream().mapToLong(TenantGenerator::waitingEdges).sum();
  }

  private void closeCursor() {
    TelemetryTail.Cursor<SpanBatch> closing = cursor;
    cursor = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        log.warn("a segment of the journal cannot be closed", e);
      }
    }
  }

  /** Writes what is counted and ends. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (tick != null) {
        tick.cancel();
      }
      closeCursor();
      tenants.forEach((tenant, generator) -> {
        if (generator.isUncollected() && !generator.isUnderway()) {
          writes.add(write(tenant, generator, parts.clock().epochMs()));
        }
      });
    }
    try {
      CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
          .get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      log.warn(
          "the last metrics of spans were not written; they are counted after the next start", e);
    }
    synchronized (this) {
      tenants.values().forEach(TenantGenerator::close);
      tenants.clear();
    }
  }
}
