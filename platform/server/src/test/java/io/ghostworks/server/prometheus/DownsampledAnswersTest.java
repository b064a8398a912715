package io.ghostworks.server.prometheus;

import static io.ghostworks.server.prometheus.StoredHistory.DAY_MS;
import static io.ghostworks.server.prometheus.StoredHistory.START_MS;
import static io.ghostworks.server.prometheus.StoredHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryContext;
import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.series.RetentionPolicy.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Answers from files of downsampled rows beside those that the raw samples gave while they were
 * there, function by function, within the bounds of docs/downsampling.md.
 */
class DownsampledAnswersTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long STEP_MS = 60_000;
  private static final int DAYS = 4;
  private static final long SEED = 5;

  /** Two days of samples, four of rows of five minutes. */
  private static final RetentionPolicy SHORT =
      new RetentionPolicy(
          new Durations(Duration.ofDays(2), Duration.ofDays(4), Duration.ofDays(365)),
          List.of(),
          OptionalLong.empty(),
          Map.of());

  /** What the documentation promises about a function where borders of rows are met. */
  private enum Bound {
    /** The same bits. */
    EXACT,
    /** Within rounding, relative to the largest magnitudes. */
    ROUNDING,
    /** The squares keep 21 bits. */
    SQUARES
  }

  private static final Map<String, Bound> FUNCTIONS = new LinkedHashMap<>();

  static {
    for (String function :
        List.of("min", "max", "first", "last", "present", "count", "ts_of_first", "ts_of_last")) {
      FUNCTIONS.put(function + "_over_time(%s[%s])", Bound.EXACT);
    }
    FUNCTIONS.put("resets(%s[%s])", Bound.EXACT);
    FUNCTIONS.put("changes(%s[%s])", Bound.EXACT);
    FUNCTIONS.put("absent_over_time(%s[%s])", Bound.EXACT);
    FUNCTIONS.put("quantile_over_time(0, %s[%s])", Bound.EXACT);
    FUNCTIONS.put("quantile_over_time(1, %s[%s])", Bound.EXACT);
    FUNCTIONS.put("rate(%s[%s])", Bound.ROUNDING);
    FUNCTIONS.put("increase(%s[%s])", Bound.ROUNDING);
    FUNCTIONS.put("delta(%s[%s])", Bound.ROUNDING);
    FUNCTIONS.put("sum_over_time(%s[%s])", Bound.ROUNDING);
    FUNCTIONS.put("avg_over_time(%s[%s])", Bound.ROUNDING);
    FUNCTIONS.put("stddev_over_time(%s[%s])", Bound.SQUARES);
    FUNCTIONS.put("stdvar_over_time(%s[%s])", Bound.SQUARES);
    FUNCTIONS.put("histogram_quantile(0.9, rate(%s[%s]))", Bound.ROUNDING);
    FUNCTIONS.put("histogram_fraction(0, 1, increase(%s[%s]))", Bound.ROUNDING);
    FUNCTIONS.put("sum by (job) (rate(%s[%s]))", Bound.ROUNDING);
    FUNCTIONS.put(
        "histogram_quantile(0.5, sum by (le) (rate(classic_bucket[%2$s])))", Bound.ROUNDING);
  }

  private StoredHistory history;

  @AfterEach
  void close() throws IOException {
    history.close();
  }

  @Test
  void rowsGiveWhatSamplesGaveBeforeTheyExpired() throws IOException {
    start(RetentionPolicy.defaults(), DAYS);
    history.upkeep();
    Asked fine = new Asked("1h", START_MS, START_MS + DAYS * DAY_MS, 13 * 300_000L);
    Asked coarse = new Asked("6h", START_MS, START_MS + DAYS * DAY_MS, 2 * HOUR_MS);
    Map<String, Map<Labels, Map<Long, Point>>> ofFine = all(fine, 0);
    Map<String, Map<Labels, Map<Long, Point>>> ofCoarse = all(coarse, 0);

    compare("5m asked for", ofFine, all(fine, 300_000));
    compare("1h asked for", ofCoarse, all(coarse, HOUR_MS));

    // Raw retention ends in the middle of a window on the third day: ranges cross the seam.
    history.moveTo(START_MS + 32 * DAY_MS + 13 * HOUR_MS + 123_456);
    compare("half expired", ofFine, all(fine, 0));
    history.upkeep();
    history.restart();
    compare("half expired, started again", ofFine, all(fine, 0));
    compare("half expired, 1h asked for", ofCoarse, all(coarse, HOUR_MS));

    history.moveTo(START_MS + 50 * DAY_MS);
    history.upkeep();
    assertThat(history.engine().storedParts()).hasSize(2 * DAYS);
    compare("expired", ofFine, all(fine, 0));
    compare("expired, 1h asked for", ofCoarse, all(coarse, HOUR_MS));
  }

  @Test
  void rangesCrossFromHoursToFiveMinutesToSamples() throws IOException {
    Asked asked = new Asked("6h", START_MS, START_MS + 6 * DAY_MS, HOUR_MS);
    start(RetentionPolicy.defaults(), 6);
    Map<String, Map<Labels, Map<Long, Point>>> samples = all(asked, 0);
    history.close();

    history = new StoredHistory(SHORT);
    HistorySeries series = new HistorySeries(SEED, STEP_MS);
    for (int day = 0; day < 6; day++) {
      fill(series, day, day + 1);
      history.upkeep();
    }
    history.moveTo(START_MS + 6 * DAY_MS + 7 * HOUR_MS + 1_234_567);
    compare("three resolutions", samples, all(asked, 0));
    history.upkeep();
    history.restart();
    compare("three resolutions, expired", samples, all(asked, 0));
    assertThat(resolutions("count_over_time(counter[6d])", START_MS + 6 * DAY_MS))
        .isEqualTo(List.of(0L, 300_000L, HOUR_MS));
  }

  private List<Long> resolutions(String query, long timeMs) {
    try (QueryContext context = history.context(TENANT)) {
      PromqlEngine.instant(query, timeMs, context, history.engine(), EngineOptions.DEFAULT);
      return context.resolutionsMs();
    }
  }

  private void start(RetentionPolicy retention, int days) throws IOException {
    history = new StoredHistory(retention);
    fill(new HistorySeries(SEED, STEP_MS), 0, days);
  }

  private void fill(HistorySeries series, int fromDay, int toDay) throws IOException {
    for (long hour = fromDay * 24L; hour < toDay * 24L; hour++) {
      long fromMs = START_MS + hour * HOUR_MS;
      history.moveTo(fromMs + HOUR_MS);
      history.offer(TENANT, series.batch(fromMs, fromMs + HOUR_MS));
      if (hour % 8 == 7) {
        history.engine().flush();
      }
    }
    history.moveTo(history.nowMs() + 2 * HOUR_MS);
  }

  /** Every function over every metric, by the text of its query. */
  private Map<String, Map<Labels, Map<Long, Point>>> all(Asked asked, long resolutionMs) {
    Map<String, Map<Labels, Map<Long, Point>>> all = new LinkedHashMap<>();
    for (String function : FUNCTIONS.keySet()) {
      for (String metric : HistorySeries.METRICS) {
        String query = function.formatted(metric, asked.range);
        all.computeIfAbsent(query, q -> ask(q, asked, resolutionMs));
      }
    }
    return all;
  }

  private Map<Labels, Map<Long, Point>> ask(String query, Asked asked, long resolutionMs) {
    try (QueryContext context = history.context(TENANT)) {
      QueryAnswer answer =
          PromqlEngine.range(
              query,
              asked.startMs,
              asked.endMs,
              asked.stepMs,
              context,
              history.engine(),
              EngineOptions.DEFAULT.withResolutionMs(resolutionMs));
      Map<Labels, Map<Long, Point>> matrix = new TreeMap<>();
      for (SeriesPoints series : ((QueryResult.Matrix) answer.result()).series()) {
        Map<Long, Point> points = new TreeMap<>();
        for (int i = 0; i < series.size(); i++) {
          points.put(series.timestampMs(i), new Point(series.value(i), series.histogram(i)));
        }
        matrix.put(series.labels(), points);
      }
      return matrix;
    }
  }

  private static void compare(
      String about,
      Map<String, Map<Labels, Map<Long, Point>>> expected,
      Map<String, Map<Labels, Map<Long, Point>>> actual) {
    for (Map.Entry<String, Bound> function : FUNCTIONS.entrySet()) {
      String prefix = function.getKey().substring(0, function.getKey().indexOf('%'));
      expected.forEach((query, matrix) -> {
        if (query.startsWith(prefix)) {
          compare(about + ": " + query, function.getValue(), matrix, actual.get(query));
        }
      });
    }
  }

  private static void compare(
      String about,
      Bound bound,
      Map<Labels, Map<Long, Point>> expected,
      Map<Labels, Map<Long, Point>> actual) {
    assertThat(actual.keySet()).as(about).isEqualTo(expected.keySet());
    expected.forEach((labels, points) -> {
      Map<Long, Point> others = actual.get(labels);
      TreeSet<Long> missing = new TreeSet<>(points.keySet());
      missing.removeAll(others.keySet());
      assertThat(missing).as("%s: missing", about).isEmpty();
      assertThat(others.keySet()).as("%s: too many", about).hasSameSizeAs(points.keySet());
      points.forEach((timeMs, point) ->
          others.get(timeMs).check("%s at %d".formatted(about, timeMs), bound, point));
    });
  }

  private record Asked(String range, long startMs, long endMs, long stepMs) {}

  private record Point(double value, FloatHistogram histogram) {
    void check(String about, Bound bound, Point expected) {
      assertThat(histogram == null).as(about).isEqualTo(expected.histogram == null);
      if (histogram == null) {
        check(about, bound, value, expected.value);
        return;
      }
      check(about, bound, histogram.count(), expected.histogram.count());
      check(about, bound, histogram.sum(), expected.histogram.sum());
      assertThat(histogram.schema()).as(about).isEqualTo(expected.histogram.schema());
    }

    private static void check(String about, Bound bound, double actual, double expected) {
      if (Double.isNaN(expected) || bound == Bound.EXACT) {
        assertThat(actual).as(about).isEqualTo(expected);
        return;
      }
      double relative = bound == Bound.SQUARES ? 0x1p-20 : 1e-12;
      assertThat(actual).as(about).isCloseTo(expected, within(relative * (1 + Math.abs(expected))));
    }
  }
}
