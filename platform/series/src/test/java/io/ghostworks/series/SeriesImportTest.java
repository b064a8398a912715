package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SeriesImportTest {
  private static final long DAY_MS = 86_400_000;
  private static final Labels UP = Labels.of("__name__", "up");
  private static final Labels DOWN = Labels.of("__name__", "down");

  private final EngineFixture fixture = new EngineFixture(11);

  @Test
  void takesAnyOrderAndAgeAndSurvivesARestart() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    SeriesBatch batch = new SeriesBatch("");
    int up = batch.sets().add(UP);
    int down = batch.sets().add(DOWN);
    for (int day = 20; day > 0; day--) {
      batch.add(up, START_MS - day * DAY_MS, day);
      batch.add(down, START_MS - day * DAY_MS + 5, -day);
    }

    assertThat(imported(batch).acceptedRows()).isEqualTo(40);
    Map<Labels, Map<Long, Long>> all = fixture.read(TENANT);
    assertThat(all.get(UP)).hasSize(21);
    assertThat(all.get(DOWN)).hasSize(20);
    fixture.restart();
    assertThat(fixture.read(TENANT)).isEqualTo(all);
    while (fixture.engine.merge()) {
      assertThat(fixture.read(TENANT)).isEqualTo(all);
    }
  }

  @Test
  void whatIsStoredStays() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.offer(UP, START_MS + 1, 2);
    fixture.engine.flush();
    fixture.offer(UP, START_MS + 2, 3);
    SeriesBatch batch = EngineFixture.batch(UP, START_MS + 1, 2);
    batch.add(0, START_MS, 9);
    batch.add(0, START_MS + 2, 9);
    batch.add(0, START_MS - 1, 4);
    batch.add(0, START_MS - 1, 4);
    batch.add(0, START_MS - 1, 5);

    Acknowledgement answer = imported(batch);
    assertThat(answer.acceptedRows()).isEqualTo(3);
    assertThat(answer.rejections())
        .singleElement()
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.DUPLICATE_TIMESTAMP));
    assertThat(fixture.read(TENANT).get(UP))
        .isEqualTo(
            Map.of(
                START_MS - 1,
                Double.doubleToRawLongBits(4),
                START_MS,
                Double.doubleToRawLongBits(1),
                START_MS + 1,
                Double.doubleToRawLongBits(2),
                START_MS + 2,
                Double.doubleToRawLongBits(3)));
    assertThat(imported(batch).acceptedRows()).isEqualTo(3);
  }

  @Test
  void refusesWhatNoLevelKeepsAndWhatIsInvalid() throws IOException {
    fixture.open();
    SeriesBatch batch = EngineFixture.batch(UP, START_MS - 366 * DAY_MS, 1);
    batch.add(0, START_MS + 3_600_000, 1);
    batch.add(batch.sets().add(Labels.of("job", "nameless")), START_MS, 1);

    Acknowledgement answer = imported(batch);
    assertThat(answer.acceptedRows()).isZero();
    assertThat(answer.rejections())
        .extracting(refused -> refused.reason())
        .containsExactlyInAnyOrder(Reason.TOO_OLD, Reason.TOO_FAR_IN_FUTURE, Reason.INVALID_LABELS);
  }

  @Test
  void whatIsPastTheRawRetentionBecomesRowsOfLevelsBeforeItGoes() throws IOException {
    fixture.open();
    SeriesBatch batch = new SeriesBatch("");
    int up = batch.sets().add(UP);
    long old = START_MS - 100 * DAY_MS;
    for (int i = 0; i < 100; i++) {
      batch.add(up, old + i * 60_000L, i);
    }
    SeriesBatch later = EngineFixture.batch(UP, old + 100 * 60_000, 100);

    assertThat(imported(batch).acceptedRows()).isEqualTo(100);
    assertThat(imported(later).acceptedRows()).isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      fixture.engine.expire();
      while (fixture.engine.merge() || fixture.engine.downsample() || fixture.engine.clean()) {
        // Whatever upkeep does, nothing is lost on the way.
      }
    }
    fixture.restart();
    Map<Long, Long> rows = fixture.read(TENANT).get(UP);
    assertThat(rows).hasSizeBetween(2, 25);
    assertThat(rows.values()).contains(Double.doubleToRawLongBits(100));
  }

  @Test
  void takesWhatWasDeletedBefore() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    var deleted =
        fixture.engine.delete(
            TENANT, List.of(new LabelMatcher.Equal("__name__", "up")), 0, Long.MAX_VALUE);
    fixture.journal.drive();
    deleted.join();

    assertThat(imported(EngineFixture.batch(UP, START_MS, 7)).acceptedRows()).isEqualTo(1);
    assertThat(fixture.read(TENANT).get(UP))
        .isEqualTo(Map.of(START_MS, Double.doubleToRawLongBits(7)));
    fixture.restart();
    assertThat(fixture.read(TENANT).get(UP)).hasSize(1);
  }

  @Test
  void writesPartsWhenItsBufferIsFull() throws IOException {
    fixture.headBytes = 4 << 20;
    fixture.open();
    try (SeriesImport own = fixture.engine.startImport(TENANT)) {
      for (int i = 0; i < 100; i++) {
        SeriesBatch batch = new SeriesBatch("");
        int set = batch.sets().add(UP);
        for (int k = 0; k < 1_000; k++) {
          batch.add(set, START_MS - DAY_MS + i * 1_000L + k, k);
        }
        own.add(batch);
      }
      assertThat(fixture.engine.statistics().parts()).isGreaterThan(2);
      assertThat(own.finish().acceptedRows()).isEqualTo(100_000);
    }
    assertThat(fixture.read(TENANT).get(UP)).hasSize(100_000);
    assertThat(fixture.memory.usedBytes()).isLessThan(1 << 20);
  }

  private Acknowledgement imported(SeriesBatch batch) {
    return fixture.engine.imports().offer(TENANT, batch).join();
  }
}
