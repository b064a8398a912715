package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final Labels DEBUG = Labels.of("__name__", "debug_x");
  private static final TenantId OTHER = new TenantId("other");

  private final EngineFixture fixture = new EngineFixture(5);

  @Test
  void theFirstRuleDecidesWhatIsSeenAndLaterWhatIsStored() throws IOException {
    openWithDebugForAWeek();
    fixture.offer(UP, START_MS, 1);
    fixture.offer(DEBUG, START_MS, 1);
    fixture.engine.flush();

    passDays(6);
    assertThat(fixture.read(TENANT)).containsOnlyKeys(UP, DEBUG);
    assertThat(upkeep()).isEqualTo(6);
    passDays(2);
    assertThat(fixture.read(TENANT)).containsOnlyKeys(UP);
    assertThat(upkeep()).isEqualTo(3);
    fixture.restart();
    assertThat(fixture.read(TENANT)).containsOnlyKeys(UP);
    passDays(23);
    assertThat(upkeep()).isEqualTo(2);
    passDays(365);
    assertThat(fixture.read(TENANT)).isEmpty();
    assertThat(upkeep()).isZero();
  }

  @Test
  void aTenantMayKeepLess() throws IOException {
    Durations day = days(1);
    fixture.options =
        fixture.options.withRetention(
            RetentionPolicy.defaults()
                .withRules(List.of(new Rule(Optional.of(OTHER), List.of(), day))));
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.offer(OTHER, EngineFixture.batch(UP, START_MS, 1));
    fixture.engine.flush();
    passDays(2);

    assertThat(fixture.read(OTHER)).isEmpty();
    assertThat(fixture.read(TENANT)).hasSize(1);
    assertThat(upkeep()).isEqualTo(3);
  }

  @Test
  void refusesSamplesThatTheirSeriesDoesNotKeep() throws IOException {
    openWithDebugForAWeek();
    long old = START_MS - Duration.ofDays(8).toMillis();

    assertThat(fixture.offer(UP, old, 1).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(DEBUG, old, 1).acceptedRows()).isZero();
  }

  @Test
  void theOldestPartsGoWhereThereAreTooManyBytes() throws IOException {
    fixture.open();
    for (int day = 0; day < 4; day++) {
      fixture.offer(UP, START_MS + Duration.ofDays(day).toMillis(), day);
      fixture.engine.flush();
      passDays(1);
    }
    long bytes = fixture.engine.statistics().partBytes();
    fixture.engine.close();
    fixture.options =
        fixture.options.withRetention(RetentionPolicy.defaults().withSizeBytesMax(bytes / 2 + 1));
    fixture.open();
    fixture.engine.expire();

    assertThat(fixture.read(TENANT).get(UP))
        .containsOnlyKeys(
            START_MS + Duration.ofDays(2).toMillis(), START_MS + Duration.ofDays(3).toMillis());
    assertThat(fixture.engine.statistics().partBytes()).isLessThanOrEqualTo(bytes / 2 + 1);
  }

  @Test
  void aTenantBeyondItsBytesLosesItsOldestSamplesOnly() throws IOException {
    fixture.open();
    for (int day = 0; day < 4; day++) {
      long time = START_MS + Duration.ofDays(day).toMillis();
      fixture.offer(UP, time, day);
      fixture.offer(OTHER, EngineFixture.batch(UP, time, day));
      fixture.engine.flush();
      passDays(1);
    }
    long bytes = fixture.engine.statistics().partBytes();
    fixture.engine.close();
    fixture.options =
        fixture.options.withRetention(
            RetentionPolicy.defaults().withTenantBytesMax(Map.of(OTHER, bytes / 4 + 8)));
    fixture.open();
    fixture.engine.expire();

    assertThat(fixture.read(TENANT).get(UP)).hasSize(4);
    assertThat(fixture.read(OTHER).get(UP)).hasSize(2);
    var _ = upkeep();
    assertThat(fixture.read(TENANT).get(UP)).hasSize(4);
  }

  @Test
  void cleaningRemovesWhatIsDeletedAndForgetsTheDelete() throws IOException {
    fixture.open();
    for (int i = 0; i < 4; i++) {
      fixture.offer(UP, START_MS + i, i);
      fixture.offer(DEBUG, START_MS + i, i);
    }
    fixture.engine.flush();
    var deleted =
        fixture.engine.delete(
            TENANT,
            List.of(new LabelMatcher.Equal("__name__", "up")),
            START_MS + 1,
            START_MS + 100);
    fixture.journal.drive();
    deleted.join();
    fixture.offer(UP, START_MS + 2, 9);

    fixture.engine.cleanTombstones().join();
    assertThat(fixture.engine.statistics().samples()).isEqualTo(6);
    assertThat(fixture.read(TENANT).get(UP)).containsOnlyKeys(START_MS, START_MS + 2);
    fixture.restart();
    assertThat(fixture.read(TENANT).get(UP)).containsOnlyKeys(START_MS, START_MS + 2);
  }

  @Test
  void upkeepCleansOnceDeletesWereGathered() throws IOException {
    fixture.open();
    fixture.offer(UP, START_MS, 1);
    fixture.engine.flush();
    var deleted =
        fixture.engine.delete(
            TENANT, List.of(new LabelMatcher.Equal("__name__", "up")), 0, Long.MAX_VALUE);
    fixture.journal.drive();
    deleted.join();
    fixture.engine.flush();

    assertThat(upkeep()).isEqualTo(1);
    fixture.time.advance(Cleaning.GATHERING);
    assertThat(upkeep()).isZero();
  }

  private void openWithDebugForAWeek() throws IOException {
    fixture.options =
        fixture.options.withRetention(
            RetentionPolicy.defaults()
                .withRules(
                    List.of(
                        new Rule(
                            Optional.empty(),
                            List.of(
                                new LabelMatcher.Matches(
                                    "__name__",
                                    io.ghostworks.model.label.AnchoredRegex.compile("debug_.*"))),
                            days(7)))));
    fixture.open();
  }

  private static Durations days(int days) {
    Duration duration = Duration.ofDays(days);
    return new Durations(duration, duration, duration);
  }

  private void passDays(int days) {
    fixture.time.advance(Duration.ofDays(days));
  }

  /** Does all upkeep; answers how many samples and rows of two levels are stored then. */
  private long upkeep() throws IOException {
    while (fixture.engine.downsample()) {}
    fixture.engine.expire();
    while (fixture.engine.clean()) {}
    return fixture.engine.statistics().samples();
  }
}
