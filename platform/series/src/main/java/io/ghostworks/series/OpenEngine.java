package io.ghostworks.series;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.FrameApplier;
import io.ghostworks.journal.JournalFullException;
import io.ghostworks.journal.JournalListener;
import io.ghostworks.journal.JournalMetrics;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.journal.ReplaySummary;
import io.ghostworks.journal.segment.DamagedFrames;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.series.select.SelectionCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine from its opening to its end: files, journal and head, and a batch's way through them.
 */
final class OpenEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenEngine.class);
  private static final Duration TICK = Duration.ofSeconds(30);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** The share of the head's budget at which samples are written into a part. */
  private static final double FLUSH_SHARE = 0.25;

  /** The same whatever the budget: positions in the head's pages end at 2 GiB. */
  private static final double FLUSH_BYTES_MAX = 1L << 30;

  /** Parts beyond which an import merges before it goes on. */
  private static final int IMPORT_PARTS_MAX = 2_000;

  /** What a row takes at most while it waits: its columns here and in the frame. */
  private static final long WAITING_ROW_BYTES = 128;

  private final SeriesEnvironment environment;
  private final SeriesOptions options;
  private final Accounts accounts;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Head head;
  private final Parts parts;
  private final LiveLayers live;
  private final Retention retention;
  private final SelectionCache selections;
  private final FileJournal journal;
  private final Upkeep upkeep;
  private final Deletes deletes;
  private final Admission admission;
  private final AtomicBoolean flushRequested = new AtomicBoolean();
  private final AtomicBoolean tickRequested = new AtomicBoolean();
  private final AtomicBoolean mergeRequested = new AtomicBoolean();
  private final AtomicBoolean compacting = new AtomicBoolean();
  private volatile boolean closed;
  private volatile boolean replayed;
  private volatile @Nullable String lostInReplay;
  private Timers.@Nullable Timer timer;

  /** Reads manifest, parts and what the journal has beyond them. */
  OpenEngine(SeriesEnvironment environment, SeriesOptions options) throws IOException {
    this.environment = environment;
    this.options = options;
    this.accounts = new Accounts(environment.metrics());
    this.retention = new Retention(options.retention(), environment.journal().clock());
    this.exemplars =
        new ExemplarStore(
            options.exemplarsPerSeriesMax(), options.exemplarsMax(), environment.headMemory());
    this.metadata = new MetadataStore(environment.headMemory());
    this.head = new Head(environment.headMemory());
    this.parts = Parts.open(environment.journal().files(), environment.directory());
    this.live = new LiveLayers(head.layer(), parts::dispose);
    this.selections = new SelectionCache(environment.selectionMemory());
    JournalMetrics journalMetrics =
        new JournalMetrics("series", environment.metrics(), new Listening());
    List<LivePart> all = parts.openAll();
    live.replace(layers -> layers.withParts(all).withTombstones(parts.tombstones()));
    try {
      parts.readCatalog(exemplars, metadata);
      this.journal =
          FileJournal.open(
              environment.journal(),
              environment.journalDirectory(),
              options.journal(),
              journalMetrics);
      journalMetrics.watch(journal);
    } catch (IOException | RuntimeException e) {
      exemplars.close();
      metadata.close();
      selections.close();
      closeParts();
      throw e;
    }
    this.upkeep =
        new Upkeep(
            environment.journal().clock(),
            options,
            head,
            live,
            retention,
            parts,
            journal,
            exemplars,
            metadata,
            accounts,
            environment.headMemory());
    this.deletes =
        new Deletes(
            environment.journal().clock(),
            head,
            live,
            exemplars,
            upkeep.exchange(),
            environment.headMemory());
    this.admission =
        new Admission(
            options,
            head,
            new LabelMemory(head, environment.headMemory()),
            live,
            retention,
            exemplars,
            metadata);
  }

  /** Rebuilds the head from the journal. */
  void replay() throws IOException {
    Replay replay =
        new Replay(
            environment.journal().clock(),
            head,
            exemplars,
            metadata,
            accounts,
            deletes,
            this::flushWhileReplaying);
    ReplaySummary summary = journal.replay(parts.journalSequence(), replay);
    head.applied(summary.lastSequence());
    SeriesMetrics.registerTombstones(live, environment.metrics());
    replayed = true;
    log.info(
        "series: replayed {} frames of {} bytes; {} damaged, {} rows without series",
        summary.frames(),
        summary.payloadBytes(),
        summary.framesDamaged(),
        replay.rowsWithoutSeries());
  }

  void startTimers() {
    timer = environment.timers().every(TICK, TICK, () -> request(tickRequested, this::tick));
  }

  /** What the replay did not make visible of what was acknowledged; empty if it is all there. */
  Optional<String> lostInReplay() {
    return Optional.ofNullable(lostInReplay);
  }

  FileJournal journal() {
    return journal;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  SeriesReader reader() {
    return new SeriesReader(live, selections, retention, exemplars, metadata);
  }

  SeriesTail tail() {
    return new SeriesTail(journal);
  }

  CompletableFuture<Acknowledgement> offer(
      TenantId tenant, SeriesBatch batch, AppendOptions append) {
    MemoryBudget memory = environment.headMemory();
    long bytes =
        WAITING_ROW_BYTES * (batch.rows() + batch.exemplars() + 1L)
            + 2L * batch.sets().arena().size();
    if (!memory.tryReserve(bytes)) {
      requestFlush();
      return CompletableFuture.failedFuture(
          new OverloadedException(
              "the memory of the newest samples is used up (%d of %d bytes): they are being written to disk"
                  .formatted(memory.usedBytes(), memory.limitBytes()),
              RETRY_AFTER));
    }
    CompletableFuture<Acknowledgement> answer;
    try {
      answer = admitAndAppend(tenant, batch, append);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete((acknowledgement, failure) -> {
      memory.release(bytes);
      if (isFull()) {
        requestFlush();
      }
    });
  }

  /**
   * Hides samples of a tenant's series that fulfil all matchers, in a range with both ends. The
   * answer comes when that is durable and visible.
   */
  CompletableFuture<Void> delete(
      TenantId tenant, List<LabelMatcher> matchers, long startMs, long endMs) {
    if (live.current().tombstones().all().size() >= Tombstones.COUNT_MAX) {
      return CompletableFuture.failedFuture(
          new OverloadedException(
              "at most %d deletes may wait for the removal of their samples: clean the tombstones first"
                  .formatted(Tombstones.COUNT_MAX),
              RETRY_AFTER));
    }
    Tombstone asked =
        new Tombstone(0, tenant, matchers, startMs, endMs, environment.journal().clock().epochMs());
    return journal
        .append(
            (dictionary, out) -> DeleteFrame.write(asked, out),
            sequence -> deletes.apply(asked.withSequence(sequence)),
            AppendOptions.RULE_OUTPUT)
        .handle((sequence, failure) -> {
          if (failure != null) {
            throw new CompletionException(translated(failure));
          }
          requestFlush();
          return null;
        });
  }

  /** Removes what is deleted from disk, part by part: what else waits runs in between. */
  CompletableFuture<Void> cleanTombstones() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    inUpkeep(
        answer,
        () -> {
          upkeep.flush(false);
          cleanFurther(answer);
        });
    return answer;
  }

  private void cleanFurther(CompletableFuture<Void> answer) {
    inUpkeep(
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
    inUpkeep(answer, () -> answer.complete(upkeep.snapshot(target, withHead)));
    return answer;
  }

  private void inUpkeep(CompletableFuture<?> answer, Step step) {
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

  Clock clock() {
    return environment.journal().clock();
  }

  /**
   * @throws IllegalStateException when the engine is closed
   */
  SeriesImport startImport(TenantId tenant) {
    if (closed) {
      throw new IllegalStateException("the series engine is closed");
    }
    return new SeriesImport(this, tenant, options, environment.headMemory());
  }

  TelemetrySink<SeriesBatch> imports() {
    return new ImportSink(this, environment.headMemory(), environment.upkeep());
  }

  ImportWriter importWriter(TenantId tenant, Rejections rejections, QueryContext context) {
    return new ImportWriter(parts, live, tenant, rejections, context);
  }

  /** Takes what an imported batch has beside samples. */
  void importBeside(TenantId tenant, SeriesBatch batch) {
    int familiesMax = options.limits().apply(tenant).familiesMax();
    batch
        .metadata()
        .forEach((family, about) -> {
          if (BesideSamples.isStorable(family, about)
              && metadata.hasRoom(tenant, family, familiesMax)) {
            metadata.add(tenant, family, about);
          } else {
            accounts.of(tenant).rejectedMetadata();
          }
        });
    long oldestMs = clock().epochMs() - options.retention().longest(tenant).raw().toMillis();
    for (int i = 0; i < batch.exemplars(); i++) {
      Exemplar exemplar = batch.exemplar(i);
      if (BesideSamples.isStorable(exemplar) && exemplar.timestampMs() >= oldestMs) {
        exemplars.add(tenant, batch.sets().labels(batch.exemplarSet(i)), exemplar);
      } else {
        accounts.of(tenant).rejectedExemplar();
      }
    }
  }

  /** Makes parts of an import durable by the manifest's naming them, and visible. */
  void publish(TenantId tenant, List<LivePart> written) throws IOException {
    long samples = 0;
    for (LivePart part : written) {
      samples += part.part.facts().samples();
    }
    upkeep.publish(written);
    accounts.of(tenant).imported(samples, written.size());
    while (live.current().parts().size() > IMPORT_PARTS_MAX && upkeep.merge()) {
      // What imports faster than upkeep merges, merges itself.
    }
    requestMerge();
  }

  /** What a tenant has in memory, with the largest of its labels. */
  HeadStatistics headStatistics(TenantId tenant, int limit) {
    LiveLayers.Layers layers = live.current();
    HeadLayer active = layers.active();
    long chains = active.seriesWithSamples(tenant);
    long minMs = active.minTimestampMs();
    long maxMs = active.maxTimestampMs();
    for (HeadLayer frozen : layers.frozen()) {
      chains += frozen.seriesWithSamples(tenant);
      minMs = Math.min(minMs, frozen.minTimestampMs());
      maxMs = Math.max(maxMs, frozen.maxTimestampMs());
    }
    return new HeadStatistics(active.statistics(tenant, limit), chains, minMs, maxMs);
  }

  List<StoredPart> storedParts() {
    return live.current().parts().stream()
        .map(part ->
            new StoredPart(
                part.file.name(),
                part.part.minTimestampMs(),
                part.part.maxTimestampMs(),
                part.part.facts().samples(),
                part.part.facts().series(),
                part.file.level(),
                part.part.formatVersion()))
        .toList();
  }

  SeriesChurn churn(TenantId tenant, int limit) {
    head.admissionLock().lock();
    try {
      return accounts.churn(tenant, limit, environment.journal().clock().epochMs());
    } finally {
      head.admissionLock().unlock();
    }
  }

  SeriesStatistics statistics() {
    long samples = head.activeSamples();
    long partBytes = 0;
    List<LivePart> all = live.current().parts();
    for (LivePart part : all) {
      samples += part.part.facts().samples();
      partBytes += part.part.facts().sizeBytes();
    }
    return new SeriesStatistics(
        head.series(),
        head.activeSamples(),
        environment.headMemory().usedBytes(),
        samples,
        all.size(),
        partBytes,
        journal.statistics());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
    upkeep.stop();
    try {
      journal.close();
    } finally {
      head.close();
      exemplars.close();
      metadata.close();
      selections.close();
      closeParts();
    }
  }

  private CompletableFuture<Acknowledgement> admitAndAppend(
      TenantId tenant, SeriesBatch batch, AppendOptions append) {
    TenantAccount account = accounts.of(tenant);
    List<CompletableFuture<Void>> awaited = new ArrayList<>();
    Admitted admitted;
    head.admissionLock().lock();
    try {
      admitted = admit(tenant, batch, account);
      if (admitted.repeatsWaiting()) {
        head.waiting().forEach(rows -> awaited.add(rows.done));
      }
      for (Rows rows : admitted.frames()) {
        head.waiting().add(rows);
        awaited.add(rows.done);
        append(rows, append);
      }
    } finally {
      head.admissionLock().unlock();
    }
    account.rejected(admitted.rejections());
    int accepted = admitted.rows();
    return CompletableFuture.allOf(awaited.toArray(CompletableFuture[]::new))
        .handle((nothing, failure) -> {
          if (failure != null) {
            throw new CompletionException(translated(failure));
          }
          account.accepted(accepted);
          return new Acknowledgement(
              accepted,
              admitted.rejections(),
              admitted.rejectedHistograms(),
              admitted.rejectedExemplars());
        });
  }

  private Admitted admit(TenantId tenant, SeriesBatch batch, TenantAccount account) {
    try {
      return admission.admit(tenant, batch, account, environment.journal().clock().epochMs());
    } catch (RuntimeException e) {
      admission.unfinished().forEach(head::abandoned);
      throw e;
    }
  }

  private void append(Rows rows, AppendOptions appendOptions) {
    var _ =
        journal
            .append(
                (dictionary, out) -> {
                  head.readLock().lock();
                  try {
                    FrameCodec.write(rows, dictionary, out);
                  } finally {
                    head.readLock().unlock();
                  }
                },
                new Applying(rows),
                appendOptions)
            .whenComplete((sequence, failure) -> {
              if (failure == null) {
                rows.done.complete(null);
              } else {
                rows.done.completeExceptionally(failure);
              }
            });
  }

  private static Throwable translated(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof JournalFullException || cause instanceof JournalUnavailableException) {
      OverloadedException overloaded =
          new OverloadedException(String.valueOf(cause.getMessage()), RETRY_AFTER);
      overloaded.initCause(cause);
      return overloaded;
    }
    return cause;
  }

  private boolean isFull() {
    return head.activeBytes()
        > Math.min(FLUSH_BYTES_MAX, FLUSH_SHARE * environment.headMemory().limitBytes());
  }

  private void flushWhileReplaying() throws IOException {
    if (isFull()) {
      upkeep.flush(true);
    }
  }

  private void requestFlush() {
    upkeep.wantFlush();
    request(flushRequested, () -> run(upkeep::flushIfWanted));
  }

  /** Queues upkeep, unless the same waits already. */
  private void request(AtomicBoolean requested, Runnable work) {
    if (!closed && requested.compareAndSet(false, true)) {
      environment
          .upkeep()
          .execute(() -> {
            requested.set(false);
            work.run();
          });
    }
  }

  private void tick() {
    if (upkeep.sinceFlushNanos() + TICK.toNanos() > options.flushInterval().toNanos()) {
      run(() -> upkeep.flush(false));
    }
    run(upkeep::expire);
    requestMerge();
  }

  /** Merges step by step: what else waits, a flush above all, runs in between. */
  private void requestMerge() {
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
    if (!closed && compacting.compareAndSet(false, true)) {
      environment
          .upkeep()
          .execute(() -> {
            run(() -> upkeep.flush(false));
            compactFurther();
          });
    }
  }

  private void compactFurther() {
    boolean[] more = {false};
    run(() -> more[0] = upkeep.merge() || upkeep.downsample());
    if (more[0] && !closed) {
      environment.upkeep().execute(this::compactFurther);
    } else {
      compacting.set(false);
    }
  }

  private void run(Step step) {
    try {
      step.run();
    } catch (IOException | UncheckedIOException e) {
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

  private void closeParts() throws IOException {
    for (LivePart part : live.current().parts()) {
      part.part.close();
    }
  }

  /** Makes one frame visible, or takes back what admission noted of it. */
  private final class Applying implements FrameApplier {
    private final Rows rows;

    Applying(Rows rows) {
      this.rows = rows;
    }

    @Override
    public void apply(long sequence) {
      // Samples come last: a flush that contains the frame's sequence then contains all of it.
      for (Rows.SeriesExemplar exemplar : rows.exemplars) {
        exemplars.add(rows.tenant, head.labels(rows.index, exemplar.series()), exemplar.exemplar());
      }
      rows.metadata.forEach((family, about) -> metadata.add(rows.tenant, family, about));
      head.apply(rows, sequence);
      head.finished(rows);
    }

    @Override
    public void abandoned(IOException cause) {
      head.abandoned(rows);
    }
  }

  private final class Listening implements JournalListener {
    @Override
    public void flushWanted(long throughSequence) {
      requestFlush();
    }

    @Override
    public void segmentFailed(long segment, IOException cause) {
      log.error("series: the journal's segment {} failed and is closed", segment, cause);
    }

    @Override
    public void setAside(long sequence, Throwable cause) {
      if (!replayed) {
        lostInReplay = "frame %d was set aside".formatted(sequence);
      }
      log.error("series: frame {} was set aside", sequence, cause);
    }

    @Override
    public void damaged(DamagedFrames frames) {
      if (!replayed) {
        lostInReplay = "acknowledged frames cannot be read: " + frames;
      }
      log.error("series: acknowledged frames cannot be read: {}", frames);
    }

    @Override
    public void upkeepFailed(IOException cause) {
      log.warn("series: the journal's upkeep failed and will be tried again", cause);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
