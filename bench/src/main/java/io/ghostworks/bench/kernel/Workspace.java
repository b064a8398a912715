package io.ghostworks.bench.kernel;

import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.records.RecordRetention;
import io.ghostworks.records.RecordsEngine;
import io.ghostworks.records.RecordsEnvironment;
import io.ghostworks.records.RecordsOptions;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SystemTimers;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.SeriesEnvironment;
import io.ghostworks.series.SeriesOptions;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A directory on the real disk that is deleted in the end, and engines in it with the sizes that
 * {@code serve} gives them.
 */
final class Workspace implements AutoCloseable {

  static final TenantId TENANT = TenantId.DEFAULT;
  private static final long MIB = 1 << 20;
  private static final long QUERY_BYTES_MAX = 512 * MIB;

  private final Path folder;
  private final FileSystem files = new DiskFileSystem();
  private final Clock clock = Clock.system();
  private final MemoryLedger ledger = new MemoryLedger();
  private final MemoryBudget queries = ledger.open("queries", QUERY_BYTES_MAX);
  private final SystemTimers timers = new SystemTimers("bench-timers");
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("bench-background").factory());

  private Workspace(Path folder) {
    this.folder = folder;
  }

  static Workspace create() {
    try {
      Path parent = Path.of(System.getProperty("ghostworks.root", "."), "target", "bench");
      return new Workspace(Files.createTempDirectory(Files.createDirectories(parent), "kernel"));
    } catch (IOException e) {
      throw new UncheckedIOException("a directory for the benchmark cannot be made", e);
    }
  }

  Path folder() {
    return folder;
  }

  Clock clock() {
    return clock;
  }

  JournalEnvironment journal(String name) {
    DiskSpaceGuard disk = new DiskSpaceGuard(files, folder, new DiskSpaceLimits(2, 1, 0, 0));
    try {
      disk.measure();
    } catch (IOException e) {
      throw new UncheckedIOException("the free space cannot be measured", e);
    }
    return new JournalEnvironment(
        files, clock, new Random(42), disk, ledger.open("journal/" + name, 64 * MIB), background);
  }

  SeriesEngine series() {
    SeriesEngine engine =
        new SeriesEngine(
            new SeriesEnvironment(
                journal("series"),
                folder.resolve("journal/series"),
                folder.resolve("series"),
                timers,
                ledger.open("series/head", 256 * MIB),
                ledger.open("series/selections", 20 * MIB),
                background,
                new PlatformMetrics()),
            SeriesOptions.defaults());
    try {
      engine.open();
    } catch (IOException e) {
      throw new UncheckedIOException("the series engine cannot be opened", e);
    }
    return engine;
  }

  RecordsEngine records() {
    try {
      return RecordsEngine.open(
              new RecordsEnvironment(
                  journal("records"),
                  folder.resolve("records"),
                  folder.resolve("journal/records"),
                  clock,
                  ledger.open("records/memory", 192 * MIB),
                  background,
                  new PlatformMetrics()),
              RecordsOptions.defaults(
                  JournalOptions.defaults(),
                  new RecordRetention(
                      Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7))))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("the records engine cannot be opened", e);
    }
  }

  /** A query of the tenant; to be closed. */
  QueryContext query() {
    return new QueryContext(TENANT, clock, Duration.ofMinutes(2), queries, QUERY_BYTES_MAX);
  }

  MemoryBudget queries() {
    return queries;
  }

  @Override
  public void close() throws IOException {
    timers.close();
    background.shutdownNow();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
