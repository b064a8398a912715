package io.ghostworks.server.prometheus;

import static io.ghostworks.server.prometheus.StoredHistory.DAY_MS;
import static io.ghostworks.server.prometheus.StoredHistory.START_MS;
import static io.ghostworks.server.prometheus.StoredHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.query.QueryContext;
import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import io.ghostworks.series.SeriesImport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Days whose rows are made already, and then change: by late samples, imports, deletes, retention.
 */
class DownsampledHistoryTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long FIVE_MINUTES_MS = 300_000;
  private static final TenantId OTHER = new TenantId("other");
  private static final String COUNT = "sum by (job) (count_over_time(m[1h]))";

  private StoredHistory history;

  @AfterEach
  void close() throws IOException {
    history.close();
  }

  @Test
  void lateSamplesCountAtOnceWhateverTheResolution() throws IOException {
    start(RetentionPolicy.defaults(), 2);
    offer(TENANT, "late", 3 * HOUR_MS, 4 * HOUR_MS);
    importRows("imported", 3 * HOUR_MS, 5 * HOUR_MS);
    for (int round = 0; round < 2; round++) {
      for (long resolutionMs : new long[] {0, FIVE_MINUTES_MS, HOUR_MS}) {
        assertThat(ask(COUNT, 4 * HOUR_MS, resolutionMs))
            .as("round %d, resolution %d", round, resolutionMs)
            .containsExactly("api 60", "imported 60", "late 60");
      }
      history.upkeep();
    }
    assertThat(resolutions(4 * HOUR_MS, HOUR_MS)).containsExactly(HOUR_MS);
  }

  @Test
  void importsBehindRawRetentionBecomeRowsOfBothResolutions() throws IOException {
    start(RetentionPolicy.defaults(), 2);
    history.moveTo(START_MS + 40 * DAY_MS);
    history.upkeep();
    importRows("imported", 3 * HOUR_MS, 5 * HOUR_MS);
    importRows("imported", 5 * HOUR_MS, 6 * HOUR_MS);
    // Some of it again, and what overlaps rows that stand: nothing counts twice.
    importRows("imported", 4 * HOUR_MS, 5 * HOUR_MS);
    importRows("api", 4 * HOUR_MS, 4 * HOUR_MS + 60_000);
    history.upkeep();
    history.restart();
    for (long resolutionMs : new long[] {0, HOUR_MS}) {
      for (long hour = 4; hour <= 6; hour++) {
        assertThat(ask(COUNT, hour * HOUR_MS, resolutionMs))
            .as("hour %d, resolution %d", hour, resolutionMs)
            .containsExactly("api 60", "imported 60");
      }
    }
    assertThat(resolutions(4 * HOUR_MS, 0)).containsExactly(FIVE_MINUTES_MS);
    assertThat(history.engine().storedParts()).hasSize(4);
  }

  @Test
  void importsBehindTheRowsOfFiveMinutesBecomeThoseOfAnHour() throws IOException {
    start(
        RetentionPolicy.ofRaw(Duration.ofDays(2))
            .withRules(
                List.of(
                    new Rule(
                        Optional.empty(),
                        List.of(),
                        new Durations(
                            Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(365))))),
        1);
    history.moveTo(START_MS + 40 * DAY_MS);
    history.upkeep();
    importRows("imported", 3 * HOUR_MS, 5 * HOUR_MS);
    history.upkeep();
    history.upkeep();
    assertThat(ask(COUNT, 4 * HOUR_MS, 0)).containsExactly("api 60", "imported 60");
    assertThat(resolutions(4 * HOUR_MS, 0)).containsExactly(HOUR_MS);
    assertThat(history.engine().storedParts()).hasSize(1);
  }

  @Test
  void rowsBetweenSamplesAndLongerKeptRowsStayWithTheSamples() throws IOException {
    start(
        new RetentionPolicy(
            new Durations(Duration.ofDays(30), Duration.ofDays(3), Duration.ofDays(365)),
            List.of(),
            OptionalLong.empty(),
            Map.of()),
        6);
    history.upkeep();
    assertThat(history.engine().storedParts()).hasSize(3 * 6);
    history.moveTo(START_MS + 60 * DAY_MS);
    history.upkeep();
    history.upkeep();
    assertThat(history.engine().storedParts()).hasSize(6);
    assertThat(ask("sum(count_over_time(m[6d]))", 6 * DAY_MS, 0)).containsExactly(" 8640");
  }

  @Test
  void deletesReachRowsOfEveryResolution() throws IOException {
    start(RetentionPolicy.defaults(), 2);
    history.moveTo(START_MS + 40 * DAY_MS);
    history.upkeep();
    delete(4 * HOUR_MS + 1, 5 * HOUR_MS);
    for (int round = 0; round < 2; round++) {
      for (long resolutionMs : new long[] {0, HOUR_MS}) {
        assertThat(ask(COUNT, 4 * HOUR_MS, resolutionMs)).containsExactly("api 60");
        assertThat(ask(COUNT, 5 * HOUR_MS, resolutionMs)).isEmpty();
        assertThat(ask(COUNT, 6 * HOUR_MS, resolutionMs)).containsExactly("api 60");
      }
      history.moveTo(history.nowMs() + 2 * HOUR_MS);
      history.upkeep();
      history.restart();
    }
    // Half a window: its row goes whole, and the hour keeps what is left.
    delete(8 * HOUR_MS + 1, 8 * HOUR_MS + 120_000);
    history.moveTo(history.nowMs() + 2 * HOUR_MS);
    history.upkeep();
    assertThat(ask("sum(count_over_time(m[30m]))", 8 * HOUR_MS + 2 * FIVE_MINUTES_MS, 0))
        .containsExactly(" 25");
    assertThat(ask("sum(count_over_time(m[1h]))", 9 * HOUR_MS, HOUR_MS)).containsExactly(" 55");
  }

  @Test
  void tenantsAndSelectorsKeepTheirOwnTimes() throws IOException {
    Durations shorter = new Durations(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(3));
    List<LabelMatcher> batch = List.of(new LabelMatcher.Equal("job", "batch"));
    start(
        RetentionPolicy.defaults()
            .withRules(
                List.of(
                    new Rule(Optional.of(TENANT), batch, shorter),
                    new Rule(Optional.of(OTHER), List.of(), shorter))),
        0);
    for (int day = 0; day < 5; day++) {
      history.moveTo(START_MS + (day + 1) * DAY_MS);
      for (String job : List.of("api", "batch")) {
        offer(TENANT, job, day * DAY_MS, (day + 1) * DAY_MS);
        offer(OTHER, job, day * DAY_MS, (day + 1) * DAY_MS);
      }
      history.moveTo(history.nowMs() + 2 * HOUR_MS);
      history.upkeep();
    }
    for (int round = 0; round < 2; round++) {
      assertThat(ask(COUNT, DAY_MS, 0)).containsExactly("api 60");
      assertThat(ask(OTHER, COUNT, DAY_MS, 0)).isEmpty();
      assertThat(ask(COUNT, 3 * DAY_MS, 0)).containsExactly("api 60", "batch 60");
      assertThat(ask(OTHER, COUNT, 3 * DAY_MS, 0)).containsExactly("api 60", "batch 60");
      assertThat(resolutions(3 * DAY_MS, 0)).containsExactly(0L, FIVE_MINUTES_MS);
      // The whole day in which the rows of one selector end, and its samples of another.
      assertThat(ask("sum by (job) (count_over_time(m[5d]))", 5 * DAY_MS, 0))
          .containsExactly("api 7200", "batch " + (3 * 24 - 2) * 60);
      history.restart();
    }
  }

  private void start(RetentionPolicy retention, int days) throws IOException {
    history = new StoredHistory(retention);
    for (int day = 0; day < days; day++) {
      history.moveTo(START_MS + (day + 1) * DAY_MS);
      offer(TENANT, "api", day * DAY_MS, (day + 1) * DAY_MS);
      history.moveTo(history.nowMs() + 2 * HOUR_MS);
      history.upkeep();
    }
  }

  /** A sample a minute, so that each hour has sixty. */
  private static SeriesBatch batch(String job, long fromMs, long throughMs) {
    SeriesBatch batch = new SeriesBatch(job);
    int set = batch.sets().add(Labels.of("__name__", "m", "job", job));
    for (long timeMs = fromMs + 30_000; timeMs < throughMs; timeMs += 60_000) {
      batch.add(set, START_MS + timeMs, timeMs);
    }
    return batch;
  }

  private void offer(TenantId tenant, String job, long fromMs, long throughMs) {
    history.offer(tenant, batch(job, fromMs, throughMs));
  }

  private void importRows(String job, long fromMs, long throughMs) throws IOException {
    try (SeriesImport imported = history.engine().startImport(TENANT)) {
      imported.add(batch(job, fromMs, throughMs));
      assertThat(imported.finish().rejections()).isEmpty();
    }
  }

  private void delete(long fromMs, long throughMs) {
    history
        .engine()
        .delete(
            TENANT,
            List.of(new LabelMatcher.Equal("__name__", "m")),
            START_MS + fromMs,
            START_MS + throughMs)
        .join();
  }

  private List<Long> resolutions(long timeMs, long resolutionMs) {
    try (QueryContext context = history.context(TENANT)) {
      instant(COUNT, timeMs, resolutionMs, context);
      return context.resolutionsMs();
    }
  }

  private List<String> ask(String query, long timeMs, long resolutionMs) {
    return ask(TENANT, query, timeMs, resolutionMs);
  }

  /** Job and value of each series. */
  private List<String> ask(TenantId tenant, String query, long timeMs, long resolutionMs) {
    try (QueryContext context = history.context(tenant)) {
      List<String> found = new ArrayList<>();
      for (QueryResult.Sample sample : instant(query, timeMs, resolutionMs, context).samples()) {
        found.add(sample.labels().get("job") + " " + (long) sample.value());
      }
      return found.stream().sorted().toList();
    }
  }

  private QueryResult.Vector instant(
      String query, long timeMs, long resolutionMs, QueryContext context) {
    return (QueryResult.Vector)
        PromqlEngine.instant(
                query,
                START_MS + timeMs,
                context,
                history.engine(),
                EngineOptions.DEFAULT.withResolutionMs(resolutionMs))
            .result();
  }
}
