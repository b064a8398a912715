package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.journal.AppendOptions;
import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "api");

  private static final String FAILURES_HELP =
      "Flushes, merges and expirations of series that failed; they are tried again.";

  private final EngineFixture fixture = new EngineFixture(1);
  private final Deque<Runnable> queue = new ArrayDeque<>();

  private Set<Path> partFiles() throws IOException {
    Set<Path> files = new HashSet<>();
    for (String name : fixture.files.list(EngineFixture.DIRECTORY)) {
      if (name.endsWith(".series")) {
        files.add(EngineFixture.DIRECTORY.resolve(name));
      }
    }
    return files;
  }

  @Test
  void mergesGoodPartsBesideADamagedOne() throws IOException {
    fixture.open();
    for (int i = 0; i < 50; i++) {
      fixture.offer(Labels.of("__name__", "lost"), START_MS + i, i * 1.7);
    }
    fixture.engine.flush();
    Path damaged = partFiles().iterator().next();
    for (int i = 0; i < 4; i++) {
      fixture.offer(UP, START_MS + i, i);
      fixture.engine.flush();
    }
    fixture.files.flipBit(damaged, 8 * 60);
    fixture.restart();

    assertThatThrownBy(fixture.engine::merge).isInstanceOf(DamagedDataException.class);
    assertThat(fixture.engine.merge()).isTrue();

    assertThat(fixture.engine.statistics().parts()).isEqualTo(2);
    assertThat(partFiles()).hasSize(2).contains(damaged);
    assertThat(fixture.engine.merge()).isFalse();
    assertThat(fixture.read(TENANT, new LabelMatcher.Equal("__name__", "up")).get(UP)).hasSize(4);
  }

  @Test
  void queuesOneTickHoweverLongItWaits() throws IOException {
    try (OpenEngine engine = new OpenEngine(fixture.environment(queue::add), fixture.options)) {
      engine.replay();
      engine.schedule().start();

      fixture.time.advance(Duration.ofMinutes(5));
      assertThat(queue).hasSize(1);

      queue.remove().run();
      queue.clear();
      fixture.time.advance(Duration.ofMinutes(5));
      assertThat(queue).hasSize(1);
    }
  }

  @Test
  void compactsAgainAfterADefect() throws IOException {
    SeriesEnvironment environment = fixture.environment(Runnable::run);
    JournalEnvironment journal = environment.journal();
    AtomicBoolean defect = new AtomicBoolean();
    Clock clock =
        new Clock() {
          @Override
          public long epochNanos() {
            if (defect.get()) {
              throw new IllegalStateException("defect");
            }
            return journal.clock().epochNanos();
          }

          @Override
          public long monotonicNanos() {
            return journal.clock().monotonicNanos();
          }
        };
    JournalEnvironment faulty =
        new JournalEnvironment(
            journal.files(),
            clock,
            journal.random(),
            journal.disk(),
            journal.memory(),
            journal.background());
    try (OpenEngine engine =
        new OpenEngine(
            new SeriesEnvironment(
                faulty,
                environment.journalDirectory(),
                environment.directory(),
                environment.timers(),
                environment.headMemory(),
                environment.selectionMemory(),
                environment.upkeep(),
                environment.metrics()),
            fixture.options)) {
      engine.replay();
      engine.schedule().start();
      defect.set(true);
      engine.schedule().compact();
      fixture.time.advance(Duration.ofHours(1));
      assertThat(engine.schedule().compacting()).isFalse();
      long failures = failures();
      assertThat(failures).isPositive();

      defect.set(false);
      engine.schedule().compact();
      assertThat(engine.schedule().compacting()).isFalse();
      assertThat(failures()).isEqualTo(failures);
    }
  }

  private long failures() {
    return fixture
        .metrics
        .counter("ghostworks_series_upkeep_failures_total", FAILURES_HELP, Labels.EMPTY)
        .value();
  }

  @Test
  void flushesWhenChainsAreLong() throws IOException {
    try (OpenEngine engine = new OpenEngine(fixture.environment(queue::add), fixture.options)) {
      engine.replay();
      long oldestMs = fixture.time.epochMs() - (1 << 20);
      for (int sent = 0; sent < 1 << 19; sent += 1 << 15) {
        assertThat(queue).isEmpty();
        SeriesBatch batch = new SeriesBatch("test");
        int set = batch.sets().add(UP);
        for (int i = sent; i < sent + (1 << 15); i++) {
          batch.add(set, oldestMs + i, i);
        }
        var answer = engine.append().offer(TENANT, batch, AppendOptions.AWAITED);
        engine.journal().drive();
        assertThat(answer).isCompleted();
      }

      queue.remove().run();
      assertThat(engine.statistics().ofAll().headSamples()).isZero();
      assertThat(engine.statistics().ofAll().samples()).isEqualTo(1 << 19);
    }
  }

  @Test
  void letsOtherUpkeepRunBetweenMerges() throws IOException {
    try (OpenEngine engine = new OpenEngine(fixture.environment(queue::add), fixture.options)) {
      engine.replay();
      flushFourParts(engine);
      fixture.time.advance(Duration.ofDays(1));
      flushFourParts(engine);
      queue.clear();
      engine.schedule().start();
      fixture.time.advance(Duration.ofSeconds(30));

      queue.remove().run();
      List<Long> parts = new java.util.ArrayList<>();
      while (!queue.isEmpty()) {
        assertThat(queue).hasSize(1);
        queue.remove().run();
        parts.add((long) engine.statistics().ofAll().parts());
      }

      // Two merges, then two levels of the day that is over.
      assertThat(parts).containsExactly(5L, 2L, 3L, 4L, 4L);
    }
  }

  @Test
  void aCompactionWritesWhatIsInMemoryAndMergesWhatIsDue() throws IOException {
    try (OpenEngine engine = new OpenEngine(fixture.environment(queue::add), fixture.options)) {
      engine.replay();
      flushFourParts(engine);
      var _ =
          engine
              .append()
              .offer(
                  TENANT,
                  EngineFixture.batch(UP, fixture.time.epochMs() + 9, 9),
                  AppendOptions.AWAITED);
      engine.journal().drive();
      queue.clear();

      engine.schedule().compact();
      engine.schedule().compact();
      assertThat(engine.schedule().compacting()).isTrue();
      assertThat(queue).hasSize(1);
      while (!queue.isEmpty()) {
        queue.remove().run();
      }

      assertThat(engine.schedule().compacting()).isFalse();
      assertThat(engine.statistics().ofAll().headSamples()).isZero();
      assertThat(engine.statistics().ofAll().parts()).isEqualTo(1);
    }
  }

  @Test
  void theMakingOfRowsMakesWayForAFlushThatIsWanted() throws IOException {
    try (OpenEngine engine = new OpenEngine(fixture.environment(queue::add), fixture.options)) {
      engine.replay();
      offer(engine, fixture.time.epochMs());
      engine.upkeep().flush(false);
      fixture.time.advance(Duration.ofDays(2));
      offer(engine, fixture.time.epochMs());

      engine.upkeep().wantFlush();
      assertThat(engine.upkeep().downsample()).isTrue();

      assertThat(engine.statistics().ofAll().headSamples()).isZero();
      assertThat(engine.statistics().ofAll().parts()).isEqualTo(3);
    }
  }

  @Test
  void aMergeMakesWayForAFlushThatIsWanted() throws IOException {
    try (OpenEngine engine = new OpenEngine(fixture.environment(queue::add), fixture.options)) {
      engine.replay();
      for (int i = 0; i < 4; i++) {
        offer(engine, fixture.time.epochMs() + i);
        engine.upkeep().flush(false);
      }
      offer(engine, fixture.time.epochMs() + 9);

      engine.upkeep().wantFlush();
      assertThat(engine.upkeep().merge()).isTrue();

      assertThat(engine.statistics().ofAll().headSamples()).isZero();
      assertThat(engine.statistics().ofAll().parts()).isEqualTo(2);
      assertThat(engine.statistics().ofAll().samples()).isEqualTo(5 * 40);
    }
  }

  /** A sample each of 40 series. */
  private static void offer(OpenEngine engine, long timestampMs) {
    SeriesBatch batch = new SeriesBatch("test");
    for (int i = 0; i < 40; i++) {
      batch.add(batch.sets().add(Labels.of("__name__", "m", "i", "" + i)), timestampMs, i);
    }
    var answer = engine.append().offer(TENANT, batch, AppendOptions.AWAITED);
    engine.journal().drive();
    assertThat(answer.join().acceptedRows()).isEqualTo(40);
  }

  private void flushFourParts(OpenEngine engine) throws IOException {
    for (int i = 0; i < 4; i++) {
      var answer =
          engine
              .append()
              .offer(
                  TENANT,
                  EngineFixture.batch(UP, fixture.time.epochMs() + i, i),
                  AppendOptions.AWAITED);
      engine.journal().drive();
      assertThat(answer.join().acceptedRows()).isEqualTo(1);
      engine.upkeep().flush(false);
    }
  }
}
