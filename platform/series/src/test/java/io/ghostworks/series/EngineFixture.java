package io.ghostworks.series;

import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An engine on a simulated disk that stands still until the test drives it. */
final class EngineFixture {
  static final long START_MS = 1_800_000_000_000L;
  static final Path DIRECTORY = Path.of("/data/series");
  static final TenantId TENANT = new TenantId("acme");

  final SimulatedFileSystem files;
  final SimulatedTime time = new SimulatedTime(START_MS);
  final PlatformMetrics metrics = new PlatformMetrics();
  final Random random;
  SeriesOptions options =
      SeriesOptions.defaults()
          .withJournal(
              JournalOptions.defaults()
                  .withSegmentBytes(8 * 32 * 1024, 2 * 32 * 1024)
                  .withBytesMax(64L * 8 * 32 * 1024));
  Path directory = DIRECTORY;
  Path journalDirectory = Path.of("/data/journal");
  long headBytes = 64L << 20;
  MemoryBudget memory = new MemoryLedger().open("series", headBytes);
  SeriesEngine engine;
  FileJournal journal;

  EngineFixture(long seed) {
    files = new SimulatedFileSystem(seed);
    random = new Random(seed);
  }

  EngineFixture open() throws IOException {
    return openWith(Runnable::run);
  }

  EngineFixture openWith(Executor upkeep) throws IOException {
    engine = new SeriesEngine(environment(upkeep), options);
    journal = engine.openDriven();
    return this;
  }

  /** A new environment on the fixture's disk. */
  SeriesEnvironment environment(Executor upkeep) {
    memory = new MemoryLedger().open("series", headBytes);
    MemoryBudget journalMemory = new MemoryLedger().open("journal", 16 << 20);
    DiskSpaceGuard disk = new DiskSpaceGuard(files, Path.of("/"), new DiskSpaceLimits(2, 1, 0, 0));
    return new SeriesEnvironment(
        new JournalEnvironment(files, time, random, disk, journalMemory, Runnable::run),
        journalDirectory,
        directory,
        time,
        memory,
        new MemoryLedger().open("selections", 1 << 20),
        upkeep,
        metrics);
  }

  void restart() throws IOException {
    engine.close();
    open();
  }

  /** Offers and drives the journal; the answer must be there then. */
  Acknowledgement offer(TenantId tenant, SeriesBatch batch) {
    CompletableFuture<Acknowledgement> answer = engine.offer(tenant, batch);
    journal.drive();
    return answer.join();
  }

  Acknowledgement offer(SeriesBatch batch) {
    return offer(TENANT, batch);
  }

  Acknowledgement offer(Labels labels, long timestampMs, double value) {
    return offer(batch(labels, timestampMs, value));
  }

  static SeriesBatch batch(Labels labels, long timestampMs, double value) {
    SeriesBatch batch = new SeriesBatch("test");
    batch.add(batch.sets().add(labels), timestampMs, value);
    return batch;
  }

  QueryContext context(TenantId tenant) {
    return new QueryContext(
        tenant, time, Duration.ofDays(30), new MemoryLedger().open("queries", 1L << 30), 1L << 30);
  }

  /** All samples of a tenant: bits by time by series, in the order in which they were given. */
  Map<Labels, Map<Long, Long>> read(TenantId tenant) {
    return read(tenant, new LabelMatcher.NotEqual("__name__", ""));
  }

  Map<Labels, Map<Long, Long>> read(TenantId tenant, LabelMatcher... matchers) {
    return read(tenant, Long.MIN_VALUE, Long.MAX_VALUE, matchers);
  }

  Map<Labels, Map<Long, Long>> read(
      TenantId tenant, long startMs, long endMs, LabelMatcher... matchers) {
    Map<Labels, Map<Long, Long>> result = new LinkedHashMap<>();
    try (QueryContext context = context(tenant);
        SeriesCursor cursor =
            engine.select(
                new SeriesSelection(List.of(matchers), startMs, endMs, 0, 0, ""), context)) {
      while (cursor.next()) {
        Map<Long, Long> samples = new TreeMap<>();
        SampleColumns columns = cursor.samples();
        for (int i = 0; i < columns.size(); i++) {
          Long before =
              samples.put(columns.timestampMs(i), Double.doubleToRawLongBits(columns.value(i)));
          if (before != null || (i > 0 && columns.timestampMs(i) <= columns.timestampMs(i - 1))) {
            throw new AssertionError("times do not ascend");
          }
        }
        if (result.put(cursor.labels(), samples) != null) {
          throw new AssertionError("%s came twice".formatted(cursor.labels()));
        }
      }
    }
    return result;
  }
}
