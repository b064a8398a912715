package io.ghostworks.records;

import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.FrameHandler;
import io.ghostworks.journal.JournalFullException;
import io.ghostworks.journal.JournalListener;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.journal.ReplaySummary;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.scan.ReadableSchema;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.manifest.ManifestFile;
import io.ghostworks.storage.manifest.ManifestStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of log records and spans. A batch is admitted, appended to the journal, synced, made
 * visible in memory, and acknowledged; rows in memory are flushed into parts, which are merged
 * while they are small and deleted when their day is out of retention.
 *
 * <p>Life: {@link #open}, which replays the journal; then the sinks, {@link #source} and {@link
 * #maintain} from any thread; then {@link #close}, which flushes.
 *
 * <p>A frame of the journal holds the rows of one batch that have one retention class:
 *
 * <pre>
 * frame := kind:u8 (1 log records, 2 spans) tenant:string retentionClass:u8 batch      // batch as BatchSchema.encode puts it
 * </pre>
 */
public final class RecordsEngine implements AutoCloseable {

  static final int LOGS_KIND = 0x4c47;
  static final int SPANS_KIND = 0x5350;
  private static final int MANIFEST_KIND = 0x5243;
  private static final int FRAME_LOGS = 1;
  private static final int FRAME_SPANS = 2;
  private static final int ENCODED_BYTES_MAX = 1 << 30;
  private static final int MERGE_PARTS_MIN = 4;
  private static final long MERGE_BYTES_MAX = 8L << 20;
  private static final Logger log = LoggerFactory.getLogger(RecordsEngine.class);

  private final RecordsEnvironment environment;
  private final RecordsOptions options;
  private final Admission admission;
  private final FileJournal journal;
  private final ManifestStore manifest;
  private final SignalStore<LogBatch> logs = new SignalStore<>(ReadableSchema.logs(), LOGS_KIND);
  private final SignalStore<SpanBatch> spans =
      new SignalStore<>(ReadableSchema.spans(), SPANS_KIND);
  private final Object lock = new Object();
  private final Object flushLock = new Object();
  private final AtomicBoolean flushQueued = new AtomicBoolean();
  private final RecordReader reader;
  private long appliedSequence;
  private long frozenSequence = -1;
  private long nextPart;
  private long flushedAtNanos;

  private RecordsEngine(RecordsEnvironment environment, RecordsOptions options) throws IOException {
    this.environment = environment;
    this.options = options;
    this.admission = new Admission(environment.clock(), options.retention(), options.futureMax());
    this.manifest =
        ManifestStore.open(environment.journal().files(), environment.parts(), MANIFEST_KIND);
    this.journal =
        FileJournal.open(
            environment.journal(),
            environment.journalDirectory(),
            options.journal(),
            new Listener());
    this.reader = new RecordReader(logs, spans, lock);
    this.flushedAtNanos = environment.clock().monotonicNanos();
  }

  /**
   * Opens the engine: reads the manifest, opens the parts, replays what the journal has beyond
   * them, and starts the journal.
   *
   * @throws DamagedDataException if manifest or a part is damaged; the message has file and offset
   */
  public static RecordsEngine open(RecordsEnvironment environment, RecordsOptions options)
      throws IOException {
    RecordsEngine engine = new RecordsEngine(environment, options);
    try {
      engine.openParts();
      engine.replay();
      engine.registerMetrics();
      return engine;
    } catch (IOException | RuntimeException e) {
      engine.journal.close();
      throw e;
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

  /** Takes log records; their streams must be set. */
  public TelemetrySink<LogBatch> logSink() {
    return (tenant, batch) -> offer(tenant, admission.logs(batch), logs, FRAME_LOGS, "logs");
  }

  /** Takes spans. */
  public TelemetrySink<SpanBatch> spanSink() {
    return (tenant, batch) -> offer(tenant, admission.spans(batch), spans, FRAME_SPANS, "traces");
  }

  /** Answers queries. */
  public RecordSource source() {
    return reader;
  }

  /** Bytes of the journal. */
  public long journalBytes() {
    return journal.bytes();
  }

  /** Bytes of all parts. */
  public long partBytes() {
    synchronized (lock) {
      return logs.partBytes() + spans.partBytes();
    }
  }

  private void openParts() throws IOException {
    List<SignalStore.LivePart<LogBatch>> logParts = new ArrayList<>();
    List<SignalStore.LivePart<SpanBatch>> spanParts = new ArrayList<>();
    for (ManifestFile file : manifest.current().files()) {
      PartFacts facts = PartFacts.read(file.metadata());
      nextPart = Math.max(nextPart, facts.number() + 1);
      if (file.kind() == LOGS_KIND) {
        logParts.add(openPart(file, facts, logs));
      } else {
        spanParts.add(openPart(file, facts, spans));
      }
    }
    logs.setParts(logParts);
    spans.setParts(spanParts);
  }

  private <B> SignalStore.LivePart<B> openPart(
      ManifestFile file, PartFacts facts, SignalStore<B> store) throws IOException {
    RecordPart<B> part =
        RecordPart.open(
            environment.journal().files(),
            environment.parts().resolve(file.name()),
            store.partKind(),
            store.schema());
    return new SignalStore.LivePart<>(part, facts.retention(), facts.day());
  }

  private void replay() throws IOException {
    appliedSequence = manifest.current().journalSequence();
    ReplaySummary summary = journal.replay(appliedSequence, new Replaying());
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
      int kind = in.getByte();
      TenantId tenant = new TenantId(in.getString());
      RetentionClass retention = RetentionClass.of(in.getByte());
      if (kind == FRAME_LOGS) {
        applyReplayed(tenant, logs.schema().decode(in), retention, logs, sequence);
      } else {
        applyReplayed(tenant, spans.schema().decode(in), retention, spans, sequence);
      }
    }
  }

  private <B> void applyReplayed(
      TenantId tenant, B batch, RetentionClass retention, SignalStore<B> store, long sequence)
      throws IOException {
    environment.memory().reserveUnchecked(store.schema().bytes(batch));
    apply(tenant, batch, retention, store, sequence);
    if (memoryBytes() > options.flushBytes()) {
      flush();
    }
  }

  private <B> CompletableFuture<Acknowledgement> offer(
      TenantId tenant,
      Admission.Admitted<B> admitted,
      SignalStore<B> store,
      int kind,
      String signal) {
    countRejected(tenant, signal, admitted.rejections());
    List<CompletableFuture<Integer>> parts = new ArrayList<>();
    for (Map.Entry<RetentionClass, B> entry : admitted.batches().entrySet()) {
      parts.addAll(append(tenant, entry.getValue(), entry.getKey(), store, kind));
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> {
          if (failure != null) {
            throw new CompletionException(translated(failure));
          }
          int rows = 0;
          for (CompletableFuture<Integer> part : parts) {
            rows += part.join();
          }
          accepted(tenant, signal).add(rows);
          return new Acknowledgement(rows, admitted.rejections());
        });
  }

  private <B> List<CompletableFuture<Integer>> append(
      TenantId tenant, B batch, RetentionClass retention, SignalStore<B> store, int kind) {
    BatchSchema<B> schema = store.schema();
    int rows = schema.rows(batch);
    if (rows == 0) {
      return List.of();
    }
    BytesOutput frame = new BytesOutput(4096, ENCODED_BYTES_MAX);
    frame.putByte(kind);
    frame.putString(tenant.value());
    frame.putByte(retention.code());
    schema.encode(batch, frame);
    if (frame.position() > options.journal().frameBytesMax()) {
      if (rows == 1) {
        throw new OverloadedException(
            "one row takes %d bytes, and a frame of the journal at most %d"
                .formatted(frame.position(), options.journal().frameBytesMax()),
            Duration.ofSeconds(1));
      }
      List<CompletableFuture<Integer>> halves = new ArrayList<>();
      halves.addAll(append(tenant, range(schema, batch, 0, rows / 2), retention, store, kind));
      halves.addAll(append(tenant, range(schema, batch, rows / 2, rows), retention, store, kind));
      return halves;
    }
    long bytes = schema.bytes(batch);
    if (!environment.memory().tryReserve(bytes)) {
      queueFlush();
      return List.of(
          CompletableFuture.failedFuture(
              new OverloadedException(
                  "rows in memory take %d of %d bytes: they are being written to disk"
                      .formatted(
                          environment.memory().usedBytes(), environment.memory().limitBytes()),
                  Duration.ofSeconds(1))));
    }
    return List.of(
        journal
            .append(
                (dictionary, out) -> out.putBytes(frame.array(), 0, frame.position()),
                sequence -> apply(tenant, batch, retention, store, sequence))
            .handle((sequence, failure) -> {
              if (failure != null) {
                environment.memory().release(bytes);
                throw new CompletionException(failure);
              }
              return rows;
            }));
  }

  private static <B> B range(BatchSchema<B> schema, B batch, int from, int to) {
    RowCopier<B> copier = schema.copier();
    for (int row = from; row < to; row++) {
      copier.copy(batch, row);
    }
    return copier.batch();
  }

  private <B> void apply(
      TenantId tenant, B batch, RetentionClass retention, SignalStore<B> store, long sequence) {
    boolean full;
    synchronized (lock) {
      store.active().add(tenant, batch, retention);
      appliedSequence = sequence;
      full = logs.active().bytes() + spans.active().bytes() > options.flushBytes();
    }
    if (full && journal.acknowledgedSequence() > 0) {
      queueFlush();
    }
  }

  private static Throwable translated(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case JournalFullException e ->
          new OverloadedException(String.valueOf(e.getMessage()), Duration.ofSeconds(5));
      case JournalUnavailableException e ->
          new OverloadedException(String.valueOf(e.getMessage()), Duration.ofSeconds(1));
      default -> cause;
    };
  }

  private void queueFlush() {
    if (flushQueued.compareAndSet(false, true)) {
      environment
          .background()
          .execute(() -> {
            flushQueued.set(false);
            try {
              flush();
            } catch (IOException e) {
              log.error("rows cannot be written into parts; they stay in journal and memory", e);
            }
          });
    }
  }

  /** Writes all rows in memory into parts and releases the journal up to them. */
  public void flush() throws IOException {
    synchronized (flushLock) {
      Memtable<LogBatch> logRows;
      Memtable<SpanBatch> spanRows;
      synchronized (lock) {
        if (frozenSequence < 0) {
          if (logs.active().isEmpty() && spans.active().isEmpty()) {
            return;
          }
          logs.freeze();
          spans.freeze();
          frozenSequence = appliedSequence;
        }
        logRows = logs.frozen();
        spanRows = spans.frozen();
      }
      List<SignalStore.LivePart<LogBatch>> logParts = new ArrayList<>(logs.parts());
      List<SignalStore.LivePart<SpanBatch>> spanParts = new ArrayList<>(spans.parts());
      logParts.addAll(flushOf(logs).write(logRows));
      spanParts.addAll(flushOf(spans).write(spanRows));
      manifest.replace(frozenSequence, files(logParts, spanParts), new byte[0]);
      synchronized (lock) {
        logs.setParts(logParts);
        spans.setParts(spanParts);
        logs.forgetFrozen();
        spans.forgetFrozen();
        frozenSequence = -1;
        flushedAtNanos = environment.clock().monotonicNanos();
      }
      environment.memory().release(logRows.bytes() + spanRows.bytes());
      journal.release(manifest.current().journalSequence());
    }
  }

  /**
   * Flushes when it is time, deletes parts out of retention, merges small ones. To be called every
   * minute or so.
   *
   * @throws IOException if a file cannot be read or written; what was not done is tried again by
   *     the next call
   */
  public void maintain() throws IOException {
    if (environment.clock().monotonicNanos() - flushedAtNanos
        >= options.flushInterval().toNanos()) {
      flush();
    }
    synchronized (flushLock) {
      expire();
      merge(logs);
      merge(spans);
    }
  }

  private void expire() throws IOException {
    List<SignalStore.LivePart<LogBatch>> logParts = new ArrayList<>(logs.parts());
    List<SignalStore.LivePart<SpanBatch>> spanParts = new ArrayList<>(spans.parts());
    boolean logsChanged = logParts.removeIf(this::isExpired);
    boolean spansChanged = spanParts.removeIf(this::isExpired);
    if (logsChanged || spansChanged) {
      publish(logParts, spanParts);
    }
  }

  private boolean isExpired(SignalStore.LivePart<?> live) {
    long endOfDay = (live.day() + 1) * PartFlush.NANOS_PER_DAY;
    return endOfDay
        <= environment.clock().epochNanos() - options.retention().of(live.retention()).toNanos();
  }

  private <B> void merge(SignalStore<B> store) throws IOException {
    for (List<SignalStore.LivePart<B>> group :
        MergePlan.groups(store.parts(), MERGE_PARTS_MIN, MERGE_BYTES_MAX)) {
      SignalStore.LivePart<B> merged = flushOf(store).merge(group);
      List<SignalStore.LivePart<B>> parts = new ArrayList<>(store.parts());
      parts.removeAll(group);
      parts.add(merged);
      if (store.partKind() == LOGS_KIND) {
        publish(cast(parts), spans.parts());
      } else {
        publish(logs.parts(), cast(parts));
      }
    }
  }

  @SuppressWarnings("unchecked") // the part kind says which batch it is
  private static <A, B> List<SignalStore.LivePart<B>> cast(List<SignalStore.LivePart<A>> parts) {
    return (List<SignalStore.LivePart<B>>) (List<?>) parts;
  }

  /**
   * Makes these the parts, in the manifest first; parts that are no longer there go with their last
   * reader.
   */
  private void publish(
      List<SignalStore.LivePart<LogBatch>> logParts,
      List<SignalStore.LivePart<SpanBatch>> spanParts)
      throws IOException {
    manifest.replace(manifest.current().journalSequence(), files(logParts, spanParts), new byte[0]);
    List<SignalStore.LivePart<?>> gone = new ArrayList<>();
    synchronized (lock) {
      logs.parts().stream().filter(part -> !logParts.contains(part)).forEach(gone::add);
      spans.parts().stream().filter(part -> !spanParts.contains(part)).forEach(gone::add);
      logs.setParts(logParts);
      spans.setParts(spanParts);
    }
    gone.forEach(live -> live.part().retire(true));
  }

  private static List<ManifestFile> files(
      List<SignalStore.LivePart<LogBatch>> logParts,
      List<SignalStore.LivePart<SpanBatch>> spanParts) {
    List<ManifestFile> files = new ArrayList<>();
    logParts.forEach(live -> files.add(file(live, LOGS_KIND)));
    spanParts.forEach(live -> files.add(file(live, SPANS_KIND)));
    return files;
  }

  private static ManifestFile file(SignalStore.LivePart<?> live, int kind) {
    return new ManifestFile(
        live.part().name(),
        kind,
        0,
        PartFacts.of(live.part().name(), live.retention(), live.day()).bytes());
  }

  private <B> PartFlush<B> flushOf(SignalStore<B> store) {
    return new PartFlush<>(
        environment.journal().files(), environment.parts(), store, () -> nextPart++);
  }

  private long memoryBytes() {
    synchronized (lock) {
      return logs.memoryBytes() + spans.memoryBytes();
    }
  }

  private void registerMetrics() {
    PlatformMetrics metrics = environment.metrics();
    metrics.gauge(
        "ghostworks_records_memory_bytes",
        "Rows of the records engine that are not yet in parts.",
        Labels.EMPTY,
        this::memoryBytes);
    metrics.gauge(
        "ghostworks_storage_bytes",
        "Bytes on disk.",
        Labels.of("engine", "records", "kind", "parts"),
        this::partBytes);
    metrics.gauge(
        "ghostworks_storage_bytes",
        "Bytes on disk.",
        Labels.of("engine", "records", "kind", "journal"),
        journal::bytes);
  }

  private PlatformMetrics.Counter accepted(TenantId tenant, String signal) {
    return environment
        .metrics()
        .counter(
            "ghostworks_ingest_rows_total",
            "Rows that were acknowledged.",
            Labels.of("signal", signal, "tenant", tenant.value()));
  }

  private void countRejected(TenantId tenant, String signal, List<Rejection> rejections) {
    for (Rejection rejection : rejections) {
      environment
          .metrics()
          .counter(
              "ghostworks_rejected_rows_total",
              "Rows that were refused.",
              Labels.of(
                  "signal", signal, "tenant", tenant.value(), "reason", rejection.reason().label()))
          .add(rejection.rows());
    }
  }

  private final class Listener implements JournalListener {
    @Override
    public void flushWanted(long throughSequence) {
      queueFlush();
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
    public void upkeepFailed(IOException cause) {
      log.warn("upkeep of the records journal failed and is tried again", cause);
    }
  }

  /** Commits what was appended, writes all rows into parts, closes the files. */
  @Override
  public void close() throws IOException {
    journal.close();
    synchronized (flushLock) {
      synchronized (lock) {
        logs.parts().forEach(live -> live.part().retire(false));
        spans.parts().forEach(live -> live.part().retire(false));
        logs.setParts(List.of());
        spans.setParts(List.of());
      }
    }
  }
}
