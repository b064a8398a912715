package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.RowSeries;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DownsamplingTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final int FIVE_MINUTES = 300_000;
  private static final Labels UP = Labels.of("__name__", "up", "job", "api");
  private static final long FIRST_DAY_MS = EngineFixture.START_MS / DAY_MS * DAY_MS + DAY_MS;

  private EngineFixture fixture = new EngineFixture(1);
  private final Map<Labels, SampleBuffer> series = new LinkedHashMap<>();

  @Test
  void samplesAnswerWhereTheyExistAndRowsWhereTheyAreGone() throws IOException {
    start(2, 15_000);
    Read raw = read(0);
    assertThat(raw.resolutions).containsExactly(0L);
    assertThat(raw.rows).isZero();

    Read fine = read(FIVE_MINUTES);
    assertThat(fine.resolutions).containsExactly((long) FIVE_MINUTES);
    assertThat(fine.samples).isEqualTo(raw.samples);
    Read coarse = read(HOUR_MS);
    assertThat(coarse.resolutions).containsExactly(HOUR_MS);
    assertThat(coarse.samples).isEqualTo(raw.samples);
    assertThat(coarse.rows).isLessThan(fine.rows);

    advanceTo(FIRST_DAY_MS + 31 * DAY_MS + 13 * HOUR_MS + 123_456);
    Read half = read(0);
    assertThat(half.resolutions).containsExactly(0L, (long) FIVE_MINUTES);
    assertThat(half.samples).isEqualTo(raw.samples);

    advanceTo(FIRST_DAY_MS + 40 * DAY_MS);
    fixture.engine.expire();
    assertThat(fixture.engine.statistics().parts()).isEqualTo(4);
    Read gone = read(0);
    assertThat(gone.resolutions).containsExactly((long) FIVE_MINUTES);
    assertThat(gone.samples).isEqualTo(raw.samples);
    assertThat(gone.rows).isEqualTo(fine.rows);
    fixture.restart();
    assertThat(read(0).samples).isEqualTo(raw.samples);
    assertThat(labelValues()).containsExactlyElementsOf(names());

    advanceTo(FIRST_DAY_MS + 400 * DAY_MS);
    fixture.engine.expire();
    assertThat(fixture.engine.statistics().parts()).isZero();
    assertThat(read(0).samples).isEmpty();
  }

  @Test
  void rowsOfADayAreMadeAgainWhenSamplesComeLate() throws IOException {
    start(1, 15_000);
    Labels late = Labels.of("__name__", "late");
    fixture.offer(late, FIRST_DAY_MS + HOUR_MS, 1);
    fixture.engine.flush();
    assertThat(read(FIVE_MINUTES).resolutions).doesNotContain((long) FIVE_MINUTES);
    assertThat(fixture.engine.downsample()).isTrue();
    assertThat(fixture.engine.downsample()).isTrue();
    assertThat(fixture.engine.downsample()).isFalse();
    Read fine = read(FIVE_MINUTES);
    assertThat(fine.resolutions).containsExactly((long) FIVE_MINUTES);
    assertThat(fine.samples).containsEntry(late, 1L);
    assertThat(fine.samples).isEqualTo(read(0).samples);
  }

  @Test
  void importsOfThePastBecomeRowsBesideThoseThatStand() throws IOException {
    start(1, 15_000);
    Read before = read(0);
    advanceTo(FIRST_DAY_MS + 40 * DAY_MS);
    fixture.engine.expire();
    Labels old = Labels.of("__name__", "old");
    SeriesBatch batch = new SeriesBatch("import");
    int set = batch.sets().add(old);
    for (int i = 0; i < 100; i++) {
      batch.add(set, FIRST_DAY_MS + i * 60_000L, i);
    }
    try (SeriesImport imported = fixture.engine.startImport(TENANT)) {
      imported.add(batch);
      imported.finish();
    }
    while (fixture.engine.downsample()) {}
    fixture.engine.expire();
    Read after = read(0);
    assertThat(after.resolutions).containsExactly((long) FIVE_MINUTES);
    Map<Labels, Long> expected = new TreeMap<>(before.samples);
    expected.put(old, 100L);
    assertThat(after.samples).isEqualTo(expected);
    assertThat(fixture.engine.statistics().parts()).isEqualTo(2);
  }

  @Test
  void deletesHideRowsOfWhichTheyHideASample() throws IOException {
    start(1, 15_000);
    long from = FIRST_DAY_MS + 2 * HOUR_MS + 7_000;
    long through = FIRST_DAY_MS + 3 * HOUR_MS + 7_000;
    List<LabelMatcher> all = List.of(new LabelMatcher.NotEqual("__name__", ""));
    var deleted = fixture.engine.delete(TENANT, all, from, through);
    fixture.journal.drive();
    deleted.join();
    Read fine = read(FIVE_MINUTES);
    assertThat(fine.touching(from, through)).isZero();
    Read raw = read(0);
    assertThat(raw.touching(from, through)).isZero();
  }

  @Test
  void whatEveryoneDeletedLeavesNoRows() throws IOException {
    start(1, 300_000);
    List<LabelMatcher> all = List.of(new LabelMatcher.NotEqual("__name__", ""));
    var deleted = fixture.engine.delete(TENANT, all, 0, Long.MAX_VALUE);
    fixture.journal.drive();
    deleted.join();
    fixture.engine.flush();
    for (int i = 0; i < 10; i++) {
      fixture.engine.merge();
      fixture.engine.downsample();
    }
    assertThat(fixture.engine.downsample()).isFalse();
    assertThat(read(FIVE_MINUTES).samples).isEmpty();
    advanceTo(FIRST_DAY_MS + 40 * DAY_MS);
    fixture.engine.expire();
    assertThat(read(0).samples).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"IO_ERROR", "CRASH", "TORN"})
  void losesNothingWhicheverCallOfTheDiskFails(SimulatedFault fault) throws IOException {
    fixture = new EngineFixture(7);
    smallDay();
    Map<Labels, Long> expected = read(0).samples;
    long before = fixture.files.calls();
    upkeep();
    long calls = fixture.files.calls() - before;
    assertThat(calls).isGreaterThan(20);
    for (long call = 1; call <= calls; call++) {
      fixture = new EngineFixture(call);
      smallDay();
      fixture.files.failCall(fixture.files.calls() + call, fault);
      upkeep();
      fixture.files.failNothing();
      if (fixture.files.isPowerFailed()) {
        fixture.files.crash();
      } else {
        fixture.files.killProcess();
      }
      fixture.open();
      upkeep();
      Read rows = read(0);
      assertThat(rows.samples).as("call %d", call).isEqualTo(expected);
      assertThat(rows.resolutions).containsExactly((long) FIVE_MINUTES);
    }
  }

  /** A day of one series, forty days ago. */
  private void smallDay() throws IOException {
    fixture.open();
    fixture.time.advance(Duration.ofMillis(FIRST_DAY_MS - fixture.time.epochMs() + HOUR_MS));
    for (int i = 0; i < 5; i++) {
      fixture.offer(UP, FIRST_DAY_MS + i * 100_000L, i % 3);
      fixture.engine.flush();
    }
    fixture.time.advance(Duration.ofDays(29));
  }

  /** What upkeep does as days go by; a failure ends one step. */
  private void upkeep() {
    for (int i = 0; i < 2; i++) {
      attempt(() -> {
        while (fixture.engine.merge()) {}
      });
      attempt(() -> {
        while (fixture.engine.downsample()) {}
      });
      fixture.time.advance(Duration.ofDays(5));
      attempt(() -> fixture.engine.expire());
    }
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException | java.io.UncheckedIOException e) {
      // The engine goes on and tries again later.
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  private void start(int days, long stepMs) throws IOException {
    fixture.open();
    Random random = new Random(5);
    for (RowSeries.Kind kind : RowSeries.Kind.values()) {
      SampleBuffer samples = new SampleBuffer();
      RowSeries.fill(kind, random, FIRST_DAY_MS, FIRST_DAY_MS + days * DAY_MS, stepMs, samples);
      series.put(Labels.of("__name__", "m_" + kind, "job", "api"), samples);
    }
    fixture.time.advance(Duration.ofMillis(FIRST_DAY_MS - fixture.time.epochMs()));
    for (long hour = 0; hour < days * 24L; hour++) {
      long from = FIRST_DAY_MS + hour * HOUR_MS;
      fixture.time.advance(Duration.ofHours(1));
      SeriesBatch batch = new SeriesBatch("test");
      series.forEach((labels, samples) -> add(batch, labels, samples, from, from + HOUR_MS));
      assertThat(fixture.offer(batch).rejections()).isEmpty();
      if (hour % 6 == 5) {
        fixture.engine.flush();
      }
    }
    assertThat(fixture.engine.downsample()).isEqualTo(days > 1);
    fixture.time.advance(Duration.ofHours(2));
    while (fixture.engine.merge() || fixture.engine.downsample()) {}
    assertThat(fixture.engine.statistics().parts()).isEqualTo(3 * days);
  }

  private static void add(
      SeriesBatch batch, Labels labels, SampleBuffer samples, long fromMs, long toMs) {
    int set = batch.sets().add(labels);
    for (int i = 0; i < samples.size(); i++) {
      long timeMs = samples.timestampMs(i);
      FloatHistogram histogram = samples.histogram(i);
      if (timeMs >= fromMs && timeMs < toMs) {
        if (histogram == null) {
          batch.add(set, timeMs, samples.columns().value(i));
        } else {
          batch.add(set, timeMs, histogram);
        }
      }
    }
  }

  private void advanceTo(long timeMs) {
    fixture.time.advance(Duration.ofMillis(timeMs - fixture.time.epochMs()));
  }

  private List<String> names() {
    return series.keySet().stream().map(labels -> labels.get("__name__")).sorted().toList();
  }

  private List<String> labelValues() {
    try (QueryContext context = fixture.context(TENANT)) {
      return fixture.engine.labelValues("__name__", List.of(), 0, Long.MAX_VALUE, 0, context);
    }
  }

  /**
   * @param samples how many there are, also within rows, by series
   * @param rows how many rows there are
   */
  private record Read(
      Map<Labels, Long> samples,
      long rows,
      List<Long> resolutions,
      Map<Labels, List<long[]>> spans) {

    /** How many entries have samples in a range. */
    long touching(long fromMs, long throughMs) {
      return spans.values().stream()
          .flatMap(List::stream)
          .filter(span -> span[0] <= throughMs && span[1] >= fromMs)
          .count();
    }
  }

  private Read read(long resolutionMs) {
    Map<Labels, Long> samples = new TreeMap<>();
    Map<Labels, List<long[]>> spans = new TreeMap<>();
    long rows = 0;
    try (QueryContext context = fixture.context(TENANT);
        SeriesCursor cursor =
            fixture.engine.select(
                new SeriesSelection(
                    List.of(new LabelMatcher.NotEqual("__name__", "")),
                    0,
                    Long.MAX_VALUE,
                    0,
                    0,
                    "",
                    resolutionMs),
                context)) {
      while (cursor.next()) {
        SampleColumns columns = cursor.samples();
        LevelColumns levels = columns.levels();
        long count = 0;
        for (int i = 0; i < columns.size(); i++) {
          boolean row = levels != null && levels.resolutionMs(i) > 0;
          rows += row ? 1 : 0;
          count += row && levels != null ? levels.count(i) : 1;
          long first = row && levels != null ? levels.firstMs(i) : columns.timestampMs(i);
          assertThat(i == 0 || first > columns.timestampMs(i - 1)).isTrue();
          spans
              .computeIfAbsent(cursor.labels(), l -> new java.util.ArrayList<>())
              .add(new long[] {first, columns.timestampMs(i)});
        }
        samples.put(cursor.labels(), count);
      }
      return new Read(samples, rows, context.resolutionsMs(), spans);
    }
  }
}
