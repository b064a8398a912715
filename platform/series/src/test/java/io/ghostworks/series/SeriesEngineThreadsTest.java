package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.DiskFileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with its threads on a real disk: writers, readers and upkeep at once. */
class SeriesEngineThreadsTest {
  private static final int WRITERS = 3;
  private static final int ROUNDS = 150;
  private static final int SERIES = 40;

  @TempDir Path directory;

  @Test
  void showsEachReaderAllThatWasAcknowledgedBeforeItBegan() throws Exception {
    SimulatedTime time = new SimulatedTime(EngineFixture.START_MS);
    MemoryLedger ledger = new MemoryLedger();
    DiskFileSystem files = new DiskFileSystem();
    SeriesEnvironment environment =
        new SeriesEnvironment(
            new JournalEnvironment(
                files,
                new RunningClock(),
                new Random(1),
                new DiskSpaceGuard(files, directory, new DiskSpaceLimits(2, 1, 0, 0)),
                ledger.open("journal", 16 << 20),
                Runnable::run),
            directory.resolve("journal"),
            directory.resolve("series"),
            time,
            ledger.open("head", 64 << 20),
            ledger.open("selections", 1 << 20),
            Runnable::run,
            new PlatformMetrics());
    AtomicBoolean ended = new AtomicBoolean();
    try (SeriesEngine engine = new SeriesEngine(environment, SeriesOptions.defaults());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      engine.open();
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        writers.add(threads.submit(() -> write(engine, time, number)));
      }
      Future<?> upkeep =
          threads.submit(() -> {
            while (!ended.get()) {
              engine.flush();
              engine.merge();
            }
            return null;
          });
      for (Future<?> writer : writers) {
        writer.get();
      }
      ended.set(true);
      upkeep.get();
      assertThat(count(engine, time, new LabelMatcher.NotEqual("writer", "")))
          .isEqualTo((long) WRITERS * ROUNDS * SERIES);
    }
    try (SeriesEngine engine = new SeriesEngine(environment, SeriesOptions.defaults())) {
      engine.open();
      assertThat(count(engine, time, new LabelMatcher.NotEqual("writer", "")))
          .isEqualTo((long) WRITERS * ROUNDS * SERIES);
    }
  }

  private static Void write(SeriesEngine engine, SimulatedTime time, int writer) {
    for (int round = 0; round < ROUNDS; round++) {
      SeriesBatch batch = new SeriesBatch("writer" + writer);
      for (int i = 0; i < SERIES; i++) {
        Labels labels =
            Labels.of("__name__", "m", "writer", "" + writer, "i", i + "/" + (round / 50));
        batch.add(batch.sets().add(labels), EngineFixture.START_MS + round, round * i);
      }
      CompletableFuture<Acknowledgement> answer = engine.offer(TENANT, batch);
      assertThat(answer.join()).isEqualTo(Acknowledgement.accepted(SERIES));
      if (round % 10 == 0) {
        assertThat(count(engine, time, new LabelMatcher.Equal("writer", "" + writer)))
            .isEqualTo((round + 1L) * SERIES);
      }
    }
    return null;
  }

  private static long count(SeriesEngine engine, SimulatedTime time, LabelMatcher matcher) {
    long samples = 0;
    try (QueryContext context =
            new QueryContext(
                TENANT,
                time,
                Duration.ofMinutes(1),
                new MemoryLedger().open("query", 1 << 28),
                1 << 28);
        SeriesCursor cursor =
            engine.select(
                new SeriesSelection(List.of(matcher), 0, Long.MAX_VALUE, 0, 0, ""), context)) {
      while (cursor.next()) {
        samples += cursor.samples().size();
      }
    }
    return samples;
  }

  /** The journal paces its commits by a clock that runs; the date stands still. */
  private static final class RunningClock implements Clock {
    @Override
    public long epochNanos() {
      return EngineFixture.START_MS * 1_000_000L;
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }
}
