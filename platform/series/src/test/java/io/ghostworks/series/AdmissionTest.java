package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the engine accepts and refuses, and in which words. */
class AdmissionTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "api");

  private final EngineFixture fixture = new EngineFixture(1);

  @Test
  void acceptsRepetitionsAndRefusesAnotherValueAtTheSameTime() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.offer(UP, START_MS + 1_000, 2);

    assertThat(fixture.offer(UP, START_MS, 1).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(UP, START_MS + 1_000, 2).acceptedRows()).isEqualTo(1);
    for (int round = 0; round < 3; round++) {
      Acknowledgement refused = fixture.offer(UP, START_MS, 7);
      assertThat(refused.acceptedRows()).isZero();
      assertThat(refused.rejections().getFirst().reason()).isEqualTo(Reason.DUPLICATE_TIMESTAMP);
      assertThat(refused.rejections().getFirst().example()).contains("up{job=\"api\"}");
      if (round == 0) {
        fixture.engine.flush();
      } else {
        fixture.restart();
      }
    }
    assertThat(fixture.offer(UP, START_MS, 1).acceptedRows()).isEqualTo(1);
    assertThat(fixture.engine.statistics().samples()).isEqualTo(2);
  }

  @Test
  void acknowledgesARepetitionOnlyWhenTheFirstIsDurable() throws IOException {
    fixture.open();
    CompletableFuture<Acknowledgement> first =
        fixture.engine.offer(TENANT, EngineFixture.batch(UP, START_MS, 1));
    CompletableFuture<Acknowledgement> second =
        fixture.engine.offer(TENANT, EngineFixture.batch(UP, START_MS, 1));
    assertThat(second).isNotDone();
    fixture.journal.drive();
    assertThat(first.join()).isEqualTo(second.join());
  }

  @Test
  void takesARowAgainAfterItsFrameFailed() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    CompletableFuture<Acknowledgement> lost =
        fixture.engine.offer(TENANT, EngineFixture.batch(UP, START_MS + 1, 2));
    fixture.files.failCall(fixture.files.calls() + 1, SimulatedFault.IO_ERROR);
    fixture.journal.drive();
    fixture.files.failNothing();
    assertThatThrownBy(lost::join).hasCauseInstanceOf(OverloadedException.class);

    assertThat(fixture.offer(UP, START_MS + 1, 3).acceptedRows()).isEqualTo(1);
    assertThat(fixture.read(TENANT).get(UP))
        .containsEntry(START_MS + 1, Double.doubleToRawLongBits(3));
  }

  @Test
  void mergesSamplesInsideTheOutOfOrderWindowAndRefusesOlderOnes() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.engine.flush();
    fixture.restart();

    assertThat(fixture.offer(UP, START_MS - 600_000, 2).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(UP, START_MS - 5, 3).acceptedRows()).isEqualTo(1);
    Acknowledgement refused = fixture.offer(UP, START_MS - 600_001, 4);

    assertThat(refused.rejections().getFirst().reason()).isEqualTo(Reason.OUT_OF_ORDER);
    assertThat(fixture.read(TENANT).get(UP).keySet())
        .containsExactly(START_MS - 600_000, START_MS - 5, START_MS);
  }

  @Test
  void acceptsOldSamplesOfNewSeriesWithinTheRetention() throws IOException {
    fixture.open();
    long old = START_MS - Duration.ofDays(29).toMillis();

    assertThat(fixture.offer(UP, old, 1).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(UP, START_MS - Duration.ofDays(31).toMillis(), 1).rejections())
        .first()
        .extracting(rejection -> rejection.reason())
        .isEqualTo(Reason.TOO_OLD);
    assertThat(fixture.offer(UP, START_MS + 600_001, 1).rejections())
        .first()
        .extracting(rejection -> rejection.reason())
        .isEqualTo(Reason.TOO_FAR_IN_FUTURE);
    assertThat(fixture.offer(UP, START_MS + 600_000, 1).acceptedRows()).isEqualTo(1);
  }

  @Test
  void refusesLabelsThatBreakTheRules() throws IOException {
    fixture.open();
    SeriesBatch batch = new SeriesBatch("");
    batch.add(batch.sets().add(Labels.of("job", "api")), START_MS, 1);
    byte[] notUtf8 = {8, '_', '_', 'n', 'a', 'm', 'e', '_', '_', 1, (byte) 0xff};
    batch.add(batch.sets().addPacked(notUtf8, 0, notUtf8.length), START_MS, 1);
    byte[] cutOff = {8, '_', '_'};
    batch.add(batch.sets().addPacked(cutOff, 0, cutOff.length), START_MS, 1);
    byte[] twice = {1, 'a', 1, 'b', 1, 'a', 1, 'c'};
    batch.add(batch.sets().addPacked(twice, 0, twice.length), START_MS, 1);
    batch.add(batch.sets().add(UP), START_MS, 1);
    batch.add(batch.sets().add(Labels.of("__name__", "up", "job", "x".repeat(9_000))), START_MS, 1);

    Acknowledgement answer = fixture.offer(batch);

    assertThat(answer.acceptedRows()).isEqualTo(1);
    assertThat(answer.rejections()).hasSize(1);
    assertThat(answer.rejections().getFirst().reason()).isEqualTo(Reason.INVALID_LABELS);
    assertThat(answer.rejections().getFirst().rows()).isEqualTo(5);
    assertThat(answer.rejections().getFirst().example()).contains("metric name");
  }

  @Test
  void limitsActiveSeriesForNewSeriesOnlyAndNamesTheOffender() throws IOException {
    fixture.options =
        fixture.options.withLimits(tenant -> SeriesLimits.defaults().withActiveSeriesMax(2));
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.offer(Labels.of("__name__", "b"), START_MS, 1);

    Acknowledgement refused = fixture.offer(Labels.of("__name__", "offender"), START_MS, 1);

    assertThat(refused.rejections().getFirst().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(refused.rejections().getFirst().example()).contains("offender").contains("acme");
    assertThat(fixture.offer(UP, START_MS + 1, 1).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(new TenantId("other"), EngineFixture.batch(UP, START_MS, 1)))
        .isEqualTo(Acknowledgement.accepted(1));

    fixture.time.advance(Duration.ofMinutes(70));
    fixture.engine.flush();
    assertThat(fixture.offer(Labels.of("__name__", "offender"), START_MS, 1).acceptedRows())
        .isEqualTo(1);
  }

  @Test
  void limitsSeriesOfOneMetricAndCountsTheOffender() throws IOException {
    fixture.options =
        fixture.options.withLimits(tenant -> SeriesLimits.defaults().withSeriesPerMetricMax(2));
    fixture.open();
    for (int i = 0; i < 5; i++) {
      fixture.offer(Labels.of("__name__", "wide", "id", "" + i), START_MS, 1);
      fixture.offer(Labels.of("__name__", "narrow" + i), START_MS, 1);
    }

    Acknowledgement refused = fixture.offer(Labels.of("__name__", "wide", "id", "7"), START_MS, 1);

    assertThat(refused.rejections().getFirst().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(refused.rejections().getFirst().example())
        .contains("metric wide of tenant acme", "2", "limits.series_per_metric_max", "id=\"7\"");
    assertThat(fixture.engine.headStatistics(EngineFixture.TENANT, 10).labels().series())
        .isEqualTo(7);
    assertThat(refusedSamples("series_per_metric_max", "wide")).isEqualTo(4);
    assertThat(fixture.engine.churn(EngineFixture.TENANT, 1).metrics().getFirst())
        .extracting(metric -> metric.name() + " " + metric.active() + " " + metric.began())
        .isEqualTo("wide 2 [2, 0, 0, 0, 0, 0]");

    fixture.time.advance(Duration.ofMinutes(70));
    fixture.engine.flush();
    assertThat(fixture.engine.churn(EngineFixture.TENANT, 1).metrics().getFirst())
        .extracting(metric -> metric.name() + " " + metric.active() + " " + metric.ended())
        .isEqualTo("wide 0 [2, 0, 0, 0, 0, 0]");
    assertThat(fixture.offer(Labels.of("__name__", "wide", "id", "7"), START_MS, 1).acceptedRows())
        .isEqualTo(1);
  }

  @Test
  void takesARefusedSeriesOfAKnownSenderOnceTheLimitsAllowIt() throws IOException {
    SeriesLimits usual = SeriesLimits.defaults();
    AtomicReference<SeriesLimits> limits =
        new AtomicReference<>(
            new SeriesLimits(10, 10, 64, 512, 4, 10, 10, usual.outOfOrderWindow()));
    fixture.options = fixture.options.withLimits(tenant -> limits.get());
    fixture.open();
    Labels wide = Labels.of("__name__", "up", "job", "longer");
    SeriesBatch first = new SeriesBatch("test");
    first.add(first.sets().add(UP), START_MS, 1);
    int wideSet = first.sets().add(wide);
    first.add(wideSet, START_MS, 1);
    assertThat(fixture.offer(first).acceptedRows()).isEqualTo(1);

    for (int i = 1; i < 3; i++) {
      SeriesBatch again = new SeriesBatch("test", first.sets());
      again.add(wideSet, START_MS + i, 1);
      assertThat(fixture.offer(again).rejections().getFirst().example()).contains("(row 0)", "4");
    }
    limits.set(usual);
    SeriesBatch later = new SeriesBatch("test", first.sets());
    later.add(wideSet, START_MS + 3, 1);
    assertThat(fixture.offer(later).rejections()).isEmpty();
    assertThat(fixture.read(TENANT).get(wide)).hasSize(1);
  }

  @Test
  void namesOnlyTheFirstOffendersInMetrics() throws IOException {
    fixture.options =
        fixture.options.withLimits(tenant -> SeriesLimits.defaults().withActiveSeriesMax(1));
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    for (int i = 0; i < 30; i++) {
      fixture.offer(Labels.of("__name__", "m" + i), START_MS, 1);
    }
    assertThat(refusedSamples("active_series_max", "m0")).isEqualTo(1);
    assertThat(refusedSamples("active_series_max", "m19")).isEqualTo(1);
    assertThat(refusedSamples("active_series_max", "")).isEqualTo(10);
  }

  @Test
  void takesTheWindowOfTheTenant() throws IOException {
    fixture.options =
        fixture.options.withLimits(tenant ->
            SeriesLimits.defaults()
                .withOutOfOrderWindow(
                    Duration.ofSeconds(tenant.equals(EngineFixture.TENANT) ? 60 : 0)));
    fixture.open();
    TenantId other = new TenantId("other");
    fixture.offer(UP, START_MS, 1);
    fixture.offer(other, EngineFixture.batch(UP, START_MS, 1));
    assertThat(fixture.offer(UP, START_MS - 60_000, 2).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(UP, START_MS - 60_001, 2).rejections().getFirst().reason())
        .isEqualTo(Reason.OUT_OF_ORDER);
    assertThat(
            fixture
                .offer(other, EngineFixture.batch(UP, START_MS - 1, 2))
                .rejections()
                .getFirst()
                .reason())
        .isEqualTo(Reason.OUT_OF_ORDER);
    assertThat(fixture.offer(other, EngineFixture.batch(UP, START_MS, 1)).acceptedRows())
        .isEqualTo(1);
  }

  private long refusedSamples(String limit, String metric) {
    return fixture
        .metrics
        .counter(
            "ghostworks_refused_series_samples_total",
            "",
            Labels.of("tenant", "acme", "limit", limit, "metric", metric))
        .value();
  }

  @Test
  void refusesNewSeriesBeforeLabelsFillTheMemoryAndTakesSamplesOfKnownOnes() throws IOException {
    fixture.headBytes = 4 << 20;
    fixture.open();
    TenantId small = new TenantId("small");
    fixture.offer(small, EngineFixture.batch(UP, START_MS, 1));

    Acknowledgement refused = null;
    int accepted = 0;
    for (int i = 0; i < 100 && refused == null; i++) {
      SeriesBatch batch = new SeriesBatch("");
      for (int k = 0; k < 500; k++) {
        Labels labels =
            Labels.of("__name__", "wide", "id", "%d-%d".formatted(i, k), "pod", "p" + k);
        batch.add(batch.sets().add(labels), START_MS, 1);
      }
      Acknowledgement answer = fixture.offer(batch);
      accepted += answer.acceptedRows();
      refused = answer.rejections().isEmpty() ? null : answer;
      fixture.engine.flush();
    }

    assertThat(refused).isNotNull();
    assertThat(refused.rejections().getFirst().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(refused.rejections().getFirst().example())
        .contains("of the series are tenant acme's")
        .contains("wide");
    assertThat(accepted).isGreaterThan(1_000);
    Labels known = Labels.of("__name__", "wide", "id", "0-0", "pod", "p0");
    assertThat(fixture.offer(known, START_MS + 1, 2).acceptedRows()).isEqualTo(1);
    Labels another = Labels.of("__name__", "up", "job", "b");
    assertThat(fixture.offer(small, EngineFixture.batch(another, START_MS, 1)))
        .isEqualTo(Acknowledgement.accepted(1));
  }
}
