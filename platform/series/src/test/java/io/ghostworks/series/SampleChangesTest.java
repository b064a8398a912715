package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleChanges.Times;
import io.ghostworks.query.series.SampleChanges.Watch;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleChangesTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final TenantId OTHER = new TenantId("other");
  private static final long HOUR_MS = 3_600_000;
  private static final long MINUTE_MS = 60_000;

  private final EngineFixture fixture = new EngineFixture(7);

  @Test
  void samplesThatComeInTheOrdinaryCourseChangeNothing() throws IOException {
    fixture.open();
    Watch watch = fixture.engine.watch(TENANT);
    for (int i = 0; i < 40; i++) {
      fixture.offer(UP, fixture.time.epochMs() - 30_000, i);
      fixture.time.advance(Duration.ofMinutes(1));
      fixture.engine.watch(TENANT);
    }
    fixture.engine.flush();
    fixture.engine.merge();
    assertThat(changes(watch)).isEmpty();
  }

  @Test
  void lateSamplesChangeTheirTimesAlone() throws IOException {
    fixture.open();
    Watch first = fixture.engine.watch(TENANT);
    SeriesBatch batch = new SeriesBatch("");
    batch.add(batch.sets().add(UP), START_MS - HOUR_MS, 1);
    batch.add(batch.sets().add(UP), START_MS - 50 * MINUTE_MS, 1);
    batch.add(batch.sets().add(UP), START_MS, 1);
    fixture.offer(batch);
    Watch second = fixture.engine.watch(TENANT);

    assertThat(changes(first))
        .containsExactly(new Times(START_MS - HOUR_MS, START_MS - 50 * MINUTE_MS));
    assertThat(changes(second)).isEmpty();
    assertThat(fixture.engine.since(TENANT, first, START_MS - 2 * HOUR_MS, START_MS - HOUR_MS - 1))
        .isEmpty();
    fixture.engine.watch(OTHER);
    assertThat(fixture.engine.since(OTHER, second, 0, START_MS)).isEmpty();
  }

  @Test
  void deletesAndImportsChangeTheirTimes() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS - HOUR_MS, 1);
    Watch watch = fixture.engine.watch(TENANT);
    var answer =
        fixture.engine.delete(
            TENANT,
            List.of(new LabelMatcher.Equal("__name__", "up")),
            START_MS - HOUR_MS,
            START_MS - HOUR_MS + 1);
    fixture.journal.drive();
    answer.join();
    fixture
        .engine
        .imports()
        .offer(TENANT, EngineFixture.batch(UP, START_MS - 5 * HOUR_MS, 1))
        .join();

    assertThat(changes(watch))
        .containsExactly(
            new Times(START_MS - 5 * HOUR_MS, START_MS - 5 * HOUR_MS),
            new Times(START_MS - HOUR_MS, START_MS - HOUR_MS + 1));
  }

  @Test
  void manyChangesAreJoinedAndNoneIsForgotten() throws IOException {
    fixture.open();
    Watch watch = fixture.engine.watch(TENANT);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      long timeMs = START_MS - HOUR_MS - i * 1_201L * 1_000;
      fixture.offer(Labels.of("__name__", "late" + i), timeMs, 1);
      times.add(timeMs);
    }
    List<Times> changed = changes(watch);
    assertThat(changed).hasSizeBetween(50, 256);
    for (long timeMs : times) {
      assertThat(changed).anyMatch(t -> t.startMs() <= timeMs && timeMs <= t.endMs());
    }
  }

  private List<Times> changes(Watch watch) {
    return fixture.engine.since(TENANT, watch, Long.MIN_VALUE, watch.quietThroughMs());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsNotNamedReadsAsBefore(long seed) throws IOException {
    new Simulation(seed).run(300);
  }

  /** What was read of a tenant's quiet times. */
  private record Remembered(TenantId tenant, Watch watch, Map<Labels, Map<Long, Long>> samples) {}

  private static final class Simulation {
    private static final List<TenantId> TENANTS = List.of(TENANT, OTHER);

    private final EngineFixture fixture;
    private final Random random;
    private final long seed;
    private final List<Remembered> all = new ArrayList<>();

    Simulation(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      fixture = new EngineFixture(seed);
      Durations short_ = days(4);
      RetentionPolicy policy =
          new RetentionPolicy(
              days(6),
              List.of(new Rule(Optional.of(OTHER), List.of(equal("m0")), short_)),
              RetentionPolicy.defaults().sizeBytesMax(),
              Map.of());
      if (seed % 3 == 1) {
        policy = policy.withSizeBytesMax(12_000);
      } else if (seed % 3 == 2) {
        policy = policy.withTenantBytesMax(Map.of(OTHER, 5_000L));
      }
      fixture.options = fixture.options.withRetention(policy);
    }

    private static Durations days(int days) {
      return new Durations(Duration.ofDays(days), Duration.ofDays(20), Duration.ofDays(40));
    }

    private static LabelMatcher equal(String name) {
      return new LabelMatcher.Equal("__name__", name);
    }

    void run(int steps) throws IOException {
      fixture.open();
      for (int step = 0; step < steps; step++) {
        step();
        if (random.nextInt(8) == 0) {
          remember();
        }
        check(step);
      }
      fixture.engine.close();
    }

    private void step() throws IOException {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3, 4 -> offer(random.nextInt(4) == 0);
        case 5 -> imported();
        case 6 -> delete();
        case 7 -> fixture.engine.flush();
        case 8 -> fixture.engine.merge();
        case 9 -> fixture.engine.downsample();
        case 10 -> fixture.engine.clean();
        case 11 -> fixture.engine.expire();
        case 12 -> fixture.time.advance(Duration.ofHours(random.nextInt(30)));
        case 13 -> {
          if (random.nextInt(10) == 0) {
            var done = fixture.engine.cleanTombstones();
            fixture.journal.drive();
            done.join();
          }
        }
        default -> fixture.time.advance(Duration.ofSeconds(random.nextInt(400)));
      }
    }

    private TenantId tenant() {
      return TENANTS.get(random.nextInt(TENANTS.size()));
    }

    private SeriesBatch batch(long reachMs, int series) {
      SeriesBatch batch = new SeriesBatch("");
      for (int i = random.nextInt(12); i >= 0; i--) {
        Labels labels =
            Labels.of("__name__", "m" + random.nextInt(3), "i", "" + random.nextInt(series));
        long time = fixture.time.epochMs() - random.nextLong(reachMs);
        batch.add(batch.sets().add(labels), time, random.nextInt(5));
      }
      return batch;
    }

    private void offer(boolean late) {
      SeriesBatch batch =
          late ? batch(Duration.ofDays(5).toMillis(), 1_000) : batch(100 * 1_000, 4);
      fixture.offer(tenant(), batch);
    }

    private void imported() {
      fixture.engine.imports().offer(tenant(), batch(Duration.ofDays(7).toMillis(), 4)).join();
    }

    private void delete() {
      long startMs = fixture.time.epochMs() - random.nextLong(Duration.ofDays(7).toMillis());
      var answer =
          fixture.engine.delete(
              tenant(),
              List.of(equal("m" + random.nextInt(3))),
              startMs,
              startMs + random.nextLong(20 * HOUR_MS));
      fixture.journal.drive();
      answer.join();
    }

    private void remember() {
      TenantId tenant = tenant();
      Watch watch = fixture.engine.watch(tenant);
      if (watch.keptFromMs() > watch.quietThroughMs()) {
        return;
      }
      Map<Labels, Map<Long, Long>> samples =
          readRaw(tenant, watch.keptFromMs(), watch.quietThroughMs());
      if (samples != null) {
        all.add(new Remembered(tenant, watch, samples));
      }
      if (all.size() > 12) {
        all.remove(random.nextInt(all.size()));
      }
    }

    /** What a range holds, or null where downsampled rows are in it. */
    private @Nullable Map<Labels, Map<Long, Long>> readRaw(
        TenantId tenant, long startMs, long endMs) {
      try (QueryContext context = fixture.context(tenant);
          SeriesCursor cursor =
              fixture.engine.select(
                  new SeriesSelection(
                      List.of(new LabelMatcher.NotEqual("__name__", "")), startMs, endMs, 0, 0, ""),
                  context)) {
        while (cursor.next()) {
          cursor.samples();
        }
        if (!List.of(0L).containsAll(context.resolutionsMs())) {
          return null;
        }
      }
      return fixture.read(tenant, startMs, endMs, new LabelMatcher.NotEqual("__name__", ""));
    }

    private void check(int step) {
      for (Remembered one : all) {
        Watch now = fixture.engine.watch(one.tenant);
        long fromMs = Math.max(now.keptFromMs(), one.watch.keptFromMs());
        long throughMs = one.watch.quietThroughMs();
        if (fromMs > throughMs) {
          continue;
        }
        List<Times> changed = fixture.engine.since(one.tenant, one.watch, fromMs, throughMs);
        assertThat(unchanged(one.samples, fromMs, throughMs, changed))
            .as("seed %d, step %d, %s", seed, step, one.tenant)
            .isEqualTo(
                unchanged(
                    fixture.read(
                        one.tenant, fromMs, throughMs, new LabelMatcher.NotEqual("__name__", "")),
                    fromMs,
                    throughMs,
                    changed));
      }
    }

    private static Map<Labels, Map<Long, Long>> unchanged(
        Map<Labels, Map<Long, Long>> all, long fromMs, long throughMs, List<Times> changed) {
      Map<Labels, Map<Long, Long>> kept = new TreeMap<>();
      all.forEach((labels, samples) ->
          samples.forEach((time, bits) -> {
            boolean outside =
                time < fromMs
                    || time > throughMs
                    || changed.stream().anyMatch(t -> t.startMs() <= time && time <= t.endMs());
            if (!outside) {
              kept.computeIfAbsent(labels, l -> new TreeMap<>()).put(time, bits);
            }
          }));
      return kept;
    }
  }
}
