package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.series.chunk.HistogramSamples;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SeriesEngineTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "api");

  private final EngineFixture fixture = new EngineFixture(1);

  @Test
  void showsItsJournalAsMetrics() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    List<String> shown = new ArrayList<>();
    fixture.metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            if (labels.equals(Labels.of("engine", "series"))) {
              shown.add(name);
            }
          }
        });
    assertThat(shown)
        .contains("ghostworks_journal_bytes", "ghostworks_journal_fsync_seconds_count");
  }

  @Test
  void answersWhatWasAcknowledged() throws IOException {
    fixture.open();

    assertThat(fixture.offer(UP, START_MS, 1).acceptedRows()).isEqualTo(1);

    assertThat(fixture.read(TENANT))
        .isEqualTo(Map.of(UP, Map.of(START_MS, Double.doubleToRawLongBits(1))));
  }

  @Test
  void showsNothingBeforeItIsDurable() throws IOException {
    fixture.open();
    CompletableFuture<Acknowledgement> answer =
        fixture.engine.offer(TENANT, EngineFixture.batch(UP, START_MS, 1));

    assertThat(answer).isNotDone();
    assertThat(fixture.read(TENANT)).isEmpty();

    fixture.journal.drive();
    assertThat(answer.join().acceptedRows()).isEqualTo(1);
  }

  @Test
  void keepsExactBitsThroughRestartFlushAndMerge() throws IOException {
    fixture.open();
    long[] bits = {
      Samples.STALE_BITS,
      Samples.NAN_BITS,
      0x7ff8dead0000beefL,
      Double.doubleToRawLongBits(-0.0),
      Double.doubleToRawLongBits(0.1),
      Double.doubleToRawLongBits(Double.MIN_VALUE),
      Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY)
    };
    for (int i = 0; i < bits.length; i++) {
      SeriesBatch batch = new SeriesBatch("");
      batch.addBits(batch.sets().add(UP), START_MS + i, bits[i]);
      fixture.offer(batch);
    }
    Map<Labels, Map<Long, Long>> before = fixture.read(TENANT);

    fixture.restart();
    assertThat(fixture.read(TENANT)).isEqualTo(before);
    for (int i = 0; i < 4; i++) {
      fixture.offer(UP, START_MS + 100 + i, i);
      fixture.engine.flush();
    }
    before = fixture.read(TENANT);
    assertThat(fixture.engine.merge()).isTrue();

    assertThat(fixture.engine.statistics().parts()).isEqualTo(1);
    assertThat(fixture.read(TENANT)).isEqualTo(before);
    for (int i = 0; i < bits.length; i++) {
      assertThat(before.get(UP)).containsEntry(START_MS + i, bits[i]);
    }
  }

  @Test
  void keepsTenantsApart() throws IOException {
    fixture.open();
    TenantId other = new TenantId("other");
    fixture.offer(UP, START_MS, 1);
    fixture.offer(other, EngineFixture.batch(UP, START_MS, 2));
    fixture.offer(other, EngineFixture.batch(Labels.of("__name__", "secret"), START_MS, 2));
    for (int round = 0; round < 2; round++) {
      assertThat(fixture.read(TENANT).get(UP))
          .isEqualTo(Map.of(START_MS, Double.doubleToRawLongBits(1)));
      assertThat(fixture.read(TENANT)).hasSize(1);
      assertThat(fixture.read(other)).hasSize(2);
      try (QueryContext context = fixture.context(TENANT)) {
        assertThat(
                fixture.engine.labelValues(
                    "__name__", List.of(), Long.MIN_VALUE, Long.MAX_VALUE, 0, context))
            .containsExactly("up");
      }
      fixture.engine.flush();
    }
  }

  @Test
  void selectsByMatchersAlsoThoseThatAcceptTheEmptyValue() throws IOException {
    fixture.open();
    Labels a = Labels.of("__name__", "m", "env", "prod", "job", "a");
    Labels b = Labels.of("__name__", "m", "env", "test", "job", "b");
    Labels c = Labels.of("__name__", "m", "job", "c");
    for (Labels labels : List.of(c, b, a)) {
      fixture.offer(labels, START_MS, 1);
    }
    for (int round = 0; round < 2; round++) {
      assertThat(selected(new LabelMatcher.Equal("env", ""))).containsExactly(c);
      assertThat(selected(new LabelMatcher.NotEqual("env", ""))).containsExactly(a, b);
      assertThat(selected(new LabelMatcher.NotEqual("env", "prod"))).containsExactly(b, c);
      assertThat(selected(regex("env", "prod|"))).containsExactly(a, c);
      assertThat(selected(regex("env", "t.+"))).containsExactly(b);
      assertThat(selected(notRegex("env", "t.+"))).containsExactly(a, c);
      assertThat(selected(notRegex("env", ".*"))).isEmpty();
      assertThat(selected(new LabelMatcher.Equal("job", "a"), regex("env", ".+")))
          .containsExactly(a);
      fixture.engine.flush();
    }
  }

  @Test
  void listsSeriesNamesAndValuesWithRangesAndLimits() throws IOException {
    fixture.open();
    Labels early = Labels.of("__name__", "m", "job", "early");
    Labels late = Labels.of("__name__", "m", "job", "late", "zone", "1");
    fixture.offer(early, START_MS - 1_000, 1);
    fixture.engine.flush();
    fixture.offer(late, START_MS, 1);
    List<List<LabelMatcher>> all = List.of(List.of(new LabelMatcher.Equal("__name__", "m")));
    try (QueryContext context = fixture.context(TENANT)) {
      assertThat(fixture.engine.series(all, 0, Long.MAX_VALUE, 0, context))
          .containsExactly(early, late);
      assertThat(fixture.engine.series(all, START_MS, Long.MAX_VALUE, 0, context))
          .containsExactly(late);
      assertThat(fixture.engine.series(all, 0, Long.MAX_VALUE, 1, context)).containsExactly(early);
      assertThat(fixture.engine.labelNames(all, 0, START_MS - 1, 0, context))
          .containsExactly("__name__", "job");
      assertThat(fixture.engine.labelNames(List.of(), 0, START_MS, 0, context))
          .containsExactly("__name__", "job", "zone");
      assertThat(fixture.engine.labelValues("job", all, 0, START_MS, 0, context))
          .containsExactly("early", "late");
      assertThat(fixture.engine.labelValues("job", List.of(), 0, START_MS, 1, context))
          .containsExactly("early");
    }
  }

  @Test
  void keepsHistogramsExemplarsAndMetadataThroughRestartAndFlush() throws IOException {
    fixture.open();
    FloatHistogram histogram = HistogramSamples.of(7);
    Exemplar exemplar = new Exemplar(Labels.of("trace_id", "abc"), 0.5, START_MS);
    MetricMetadata about = new MetricMetadata(MetricType.HISTOGRAM, "Latency.", "seconds");
    SeriesBatch batch = new SeriesBatch("");
    int set = batch.sets().add(UP);
    batch.add(set, START_MS, histogram);
    batch.startTimestampOfLast(START_MS - 5_000);
    batch.add(set, START_MS + 1, FloatHistogram.stale());
    batch.addExemplar(set, exemplar);
    batch.addMetadata("up", about);
    fixture.offer(batch);
    fixture.offer(batch);

    for (int round = 0; round < 4; round++) {
      try (QueryContext context = fixture.context(TENANT)) {
        SeriesCursor cursor =
            fixture.engine.select(
                new SeriesSelection(
                    List.of(new LabelMatcher.Equal("__name__", "up")), 0, START_MS + 9, 0, 0, ""),
                context);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.samples().size()).isEqualTo(2);
        assertThat(cursor.samples().histogram(0)).isEqualTo(histogram);
        assertThat(cursor.samples().histogram(1)).isEqualTo(FloatHistogram.stale());
        cursor.close();
        assertThat(
                fixture.engine.exemplars(
                    List.of(List.of(new LabelMatcher.Equal("job", "api"))), 0, START_MS, context))
            .isEqualTo(Map.of(UP, List.of(exemplar)));
        assertThat(fixture.engine.metadata(context)).isEqualTo(Map.of("up", List.of(about)));
      }
      if (round % 2 == 0) {
        fixture.restart();
      } else {
        fixture.engine.flush();
      }
    }
  }

  @Test
  void givesAcknowledgedBatchesAgain() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.offer(UP, START_MS + 1, 2);
    List<String> seen = new ArrayList<>();

    long position =
        fixture.engine.read(
            0,
            (at, tenant, batch) -> {
              seen.add(tenant + " " + batch.sets().labels(batch.set(0)) + " " + batch.valueBits(0));
              return false;
            });
    position =
        fixture.engine.read(
            position,
            (at, tenant, batch) -> {
              seen.add(tenant + " " + batch.sets().labels(batch.set(0)) + " " + batch.valueBits(0));
              return true;
            });

    assertThat(seen)
        .containsExactly(
            "acme " + UP + " " + Double.doubleToRawLongBits(1),
            "acme " + UP + " " + Double.doubleToRawLongBits(2));
    assertThat(fixture.engine.read(position, (at, tenant, batch) -> true)).isEqualTo(position);
  }

  @Test
  void deletesPartsPastRetentionAfterTheLastReader() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.engine.flush();
    fixture.time.advance(Duration.ofDays(15));
    fixture.offer(UP, fixture.time.epochMs(), 2);
    fixture.engine.flush();
    QueryContext context = fixture.context(TENANT);
    SeriesCursor reading =
        fixture.engine.select(
            new SeriesSelection(
                List.of(new LabelMatcher.Equal("job", "api")), 0, Long.MAX_VALUE, 0, 0, ""),
            context);

    fixture.time.advance(Duration.ofDays(16));
    while (fixture.engine.downsample()) {}
    fixture.engine.expire();

    assertThat(partFiles()).hasSize(6);
    assertThat(fixture.read(TENANT).get(UP)).hasSize(2);
    assertThat(reading.next()).isTrue();
    assertThat(reading.samples().size()).isEqualTo(2);
    reading.close();
    assertThat(partFiles()).hasSize(5);
  }

  @Test
  void keepsTheNumberOfPartsBounded() throws IOException {
    fixture.open();
    for (int i = 0; i < 100; i++) {
      fixture.offer(UP, fixture.time.epochMs(), i);
      fixture.engine.flush();
      while (fixture.engine.merge()) {
        assertThat(fixture.engine.statistics().parts()).isLessThan(40);
      }
      fixture.time.advance(Duration.ofMinutes(15));
    }
    assertThat(fixture.engine.statistics().parts()).isLessThanOrEqualTo(12);
    assertThat(fixture.read(TENANT).get(UP)).hasSize(100);
  }

  @Test
  void namesFileAndOffsetOfDamage() throws IOException {
    fixture.open();
    for (int i = 0; i < 50; i++) {
      fixture.offer(UP, START_MS + i, i * 1.7);
    }
    fixture.engine.flush();
    Path part = EngineFixture.DIRECTORY.resolve(partFiles().getFirst());
    fixture.files.flipBit(part, 8 * 60);
    fixture.restart();

    assertThatThrownBy(() -> fixture.read(TENANT))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseInstanceOf(DamagedDataException.class)
        .hasMessageContaining(part.toString())
        .hasMessageContaining("offset");
    assertThat(fixture.offer(UP, START_MS + 100, 1).acceptedRows()).isEqualTo(1);
  }

  @Test
  void refusesMoreThanItsMemoryAndFlushes() throws IOException {
    fixture.headBytes = 1 << 19;
    fixture.open();
    int accepted = 0;
    for (int i = 0; i < 30_000; i++) {
      try {
        accepted +=
            fixture
                .offer(
                    Labels.of("__name__", "m", "i", "value-" + i % 300), START_MS + i, Math.sqrt(i))
                .acceptedRows();
      } catch (RuntimeException e) {
        assertThat(e)
            .isInstanceOfAny(
                OverloadedException.class, java.util.concurrent.CompletionException.class);
      }
    }
    assertThat(accepted).isGreaterThan(20_000);
    assertThat(fixture.engine.statistics().parts()).isPositive();
    assertThat(fixture.read(TENANT).values().stream().mapToInt(Map::size).sum())
        .isEqualTo(accepted);
    assertThat(fixture.memory.usedBytes()).isLessThan(2L << 20);
  }

  @Test
  void forgetsEndedSeriesWithANewGeneration() throws IOException {
    fixture.open();
    for (int i = 0; i < 2_000; i++) {
      fixture.offer(Labels.of("__name__", "m", "i", "value-" + i), START_MS, i);
    }
    fixture.time.advance(Duration.ofMinutes(90));
    fixture.offer(UP, fixture.time.epochMs(), 1);
    CompletableFuture<Acknowledgement> waiting =
        fixture.engine.offer(TENANT, EngineFixture.batch(UP, fixture.time.epochMs() + 1, 2));
    fixture.engine.flush();
    fixture.journal.drive();

    assertThat(waiting.join().acceptedRows()).isEqualTo(1);
    assertThat(fixture.engine.statistics().headSeries()).isEqualTo(1);
    assertThat(fixture.read(TENANT)).hasSize(2_001);
    assertThat(fixture.offer(UP, fixture.time.epochMs() + 1, 3).rejections()).hasSize(1);
    assertThat(fixture.offer(UP, fixture.time.epochMs() + 2, 3).acceptedRows()).isEqualTo(1);
    Labels again = Labels.of("__name__", "m", "i", "value-7");
    assertThat(fixture.offer(again, START_MS, 8).rejections()).hasSize(1);
    assertThat(fixture.offer(again, fixture.time.epochMs(), 8).acceptedRows()).isEqualTo(1);
    fixture.restart();
    assertThat(fixture.read(TENANT).get(UP)).hasSize(3);
  }

  @Test
  void leavesNoMemoryTakenAfterClose() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.engine.flush();
    fixture.engine.close();
    assertThat(fixture.memory.usedBytes()).isZero();
  }

  private List<String> partFiles() throws IOException {
    return fixture.files.list(EngineFixture.DIRECTORY).stream()
        .filter(name -> name.endsWith(".series"))
        .toList();
  }

  private List<Labels> selected(LabelMatcher... matchers) {
    return List.copyOf(fixture.read(TENANT, matchers).keySet());
  }

  private static LabelMatcher regex(String label, String regex) {
    return new LabelMatcher.Matches(label, AnchoredRegex.compile(regex));
  }

  private static LabelMatcher notRegex(String label, String regex) {
    return new LabelMatcher.NotMatches(label, AnchoredRegex.compile(regex));
  }
}
