package io.ghostworks.records;

import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An engine on a simulated disk that stands still until the test drives it. */
final class EngineFixture {
  static final long START_MS = 1_800_000_000_000L;
  static final long START = START_MS * 1_000_000L;
  static final Path PARTS = Path.of("/data/records");
  static final TenantId TENANT = new TenantId("acme");
  static final TenantId OTHER = new TenantId("globex");

  final SimulatedFileSystem files;
  final SimulatedTime time = new SimulatedTime(START_MS);
  final Random random;
  JournalOptions journal =
      JournalOptions.defaults()
          .withSegmentBytes(8 * 32 * 1024, 2 * 32 * 1024)
          .withBytesMax(64L * 8 * 32 * 1024);
  long flushBytes = 48L << 20;
  LogLimits logLimits = LogLimits.defaults();
  SpanLimits spanLimits = SpanLimits.defaults();
  RecordRetention retention =
      new RecordRetention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7));
  long memoryBytes = 192L << 20;

  /** Runs flushes that the engine begins itself. */
  Executor background = Runnable::run;

  MemoryBudget memory = new MemoryLedger().open("records", memoryBytes);
  final MemoryBudget queries = new MemoryLedger().open("queries", 1L << 30);
  RecordsEngine engine;

  final PlatformMetrics metrics = new PlatformMetrics();

  EngineFixture(long seed) {
    files = new SimulatedFileSystem(seed);
    random = new Random(seed);
  }

  EngineFixture open() throws IOException {
    memory = new MemoryLedger().open("records", memoryBytes);
    MemoryBudget journalMemory = new MemoryLedger().open("journal", 16 << 20);
    DiskSpaceGuard disk = new DiskSpaceGuard(files, Path.of("/"), new DiskSpaceLimits(2, 1, 0, 0));
    engine =
        RecordsEngine.open(
            new RecordsEnvironment(
                new JournalEnvironment(files, time, random, disk, journalMemory, Runnable::run),
                PARTS,
                Path.of("/data/journal"),
                time,
                memory,
                background,
                metrics),
            new RecordsOptions(
                journal,
                retention,
                flushBytes,
                Duration.ofMinutes(15),
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                tenant -> logLimits,
                tenant -> spanLimits));
    return this;
  }

  void restart() throws IOException {
    engine.close();
    open();
  }

  /** As after the death of the process. */
  void kill() throws IOException {
    files.killProcess();
    open();
  }

  CompletableFuture<Acknowledgement> sent(TenantId tenant, LogBatch batch) {
    CompletableFuture<Acknowledgement> answer = engine.logSink().offer(tenant, batch);
    engine.drive();
    return answer;
  }

  CompletableFuture<Acknowledgement> sent(TenantId tenant, SpanBatch batch) {
    CompletableFuture<Acknowledgement> answer = engine.spanSink().offer(tenant, batch);
    engine.drive();
    return answer;
  }

  /** Offers and drives the journal; the answer must be there then. */
  Acknowledgement offer(TenantId tenant, LogBatch batch) {
    return sent(tenant, batch).join();
  }

  Acknowledgement offer(TenantId tenant, SpanBatch batch) {
    return sent(tenant, batch).join();
  }

  long now() {
    return time.epochNanos();
  }

  /** One record a line, a nanosecond apart. */
  static LogBatch lines(long timeNanos, String... lines) {
    LogBatch batch = new LogBatch();
    batch.resources().attributes().add("service.name", "api");
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    int stream = batch.streams().add(io.ghostworks.model.label.Labels.of("service_name", "api"));
    for (int i = 0; i < lines.length; i++) {
      batch.body().addString(lines[i]);
      batch.endRow(resource, scope, stream, timeNanos + i, 0, 9, 0, 0, 0, 0, 0, 0, 0);
    }
    return batch;
  }

  /** A span of a trace. */
  static SpanBatch span(long timeNanos, long trace, long id, String name) {
    SpanBatch batch = new SpanBatch();
    AttributeColumns resource = batch.resources().attributes();
    resource.add("service.name", "api");
    batch.endRow(
        batch.resources().end(0, 0),
        batch.scopes().end(0, 0, 0, 0),
        trace,
        trace,
        id,
        0,
        0,
        0,
        batch.arena().append(name),
        2,
        timeNanos,
        timeNanos + 1000,
        0,
        0,
        0,
        0,
        0);
    return batch;
  }

  QueryContext context(TenantId tenant) {
    return new QueryContext(tenant, time, Duration.ofDays(3000), queries, 1L << 30);
  }

  /** The texts of all bodies of a tenant, oldest first. */
  List<String> bodies(TenantId tenant) {
    return bodies(tenant, Filter.ALL, RecordScan.Order.OLDEST_FIRST, Integer.MAX_VALUE);
  }

  List<String> bodies(TenantId tenant, Filter filter, RecordScan.Order order, int rowsMax) {
    List<String> bodies = new ArrayList<>();
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            filter,
            List.of(Field.BODY),
            order,
            rowsMax);
    try (QueryContext context = context(tenant);
        RecordCursor cursor = engine.source().scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          bodies.add(batch.values(0).values().string(row));
        }
      }
    }
    return bodies;
  }

  /** The names of the part files. */
  List<String> partFiles() throws IOException {
    return files.list(PARTS).stream().filter(name -> name.endsWith(".part")).toList();
  }
}
