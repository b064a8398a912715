package io.ghostworks.records;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.FrameHandler;
import io.ghostworks.journal.JournalListener;
import io.ghostworks.journal.JournalMetrics;
import io.ghostworks.journal.ReplaySummary;
import io.ghostworks.journal.segment.DamagedFrames;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of log records and spans. A batch is admitted, appended to the journal, synced, made
 * visible in memory, and acknowledged; rows in memory are flushed into parts, which are merged
 * while they are small and deleted when their day is out of retention.
 *
 * <p>Life: {@link #open}, which replays the journal; {@link #start}; then the sinks, {@link
 * #source}, the tails and {@link #maintain} from any thread; then {@link #close}, which flushes.
 * After it batches and queries are answered with {@link io.ghostworks.model.OverloadedException}; a
 * query that is open goes on to its end. Damage that a query meets comes as {@link
 * java.io.UncheckedIOException} with file and offset.
 */
public final class RecordsEngine implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordsEngine.class);
  private static final String NO_ORIGIN = "";
  private static final Duration UPKEEP_READS_MAX = Duration.ofMinutes(1);

  private final LiveRecords live = new LiveRecords();
  private final MemoryBudget memory;
  private final RecordsOptions options;
  private final FileJournal journal;
  private final PartFiles parts;
  private final Upkeep upkeep;
  private final SignalIngest<LogBatch> logs;
  private final SignalIngest<SpanBatch> spans;
  private final RecordReader reader;
  private final RecordDeletes deletes;
  private final RecordDeletes spanDeletes;
  private final KeptTraces kept;
  private final LogArrivals arrivals;

  private RecordsEngine(
      RecordsEnvironment environment,
      RecordsOptions options,
      PartFiles parts,
      Listener listener,
      FileJournal journal) {
    this.memory = environment.memory();
    this.options = options;
    this.parts = parts;
    this.arrivals = new LogArrivals(parts.files());
    this.journal = journal;
    this.upkeep = new Upkeep(options, environment, live, parts, journal);
    listener.upkeep = upkeep;
    Admission admission =
        new Admission(
            environment.clock(),
            options.retention(),
            options.futureMax(),
            new LogLimitCheck(options.logLimits(), environment.clock(), environment.metrics()),
            new SpanLimitCheck(options.spanLimits(), environment.clock(), environment.metrics()));
    int frameBytesMax = options.journal().frameBytesMax();
    this.logs =
        new SignalIngest<>(
            admission::logs,
            live.logs(),
            live,
            journal,
            upkeep,
            environment,
            frameBytesMax,
            (tenant, rows) -> arrivals.arrived(live.logs(), tenant, rows));
    this.spans =
        new SignalIngest<>(
            admission::spans,
            live.spans(),
            live,
            journal,
            upkeep,
            environment,
            frameBytesMax,
            (tenant, rows) -> {});
    this.reader = new RecordReader(parts.files(), live);
    FrameAppender frames = new FrameAppender(journal);
    CopyOrder order = new CopyOrder();
    this.deletes = deletes(Signal.LOGS, Duration.ZERO, environment, options, frames, order);
    this.spanDeletes =
        deletes(Signal.SPANS, options.futureMax(), environment, options, frames, order);
    this.kept =
        new KeptTraces(
            environment.clock(),
            live,
            frames,
            order,
            this::copied,
            tenant ->
                new QueryContext(
                    tenant,
                    environment.clock(),
                    UPKEEP_READS_MAX,
                    memory,
                    memory.limitBytes() / 4));
  }

  private RecordDeletes deletes(
      Signal signal,
      Duration futureMax,
      RecordsEnvironment environment,
      RecordsOptions options,
      FrameAppender frames,
      CopyOrder order) {
    return new RecordDeletes(
        signal,
        environment.clock(),
        frames,
        order,
        live,
        environment.metrics(),
        options.deleteCancelPeriod(),
        futureMax,
        options.journal().frameBytesMax());
  }

  /** Stores rows of a kept trace once more. */
  private <B> CompletableFuture<Void> copied(SignalStore<B> store, TenantId tenant, B batch) {
    return switch (batch) {
      case LogBatch rows -> logs.copy(tenant, rows, RetentionClass.KEPT);
      case SpanBatch rows -> spans.copy(tenant, rows, RetentionClass.KEPT);
      default ->
          throw new IllegalStateException("rows of %s cannot be kept".formatted(store.signal()));
    };
  }

  /**
   * Opens the engine: reads the manifest, opens the parts, and replays what the journal has beyond
   * them.
   *
   * @throws DamagedDataException if manifest or a part is damaged; the message has file and offset
   */
  public static RecordsEngine open(RecordsEnvironment environment, RecordsOptions options)
      throws IOException {
    PartFiles parts = PartFiles.open(environment.journal().files(), environment.parts());
    Listener listener = new Listener();
    JournalMetrics journalMetrics = new JournalMetrics("records", environment.metrics(), listener);
    FileJournal journal =
        FileJournal.open(
            environment.journal(),
            environment.journalDirectory(),
            options.journal(),
            journalMetrics);
    journalMetrics.watch(journal);
    RecordsEngine engine = new RecordsEngine(environment, options, parts, listener, journal);
    try {
      engine.openParts();
      engine.replay();
    } catch (IOException | RuntimeException e) {
      engine.abort(e);
      throw e;
    }
    engine.registerMetrics(environment.metrics());
    return engine;
  }

  private void abort(Exception cause) {
    memory.release(live.memoryBytes());
    live.close();
    try {
      journal.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Lets the journal's threads run; simulations call {@link #drive} instead. */
  public RecordsEngine start() {
    journal.start();
    return this;
  }

  /** Without threads: commits and applies everything that was appended, on the calling thread. */
  void drive() {
    journal.drive();
  }

  /** Takes log records of senders that wait; their streams must be set. */
  public TelemetrySink<LogBatch> logSink() {
    return logSink(NO_ORIGIN);
  }

  /** Takes log records of senders that wait, for {@link #logTail} of the same origin. */
  public TelemetrySink<LogBatch> logSink(String origin) {
    return (tenant, batch) -> logs.offer(tenant, origin, batch, AppendOptions.AWAITED);
  }

  /** Takes spans of senders that wait. */
  public TelemetrySink<SpanBatch> spanSink() {
    return spanSink(NO_ORIGIN);
  }

  /** Takes spans of senders that wait, for {@link #spanTail} of the same origin. */
  public TelemetrySink<SpanBatch> spanSink(String origin) {
    return (tenant, batch) -> spans.offer(tenant, origin, batch, AppendOptions.AWAITED);
  }

  /** Takes log records for which nobody waits: the platform's own. */
  public TelemetrySink<LogBatch> logSinkRidingAlong() {
    return (tenant, batch) -> logs.offer(tenant, NO_ORIGIN, batch, AppendOptions.RIDING_ALONG);
  }

  /** Takes spans for which nobody waits: the platform's own. */
  public TelemetrySink<SpanBatch> spanSinkRidingAlong() {
    return (tenant, batch) -> spans.offer(tenant, NO_ORIGIN, batch, AppendOptions.RIDING_ALONG);
  }

  /** Gives acknowledged log records of an origin again, "" for those without one. */
  public TelemetryTail<LogBatch> logTail(String origin) {
    return new RecordsTail<>(journal, live.logs(), only(origin));
  }

  /** Gives acknowledged spans of an origin again, "" for those without one. */
  public TelemetryTail<SpanBatch> spanTail(String origin) {
    return new RecordsTail<>(journal, live.spans(), only(origin));
  }

  /** Gives all acknowledged spans again, of whatever origin. */
  public TelemetryTail<SpanBatch> spanTail() {
    return new RecordsTail<>(journal, live.spans(), origin -> batch -> {});
  }

  /**
   * Gives the acknowledged spans of some origins again.
   *
   * @param edits what is done with the batches of each origin before they are given
   */
  public TelemetryTail<SpanBatch> spanTail(Map<String, Consumer<SpanBatch>> edits) {
    return new RecordsTail<>(journal, live.spans(), Map.copyOf(edits)::get);
  }

  private static <B> Function<String, @Nullable Consumer<B>> only(String origin) {
    return other -> other.equals(origin) ? batch -> {} : null;
  }

  /** Answers queries. */
  public RecordSource source() {
    return reader;
  }

  /** Deletes log records. */
  public RecordDeletes deletes() {
    return deletes;
  }

  /** Deletes spans. */
  public RecordDeletes spanDeletes() {
    return spanDeletes;
  }

  /** Keeps traces beyond their retention. */
  public KeptTraces kept() {
    return kept;
  }

  /** Tells of log records as they become visible. */
  public RecordArrivals arrivals() {
    return arrivals;
  }

  /** Bytes of the journal. */
  public long journalBytes() {
    return journal.bytes();
  }

  /** What the parts of each retention class take, by the name of the class. */
  public List<RetentionUse> retentionUse() {
    return RetentionUse.of(live, options.retention());
  }

  /** Bytes of all parts. */
  public long partBytes() {
    return live.partBytes();
  }

  /** Bytes of rows that are not yet in parts. */
  public long memoryBytes() {
    return live.memoryBytes();
  }

  private void openParts() throws IOException {
    live.restore(parts.deletes(), parts.kept());
    live.exchange(live.parts().withLogs(parts.open(live.logs())));
    live.exchange(live.parts().withSpans(parts.open(live.spans())));
  }

  private void replay() throws IOException {
    live.replayedThrough(parts.journalSequence());
    ReplaySummary summary = journal.replay(parts.journalSequence(), new Replaying());
    live.replayedThrough(summary.lastSequence());
    if (summary.framesDamaged() > 0) {
      log.error(
          "the journal of the records engine has {} damaged frames: {}",
          summary.framesDamaged(),
          summary.damaged());
    }
  }

  private final class Replaying implements FrameHandler {
    @Override
    public void segmentStarted(long segment) {}

    @Override
    public void definitions(long sequence, BytesInput in) {}

    @Override
    public void frame(long sequence, BytesInput in) throws IOException {
      flushIfFull();
      if (Frames.isWithoutRows(in)) {
        Frames.replayWithoutRows(sequence, in, live);
        return;
      }
      Frames.Header header = Frames.header(in);
      if (header.kind() == Frames.LOGS) {
        apply(live.logs(), header, in, sequence);
      } else {
        apply(live.spans(), header, in, sequence);
      }
    }

    private <B> void apply(SignalStore<B> store, Frames.Header header, BytesInput in, long sequence)
        throws IOException {
      Memtable.Entry<B> entry =
          Memtable.Entry.of(
              store.schema(), store.schema().decode(in), header.retention(), sequence);
      SignalIngest.settle(memory, 0, live.add(store, header.tenant(), entry, sequence));
    }

    /** Before a frame, so that a failure does not count as the frame's own. */
    private void flushIfFull() throws IOException {
      if (live.activeBytes() <= options.flushBytes()) {
        return;
      }
      try {
        upkeep.flush();
      } catch (DamagedDataException | RuntimeException e) {
        throw new IOException("rows of the journal cannot be written into parts", e);
      }
    }
  }

  /** Writes all rows in memory into parts and releases the journal up to them. */
  public void flush() throws IOException {
    upkeep.flush();
  }

  /**
   * Deletes parts out of retention, flushes when it is time, merges small parts. To be called every
   * minute or so.
   *
   * @throws IOException if something could not be done; the rest was, and what was not is tried
   *     again by the next call
   */
  public void maintain() throws IOException {
    kept.settle();
    upkeep.maintain();
  }

  private void registerMetrics(PlatformMetrics metrics) {
    metrics.gauge(
        "ghostworks_records_memory_bytes",
        "Rows of the records engine that are not yet in parts.",
        Labels.EMPTY,
        live::memoryBytes);
    metrics.gauge(
        "ghostworks_storage_bytes",
        "Bytes on disk.",
        Labels.of("engine", "records", "kind", "parts"),
        live::partBytes);
    metrics.gauge(
        "ghostworks_storage_bytes",
        "Bytes on disk.",
        Labels.of("engine", "records", "kind", "journal"),
        journal::bytes);
    registerMetrics(metrics, live.logs());
    registerMetrics(metrics, live.spans());
  }

  private static void registerMetrics(PlatformMetrics metrics, SignalStore<?> store) {
    metrics.counterOf(
        "ghostworks_records_damaged_blocks_total",
        "Blocks of parts that a query met and could not read.",
        Labels.of("signal", store.signal().label()),
        () -> store.damagedBlocks().count());
  }

  private static final class Listener implements JournalListener {
    private volatile @Nullable Upkeep upkeep;

    @Override
    public void flushWanted(long throughSequence) {
      Upkeep now = upkeep;
      if (now != null) {
        now.queueFlush();
      }
    }

    @Override
    public void segmentFailed(long segment, IOException cause) {
      log.error("segment {} of the records journal failed and is closed for good", segment, cause);
    }

    @Override
    public void setAside(long sequence, Throwable cause) {
      log.error("frame {} of the records journal was set aside", sequence, cause);
    }

    @Override
    public void damaged(DamagedFrames frames) {
      log.error("acknowledged frames of the records journal cannot be read: {}", frames);
    }

    @Override
    public void upkeepFailed(IOException cause) {
      log.warn("upkeep of the records journal failed and is tried again", cause);
    }
  }

  /** Commits what was appended, writes all rows into parts, closes the files. */
  @Override
  public void close() throws IOException {
    try {
      journal.close();
    } finally {
      upkeep.close();
    }
  }
}
