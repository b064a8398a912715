package io.ghostworks.server.wiring;

import io.ghostworks.journal.Durability;
import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.RecordArrivals;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.records.LogLimits;
import io.ghostworks.records.RecordsEngine;
import io.ghostworks.records.RecordsEnvironment;
import io.ghostworks.records.RecordsOptions;
import io.ghostworks.records.SpanLimits;
import io.ghostworks.rules.Hold;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.scrape.prometheusfile.StorageRetention;
import io.ghostworks.scrape.prometheusfile.StorageSettings;
import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.SeriesEnvironment;
import io.ghostworks.series.SeriesLimits;
import io.ghostworks.series.SeriesOptions;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.wire.logs.RecordFields;
import io.ghostworks.wire.otlp.metrics.StoredSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two engines over one data directory, with what they share. */
final class Stores implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Stores.class);
  private static final Duration DISK_PERIOD = Duration.ofSeconds(1);
  private static final Duration UPKEEP_PERIOD = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** The samples of one stream of deltas are read at a time. */
  private static final long DELTAS_BYTES = 4 << 20;

  private final Parts parts;
  private final DiskSpaceGuard disk;
  private final JournalOptions journal;
  private final ExecutorService journals = thread("journal-files");
  private final ExecutorService seriesUpkeep = thread("series-upkeep");
  private final ExecutorService recordsUpkeep = thread("records-upkeep");
  private final RefusalWatch refusals;
  private final SeriesEngine series;
  private final List<Timers.Timer> running = new ArrayList<>();
  private volatile @Nullable RecordsEngine opened;

  /**
   * What the engines stand on.
   *
   * @param limits what tenants may store, as it holds at the moment
   * @param logLimits what they may send of log records
   * @param spanLimits what they may send of spans
   * @param logFields finds levels and trace context in them
   * @param storage what prometheus.yml says
   */
  record Parts(
      FileSystem files,
      Path data,
      Settings settings,
      Function<TenantId, SeriesLimits> limits,
      Function<TenantId, LogLimits> logLimits,
      Function<TenantId, SpanLimits> spanLimits,
      Function<TenantId, RecordFields> logFields,
      StorageSettings storage,
      Clock clock,
      Timers timers,
      MemoryLedger ledger,
      MemoryPlan plan,
      PlatformMetrics metrics) {}

  /** Constructs; nothing is read before {@link #open}. */
  Stores(Parts parts) throws IOException {
    this.parts = parts;
    this.disk =
        new DiskSpaceGuard(
            parts.files(),
            parts.data(),
            DiskSpaceLimits.forDisk(Files.getFileStore(parts.data()).getTotalSpace()));
    this.journal =
        JournalOptions.defaults()
            .withBytesMax(parts.settings().storage().journalBytesMax())
            .withDurability(
                parts.settings().storage().fsyncInterval().isZero()
                    ? new Durability.Fsync()
                    : new Durability.Interval(parts.settings().storage().fsyncInterval()));
    this.refusals = new RefusalWatch(parts.clock());
    this.series =
        new SeriesEngine(
            new SeriesEnvironment(
                environment("journal/series"),
                parts.data().resolve("journal/series"),
                parts.data().resolve("series"),
                parts.timers(),
                parts.ledger().open("series/head", parts.plan().seriesBytes()),
                parts.ledger().open("series/selections", parts.plan().selectionsBytes()),
                seriesUpkeep,
                parts.metrics()),
            options(parts));
  }

  private SeriesOptions options(Parts parts) throws IOException {
    SeriesOptions options =
        SeriesOptions.defaults()
            .withRetention(retention(parts))
            .withJournal(journal)
            .withLimits(parts.limits());
    OptionalInt exemplars = parts.storage().exemplarsMax();
    return exemplars.isPresent() ? options.withExemplarsMax(exemplars.getAsInt()) : options;
  }

  /** What ghostworks.yml says, and prometheus.yml where that does not. */
  private static RetentionPolicy retention(Parts parts) throws IOException {
    StorageRetention other = parts.storage().retention();
    return parts
        .settings()
        .retention()
        .metrics()
        .orElse(other.time(), other.sizeBytesOn(Files.getFileStore(parts.data()).getTotalSpace()));
  }

  private JournalEnvironment environment(String budget) {
    return new JournalEnvironment(
        parts.files(),
        parts.clock(),
        new SecureRandom(),
        disk,
        parts.ledger().open(budget, parts.plan().journalBytes()),
        journals);
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Opens both engines, which replays their journals.
   *
   * @param recordsReadThrough the position behind which exporters have not read log records and
   *     spans
   */
  void open(LongSupplier recordsReadThrough) throws IOException {
    disk.measure();
    series.open();
    series.lostInReplay().ifPresent(refusals::lost);
    Settings.Retention retention = parts.settings().retention();
    opened =
        RecordsEngine.open(
                new RecordsEnvironment(
                    environment("journal/records").withReadThrough(recordsReadThrough),
                    parts.data().resolve("records"),
                    parts.data().resolve("journal/records"),
                    parts.clock(),
                    parts.ledger().open("records/memory", parts.plan().recordsBytes()),
                    recordsUpkeep,
                    parts.metrics()),
                RecordsOptions.defaults(journal, retention.records())
                    .withLimits(parts.logLimits(), parts.spanLimits()))
            .start();
    running.add(parts.timers().every(DISK_PERIOD, DISK_PERIOD, this::measureDisk));
    running.add(
        parts
            .timers()
            .every(UPKEEP_PERIOD, UPKEEP_PERIOD, () -> recordsUpkeep.execute(this::maintain)));
  }

  private void measureDisk() {
    try {
      disk.measure();
    } catch (IOException e) {
      log.warn("the free space of the data directory cannot be measured", e);
    }
  }

  private void maintain() {
    try {
      records().maintain();
    } catch (IOException e) {
      log.error("upkeep of the records engine failed; it is tried again", e);
    }
  }

  SeriesEngine series() {
    return series;
  }

  /**
   * @throws OverloadedException before {@link #open} has replayed its journal
   */
  RecordsEngine records() {
    RecordsEngine records = opened;
    if (records == null) {
      throw new OverloadedException("the journals are being replayed", RETRY);
    }
    return records;
  }

  /** Log records and spans for queries. */
  RecordSource recordSource() {
    return new LateRecords(() -> records().source());
  }

  /** Tells of log records as they become visible. */
  RecordArrivals arrivals() {
    return (tenant, watcher) -> records().arrivals().watch(tenant, watcher);
  }

  /** Takes log records for which somebody waits. */
  TelemetrySink<LogBatch> logs() {
    return (tenant, batch) ->
        records().logSink().offer(tenant, parts.logFields().apply(tenant).complete(batch));
  }

  /** Takes an origin's log records for which somebody waits. */
  TelemetrySink<LogBatch> logs(String origin) {
    return (tenant, batch) ->
        records().logSink(origin).offer(tenant, parts.logFields().apply(tenant).complete(batch));
  }

  /** Takes an origin's spans for which somebody waits. */
  TelemetrySink<SpanBatch> spans(String origin) {
    return (tenant, batch) -> records().spanSink(origin).offer(tenant, batch);
  }

  /** Takes samples for which somebody waits. */
  TelemetrySink<SeriesBatch> samples() {
    return refusals.watched(series);
  }

  /** Takes samples that nobody waits for. */
  TelemetrySink<SeriesBatch> scrapes() {
    return refusals.watched(series.ridingAlong());
  }

  /** What is stored of the sums of OTLP's deltas. */
  StoredSeries storedSums() {
    return new StoredSumsReader(
        series, parts.clock(), parts.ledger().open("series/deltas", DELTAS_BYTES));
  }

  DiskSpaceGuard disk() {
    return disk;
  }

  /** Why a tenant's data are not whole now; empty if they are. */
  Optional<Hold> hold(TenantId tenant) {
    if (opened == null) {
      return Optional.of(new Hold(Hold.Reason.REPLAY, "the journals are being replayed"));
    }
    if (disk.state() != DiskSpaceGuard.State.AMPLE) {
      return Optional.of(
          new Hold(
              Hold.Reason.LOW_DISK,
              "telemetry is refused because the disk is low (%d bytes free)"
                  .formatted(disk.freeBytes())));
    }
    return refusals.find(tenant);
  }

  @Override
  public void close() throws IOException {
    running.forEach(Timers.Timer::cancel);
    RecordsEngine records = opened;
    try {
      if (records != null) {
        records.close();
      }
    } finally {
      series.close();
      seriesUpkeep.shutdown();
      recordsUpkeep.shutdown();
      journals.shutdown();
    }
  }
}
