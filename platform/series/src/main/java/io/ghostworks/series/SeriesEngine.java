package io.ghostworks.series;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.FrameApplier;
import io.ghostworks.journal.JournalFullException;
import io.ghostworks.journal.JournalListener;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.journal.ReplaySummary;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.runtime.time.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of all tenants' series. Takes batches, answers selections, and gives acknowledged
 * batches again.
 *
 * <p>A batch is admitted row by row, written to the journal, made visible and then acknowledged.
 * The head holds what came since the last flush; a flush makes parts of it. Life: {@link #open}
 * once, which replays the journal; then everything else from any thread; {@link #close} once.
 */
public final class SeriesEngine
    implements TelemetrySink<SeriesBatch>, SeriesSource, TelemetryTail<SeriesBatch>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SeriesEngine.class);
  private static final Duration TICK = Duration.ofSeconds(30);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** The share of the head's budget at which samples are written into a part. */
  private static final double FLUSH_SHARE = 0.4;

  /** What a row takes at most while it waits: its columns here and in the frame. */
  private static final long WAITING_ROW_BYTES = 128;

  private final SeriesEnvironment environment;
  private final SeriesOptions options;
  private final Accounts accounts;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Head head;
  private final AtomicBoolean flushRequested = new AtomicBoolean();
  private volatile @Nullable Opened opened;
  private volatile boolean ready;

  public SeriesEngine(SeriesEnvironment environment, SeriesOptions options) {
    this.environment = environment;
    this.options = options;
    this.accounts = new Accounts(environment.metrics());
    this.exemplars = new ExemplarStore(options.exemplarsPerSeriesMax(), options.exemplarsMax());
    this.metadata = new MetadataStore();
    this.head = new Head(environment.headMemory());
  }

  /**
   * Opens the files and replays the journal; the engine is ready when this returns.
   *
   * @throws io.ghostworks.storage.bytes.DamagedDataException if manifest or parts are damaged
   */
  public void open() throws IOException {
    FileJournal journal = recover();
    journal.start();
    opened().startTimers();
    ready = true;
  }

  /**
   * As {@link #open}, without threads and timers: the caller drives the journal. For simulations.
   */
  FileJournal openDriven() throws IOException {
    FileJournal journal = recover();
    ready = true;
    return journal;
  }

  /** Whether the journal is replayed; before, nothing is taken or answered. */
  public boolean ready() {
    return ready;
  }

  /** Takes rows of senders that wait. */
  @Override
  public CompletableFuture<Acknowledgement> offer(TenantId tenant, SeriesBatch batch) {
    return offer(tenant, batch, AppendOptions.AWAITED);
  }

  /** Takes rows for which nobody waits: scrapes and the platform's own metrics. */
  public TelemetrySink<SeriesBatch> ridingAlong() {
    return (tenant, batch) -> offer(tenant, batch, AppendOptions.RIDING_ALONG);
  }

  /** Takes what rules write, also when the disk is too full for other rows. */
  public TelemetrySink<SeriesBatch> ruleOutput() {
    return (tenant, batch) -> offer(tenant, batch, AppendOptions.RULE_OUTPUT);
  }

  @Override
  public SeriesCursor select(SeriesSelection selection, QueryContext context) {
    return reader().select(selection, context);
  }

  @Override
  public List<Labels> series(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return reader().series(selectors, startMs, endMs, limit, context);
  }

  @Override
  public List<String> labelNames(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return reader().labelNames(selectors, startMs, endMs, limit, context);
  }

  @Override
  public List<String> labelValues(
      String label,
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return reader().labelValues(label, selectors, startMs, endMs, limit, context);
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, QueryContext context) {
    return reader().exemplars(selectors, startMs, endMs, context);
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(QueryContext context) {
    return reader().metadata(context);
  }

  @Override
  public long read(long afterPosition, Reader<SeriesBatch> reader) throws IOException {
    return opened().tail.read(afterPosition, reader);
  }

  /** Writes what is in memory into parts and releases the journal. */
  public void flush() throws IOException {
    opened().upkeep.flush(false);
  }

  /** Merges parts once; answers whether there was something to merge. */
  public boolean merge() throws IOException {
    return opened().upkeep.merge();
  }

  /** Drops parts that are past retention. */
  public void expire() throws IOException {
    opened().upkeep.expire();
  }

  /** How much is stored, for status pages. */
  public SeriesStatistics statistics() {
    Opened now = opened();
    LiveLayers.Layers layers = now.live.current();
    long samples = head.activeSamples();
    long bytes = 0;
    for (LivePart part : layers.parts()) {
      samples += part.part.facts().samples();
      bytes += part.part.facts().sizeBytes();
    }
    return new SeriesStatistics(
        head.series(),
        head.activeSamples(),
        environment.headMemory().usedBytes(),
        samples,
        layers.parts().size(),
        bytes,
        now.journal.statistics());
  }

  /** Ends the journal in good order; what it holds is replayed at the next start. */
  @Override
  public void close() throws IOException {
    Opened now = opened;
    ready = false;
    opened = null;
    if (now != null) {
      now.close();
      head.close();
    }
  }

  private CompletableFuture<Acknowledgement> offer(
      TenantId tenant, SeriesBatch batch, AppendOptions append) {
    Opened now = opened;
    if (!ready || now == null) {
      return overloaded("the series engine is not ready: its journal is being replayed");
    }
    long bytes =
        WAITING_ROW_BYTES * (batch.rows() + batch.exemplars() + 1L)
            + 2L * batch.sets().arena().size();
    if (!environment.headMemory().tryReserve(bytes)) {
      now.requestFlush();
      return overloaded(
          "the memory of newest samples is used up (%d of %d bytes): they are being written to disk"
              .formatted(
                  environment.headMemory().usedBytes(), environment.headMemory().limitBytes()));
    }
    CompletableFuture<Acknowledgement> answer;
    try {
      answer = now.admitAndAppend(tenant, batch, append);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete((acknowledgement, failure) -> {
      environment.headMemory().release(bytes);
      if (head.activeBytes() > FLUSH_SHARE * environment.headMemory().limitBytes()) {
        now.requestFlush();
      }
    });
  }

  private FileJournal recover() throws IOException {
    Opened recovering = Opened.create(this);
    try {
      recovering.replay();
    } catch (IOException | RuntimeException e) {
      try {
        recovering.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    opened = recovering;
    recovering.registerMetrics();
    return recovering.journal;
  }

  private SeriesReader reader() {
    return opened().reader;
  }

  private Opened opened() {
    Opened now = opened;
    if (now == null) {
      throw new IllegalStateException("the series engine is not open");
    }
    return now;
  }

  private static <T> CompletableFuture<T> overloaded(String message) {
    return CompletableFuture.failedFuture(new OverloadedException(message, RETRY_AFTER));
  }

  private static Throwable translated(Throwable failure) {
    Throwable cause =
        failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof JournalFullException || cause instanceof JournalUnavailableException
        ? new OverloadedException(String.valueOf(cause.getMessage()), RETRY_AFTER)
        : cause;
  }

  /** The parts of the engine that exist from {@link #open} to {@link #close}. */
  private static final class Opened {
    private final SeriesEngine engine;
    private final Parts parts;
    private final LiveLayers live;
    private final FileJournal journal;
    private final Upkeep upkeep;
    private final SeriesReader reader;
    private final SeriesTail tail;
    private final Admission admission;
    private Timers.@Nullable Timer timer;

    private Opened(SeriesEngine engine, Parts parts, LiveLayers live, FileJournal journal) {
      this.engine = engine;
      this.parts = parts;
      this.live = live;
      this.journal = journal;
      this.upkeep =
          new Upkeep(
              engine.environment.journal().clock(),
              engine.options,
              engine.head,
              live,
              parts,
              journal,
              engine.exemplars,
              engine.metadata,
              engine.accounts);
      this.reader = new SeriesReader(live, engine.exemplars, engine.metadata);
      this.tail = new SeriesTail(journal);
      this.admission =
          new Admission(engine.options, engine.head, live, engine.exemplars, engine.metadata);
    }

    static Opened create(SeriesEngine engine) throws IOException {
      SeriesEnvironment environment = engine.environment;
      Parts parts = Parts.open(environment.journal().files(), environment.directory());
      LiveLayers live = new LiveLayers(engine.head.layer(), parts::dispose);
      List<LivePart> all = parts.openAll();
      live.replace(layers -> new LiveLayers.Layers(all, List.of(), layers.active()));
      try {
        parts.readCatalog(engine.exemplars, engine.metadata);
        FileJournal journal =
            FileJournal.open(
                environment.journal(),
                environment.journalDirectory(),
                engine.options.journal(),
                engine.new Listening());
        return new Opened(engine, parts, live, journal);
      } catch (IOException | RuntimeException e) {
        closeParts(all);
        throw e;
      }
    }

    void replay() throws IOException {
      Replay replay =
          new Replay(
              engine.environment.journal().clock(),
              engine.head,
              engine.exemplars,
              engine.metadata,
              engine.accounts,
              this::flushWhileReplaying);
      ReplaySummary summary = journal.replay(parts.journalSequence(), replay);
      engine.head.applied(summary.lastSequence());
      log.info(
          "series: replayed {} frames of {} bytes, {} damaged, {} rows without series",
          summary.frames(),
          summary.payloadBytes(),
          summary.framesDamaged(),
          replay.rowsWithoutSeries());
    }

    private void flushWhileReplaying() throws IOException {
      if (engine.head.activeBytes() > FLUSH_SHARE * engine.environment.headMemory().limitBytes()) {
        upkeep.flush(true);
      }
    }

    CompletableFuture<Acknowledgement> admitAndAppend(
        TenantId tenant, SeriesBatch batch, AppendOptions append) {
      TenantAccount account = engine.accounts.of(tenant);
      List<CompletableFuture<Void>> awaited = new ArrayList<>();
      Admission.Admitted admitted;
      engine.head.admissionLock().lock();
      try {
        admitted = admit(tenant, batch, account);
        if (admitted.repeatsWaiting()) {
          engine.head.waiting().forEach(rows -> awaited.add(rows.done));
        }
        for (Rows rows : admitted.frames()) {
          engine.head.waiting().add(rows);
          awaited.add(rows.done);
          append(rows, append);
        }
      } finally {
        engine.head.admissionLock().unlock();
      }
      account.rejected(admitted.rejections());
      int accepted = admitted.rows();
      return CompletableFuture.allOf(awaited.toArray(CompletableFuture[]::new))
          .handle((nothing, failure) -> {
            if (failure != null) {
              throw new java.util.concurrent.CompletionException(translated(failure));
            }
            account.accepted(accepted);
            return new Acknowledgement(accepted, admitted.rejections());
          });
    }

    private Admission.Admitted admit(TenantId tenant, SeriesBatch batch, TenantAccount account) {
      try {
        return admission.admit(
            tenant, batch, account, engine.environment.journal().clock().epochMs());
      } catch (RuntimeException e) {
        admission.unfinished().forEach(engine.head::abandoned);
        throw e;
      }
    }

    private void append(Rows rows, AppendOptions options) {
      var _ =
          journal
              .append(
                  (dictionary, out) -> {
                    engine.head.readLock().lock();
                    try {
                      FrameCodec.write(rows, dictionary, out);
                    } finally {
                      engine.head.readLock().unlock();
                    }
                  },
                  new Applying(engine, rows),
                  options)
              .whenComplete((sequence, failure) -> {
                if (failure == null) {
                  rows.done.complete(null);
                } else {
                  rows.done.completeExceptionally(failure);
                }
              });
    }

    void requestFlush() {
      if (engine.flushRequested.compareAndSet(false, true)) {
        engine
            .environment
            .upkeep()
            .execute(() -> {
              engine.flushRequested.set(false);
              run(() -> upkeep.flush(false));
            });
      }
    }

    void startTimers() {
      timer =
          engine
              .environment
              .timers()
              .every(TICK, TICK, () -> engine.environment.upkeep().execute(this::tick));
    }

    private void tick() {
      if (engine.opened != this) {
        return;
      }
      if (upkeep.sinceFlushNanos() + TICK.toNanos() > engine.options.flushInterval().toNanos()) {
        run(() -> upkeep.flush(false));
      }
      run(upkeep::expire);
      run(() -> {
        while (engine.opened == this && upkeep.merge()) {
          Thread.onSpinWait();
        }
      });
    }

    private void run(Step step) {
      try {
        step.run();
      } catch (IOException | UncheckedIOException e) {
        engine
            .environment
            .metrics()
            .counter(
                "ghostworks_series_upkeep_failures_total",
                "Flushes, merges and expirations of series that failed; they are tried again.",
                Labels.EMPTY)
            .increment();
        log.error("series: upkeep failed and will be tried again", e);
      }
    }

    void registerMetrics() {
      SeriesMetrics.register(engine, engine.environment.metrics());
    }

    void close() throws IOException {
      if (timer != null) {
        timer.cancel();
      }
      upkeep.stop();
      try {
        journal.close();
      } finally {
        closeParts(live.current().parts());
      }
    }

    private static void closeParts(List<LivePart> all) throws IOException {
      for (LivePart part : all) {
        part.part.close();
      }
    }
  }

  /** Makes one frame visible, or takes back what admission noted of it. */
  private record Applying(SeriesEngine engine, Rows rows) implements FrameApplier {
    @Override
    public void apply(long sequence) {
      engine.head.apply(rows, sequence);
      for (Rows.SeriesExemplar exemplar : rows.exemplars) {
        engine.exemplars.add(
            rows.tenant, rows.index.labels(exemplar.series()), exemplar.exemplar());
      }
      rows.metadata.forEach((family, about) -> engine.metadata.add(rows.tenant, family, about));
      engine.head.finished(rows);
    }

    @Override
    public void abandoned(IOException cause) {
      engine.head.abandoned(rows);
    }
  }

  private final class Listening implements JournalListener {
    @Override
    public void flushWanted(long throughSequence) {
      Opened now = opened;
      if (now != null) {
        now.requestFlush();
      }
    }

    @Override
    public void segmentFailed(long segment, IOException cause) {
      log.error("series: the journal's segment {} failed and is closed", segment, cause);
    }

    @Override
    public void setAside(long sequence, Throwable cause) {
      log.error("series: frame {} was set aside", sequence, cause);
    }

    @Override
    public void damaged(io.ghostworks.journal.segment.DamagedFrames frames) {
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
