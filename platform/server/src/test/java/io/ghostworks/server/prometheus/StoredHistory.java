package io.ghostworks.server.prometheus;

import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.SeriesEnvironment;
import io.ghostworks.series.SeriesOptions;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** An engine whose clock the test moves over days, and whose upkeep runs when the test says so. */
final class StoredHistory implements AutoCloseable {
  static final TenantId TENANT = new TenantId("acme");
  static final long DAY_MS = 86_400_000;

  /** Midnight UTC. */
  static final long START_MS = 20_833 * DAY_MS;

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);
  private final SeriesOptions options;
  private long nowMs = START_MS;
  private SeriesEngine engine;

  StoredHistory(RetentionPolicy retention) throws IOException {
    this.options = SeriesOptions.defaults().withRetention(retention);
    this.engine = open();
  }

  SeriesEngine engine() {
    return engine;
  }

  long nowMs() {
    return nowMs;
  }

  void moveTo(long timeMs) {
    nowMs = timeMs;
  }

  /** Takes rows, and fails where one is refused. */
  void offer(TenantId tenant, SeriesBatch batch) {
    if (batch.rows() > 0) {
      var answer = engine.offer(tenant, batch).join();
      if (!answer.rejections().isEmpty()) {
        throw new AssertionError(answer.rejections());
      }
    }
  }

  /** What the engine does in the background, to its end. */
  void upkeep() throws IOException {
    engine.flush();
    while (engine.merge() || engine.downsample() || engine.clean()) {}
    engine.expire();
  }

  void restart() throws IOException {
    engine.close();
    engine = open();
  }

  QueryContext context(TenantId tenant) {
    return new QueryContext(
        tenant,
        new MovedClock(),
        Duration.ofMinutes(2),
        new MemoryLedger().open("queries", 1L << 30),
        1L << 30);
  }

  Clock clock() {
    return new MovedClock();
  }

  private SeriesEngine open() throws IOException {
    MemoryLedger ledger = new MemoryLedger();
    DiskSpaceGuard disk = new DiskSpaceGuard(files, Path.of("/"), new DiskSpaceLimits(2, 1, 0, 0));
    SeriesEngine opened =
        new SeriesEngine(
            new SeriesEnvironment(
                new JournalEnvironment(
                    files,
                    new MovedClock(),
                    new Random(1),
                    disk,
                    ledger.open("journal", 16 << 20),
                    Runnable::run),
                Path.of("/data/journal"),
                Path.of("/data/series"),
                new SimulatedTime(START_MS),
                ledger.open("head", 256 << 20),
                ledger.open("selections", 1 << 20),
                Runnable::run,
                new PlatformMetrics()),
            options);
    opened.open();
    return opened;
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }

  private final class MovedClock implements Clock {
    @Override
    public long epochNanos() {
      return nowMs * 1_000_000;
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }
}
