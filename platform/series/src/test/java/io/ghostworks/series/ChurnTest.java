package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Series that live for an hour each: found where they lived, and their memory comes back. */
class ChurnTest {
  private static final int MINUTES_BETWEEN = 10;
  private static final int BATCH = 5_000;
  private static final long HOUR_MS = 3_600_000;

  private final EngineFixture fixture = new EngineFixture(1);

  @Test
  void seriesAreFoundOnlyWhereTheyLivedAndTheirMemoryComesBack() throws IOException {
    live(2_000, 8, 64L << 20);
  }

  @Test
  @Tag("long")
  void aMillionSeriesThatLiveAnHourEachTakeTheMemoryOfThoseThatLive() throws IOException {
    long most = live(100_000, 10, 512L << 20);
    assertThat(most).isLessThan(200L << 20);
  }

  /** Answers the most memory that was held after a flush. */
  private long live(int seriesPerHour, int hours, long budgetBytes) throws IOException {
    fixture.headBytes = budgetBytes;
    fixture.options =
        fixture.options.withJournal(
            fixture.options.journal().withBytesMax(2L << 30).withSegmentBytes(16 << 20, 1 << 20));
    fixture.open();
    long most = 0;
    for (int hour = 0; hour < hours; hour++) {
      for (int minute = 0; minute < 60; minute += MINUTES_BETWEEN) {
        offer(hour, seriesPerHour);
        fixture.time.advance(Duration.ofMinutes(MINUTES_BETWEEN));
        fixture.engine.flush();
        most = Math.max(most, fixture.memory.usedBytes());
      }
      // Those of this hour and of the one before, which ended less than an hour ago.
      assertThat(fixture.engine.headStatistics(TENANT, 1).labels().series())
          .isLessThanOrEqualTo(4 * seriesPerHour);
      while (fixture.engine.merge()) {
        // Until nothing is left to merge.
      }
    }
    for (int hour = 0; hour < hours; hour++) {
      long from = START_MS + hour * HOUR_MS;
      List<Labels> found =
          fixture.engine.series(
              List.of(List.of(new LabelMatcher.Equal("__name__", "short"))),
              from,
              from + HOUR_MS - 1,
              0,
              fixture.context(TENANT));
      assertThat(found).hasSize(seriesPerHour);
      String wanted = Integer.toString(hour);
      assertThat(found).allSatisfy(labels -> assertThat(labels.get("hour")).isEqualTo(wanted));
    }
    SeriesChurn.Metric churn = fixture.engine.churn(TENANT, 1).metrics().getFirst();
    assertThat(churn.began().get(1)).isEqualTo(seriesPerHour);
    assertThat(churn.ended().get(1)).isEqualTo(seriesPerHour);
    fixture.time.advance(Duration.ofHours(2));
    fixture.offer(Labels.of("__name__", "other"), fixture.time.epochMs(), 1);
    fixture.engine.flush();
    fixture.engine.flush();
    assertThat(fixture.engine.headStatistics(TENANT, 1).labels().series()).isEqualTo(1);
    assertThat(fixture.memory.usedBytes()).isLessThan(1L << 20);
    return most;
  }

  private void offer(int hour, int seriesPerHour) {
    for (int first = 0; first < seriesPerHour; first += BATCH) {
      SeriesBatch batch = new SeriesBatch("");
      for (int i = first; i < Math.min(seriesPerHour, first + BATCH); i++) {
        Labels labels =
            Labels.of(
                "__name__",
                "short",
                "hour",
                Integer.toString(hour),
                "pod",
                "pod-%d-%d".formatted(hour, i));
        batch.add(batch.sets().add(labels), fixture.time.epochMs(), i);
      }
      assertThat(fixture.offer(batch).rejections()).isEmpty();
    }
  }
}
