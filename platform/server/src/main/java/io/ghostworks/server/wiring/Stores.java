package io.ghostworks.server.wiring;

import io.ghostworks.journal.Durability;
import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.records.RecordsEngine;
import io.ghostworks.records.RecordsEnvironment;
import io.ghostworks.records.RecordsOptions;
import io.ghostworks.records.RetentionClass;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.SeriesEnvironment;
import io.ghostworks.series.SeriesLimits;
import io.ghostworks.series.SeriesOptions;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two engines over one data directory, with what they share. */
final class Stores implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Stores.class);
  private static final long MIB = 1L << 20;
  private static final Duration DISK_PERIOD = Duration.ofSeconds(1);
  private static final Duration UPKEEP_PERIOD = Duration.ofMinutes(1);

  private final SeriesEngine series;
  private final RecordsEngine records;
  private final DiskSpaceGuard disk;
  private final ExecutorService upkeep;
  private final java.util.List<Timers.Timer> timers = new java.util.ArrayList<>();

  private Stores(
      SeriesEngine series, RecordsEngine records, DiskSpaceGuard disk, ExecutorService upkeep) {
    this.series = series;
    this.records = records;
    this.disk = disk;
    this.upkeep = upkeep;
  }

  /** Opens both engines, which replays their journals. */
  static Stores open(
      FileSystem files,
      Path data,
      Settings settings,
      Clock clock,
      Timers timers,
      MemoryLedger ledger,
      PlatformMetrics metrics)
      throws IOException {
    DiskSpaceGuard disk =
        new DiskSpaceGuard(
            files, data, DiskSpaceLimits.forDisk(Files.getFileStore(data).getTotalSpace()));
    disk.measure();
    JournalOptions journal =
        JournalOptions.defaults()
            .withBytesMax(settings.storage().journalBytesMax())
            .withDurability(
                settings.storage().fsyncInterval().isZero()
                    ? new Durability.Fsync()
                    : new Durability.Interval(settings.storage().fsyncInterval()));
    ExecutorService upkeep =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("upkeep").factory());
    SecureRandom random = new SecureRandom();
    JournalEnvironment seriesJournal =
        new JournalEnvironment(
            files, clock, random, disk, ledger.open("journal/series", 32 * MIB), upkeep);
    JournalEnvironment recordsJournal =
        new JournalEnvironment(
            files, clock, random, disk, ledger.open("journal/records", 32 * MIB), upkeep);
    SeriesEngine series =
        new SeriesEngine(
            new SeriesEnvironment(
                seriesJournal,
                data.resolve("journal/series"),
                data.resolve("series"),
                timers,
                ledger.open("series/head", 256 * MIB),
                upkeep,
                metrics),
            SeriesOptions.defaults()
                .withRetention(settings.retention().metrics())
                .withJournal(journal)
                .withLimits(tenant ->
                    SeriesLimits.defaults()
                        .withActiveSeriesMax(
                            (int)
                                Math.min(Integer.MAX_VALUE, settings.limits().activeSeriesMax()))));
    series.open();
    RecordsEngine records;
    try {
      records =
          RecordsEngine.open(
                  new RecordsEnvironment(
                      recordsJournal,
                      data.resolve("records"),
                      data.resolve("journal/records"),
                      clock,
                      ledger.open("records/memory", 192 * MIB),
                      upkeep,
                      metrics),
                  RecordsOptions.defaults(
                      journal,
                      new RetentionClass.Durations(
                          settings.retention().logs(),
                          settings.retention().auditLogs(),
                          settings.retention().traces())))
              .start();
    } catch (IOException | RuntimeException e) {
      series.close();
      throw e;
    }
    Stores stores = new Stores(series, records, disk, upkeep);
    stores.timers.add(timers.every(DISK_PERIOD, DISK_PERIOD, stores::measureDisk));
    stores.timers.add(
        timers.every(UPKEEP_PERIOD, UPKEEP_PERIOD, () -> upkeep.execute(stores::maintain)));
    return stores;
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
      records.maintain();
    } catch (IOException e) {
      log.error("upkeep of the records engine failed; it is tried again", e);
    }
  }

  SeriesEngine series() {
    return series;
  }

  RecordsEngine records() {
    return records;
  }

  DiskSpaceGuard disk() {
    return disk;
  }

  /** Samples that nobody waits for. */
  TelemetrySink<SeriesBatch> scrapes() {
    return series.ridingAlong();
  }

  @Override
  public void close() throws IOException {
    timers.forEach(Timers.Timer::cancel);
    try {
      records.close();
    } finally {
      series.close();
      upkeep.shutdown();
    }
  }
}
