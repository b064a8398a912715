package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers from downsampled rows beside those from the samples that they stand for. */
class LevelFunctionsTest {
  private static final long HOUR = 3_600_000;
  private static final int R = 300_000;
  private static final int SEEDS = 3;

  private final MemorySeries raw = new MemorySeries();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(%s[1h])",
        "increase(%s[30m])",
        "delta(%s[1h])",
        "resets(%s[1h])",
        "changes(%s[25m])",
        "count_over_time(%s[1h])",
        "sum_over_time(%s[1h])",
        "avg_over_time(%s[1h])",
        "min_over_time(%s[1h])",
        "max_over_time(%s[1h])",
        "first_over_time(%s[1h])",
        "last_over_time(%s[1h])",
        "ts_of_first_over_time(%s[1h])",
        "ts_of_last_over_time(%s[1h])",
        "present_over_time(%s[1h])",
        "absent_over_time(%s[10m])",
        "stddev_over_time(%s[1h])",
        "stdvar_over_time(%s[1h])",
        "quantile_over_time(0, %s[1h])",
        "quantile_over_time(1, %s[1h])",
        "histogram_quantile(0.9, rate(%s[1h]))",
        "histogram_avg(sum_over_time(%s[1h]))",
        "sum(rate(%s[1h]))",
        "%s"
      })
  void isWhatSamplesGiveWhereRowsCoverTheRange(String query) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      fill(seed);
      for (String metric :
          new String[] {"counter", "gauge", "constant", "native", "custom", "mixed"}) {
        String asked = query.formatted(metric);
        for (long time = 2 * HOUR; time <= 6 * HOUR; time += 7 * R) {
          for (long cut : new long[] {8 * HOUR, time - 4 * R}) {
            Map<Labels, QueryResult.Sample> expected = ask(asked, time, raw);
            Map<Labels, QueryResult.Sample> actual =
                ask(asked, time, new LevelledSource(raw, R, cut));
            if (!query.equals("%s") || !actual.isEmpty()) {
              check(
                  "%s at %d, seed %d, cut %d".formatted(asked, time, seed, cut), expected, actual);
            }
          }
        }
      }
    }
  }

  @Test
  void estimatesStayWithinTheWidthOfRows() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      fill(seed);
      for (double q : new double[] {0.1, 0.5, 0.95}) {
        estimate("quantile_over_time(%s, gauge[1h])".formatted(q), 400, seed);
      }
      estimate("mad_over_time(gauge[1h])", 800, seed);
    }
  }

  @Test
  void lineIsFoundWhereThereIsOne() {
    Labels line = Labels.of("__name__", "line");
    for (long time = 0; time < 8 * HOUR; time += 15_000) {
      raw.add(line, time + 7, time / 1000.0 * 0.25);
    }
    for (String query :
        new String[] {
          "deriv(line[1h])",
          "predict_linear(line[1h], 3600)",
          "irate(line[1h])",
          "idelta(line[1h])",
          "rate(line[5m])",
          "rate(line[1m])",
          "double_exponential_smoothing(line[1h], 0.5, 0.5)"
        }) {
      double expected = one(ask(query, 5 * HOUR, raw));
      double actual = one(ask(query, 5 * HOUR, new LevelledSource(raw, R, 8 * HOUR)));
      assertThat(actual).as(query).isCloseTo(expected, within(Math.abs(expected) * 1e-6));
    }
    for (String query :
        new String[] {"rate(line[1h])", "increase(line[20m])", "sum_over_time(line[1h])"}) {
      long time = 5 * HOUR + 123_456;
      double expected = one(ask(query, time, raw));
      double actual = one(ask(query, time, new LevelledSource(raw, R, 8 * HOUR)));
      assertThat(actual).as(query).isCloseTo(expected, within(Math.abs(expected) * 0.03));
    }
    assertThat(one(ask("increase(line[1m])", 5 * HOUR, new LevelledSource(raw, R, 8 * HOUR))))
        .isCloseTo(15, within(0.3));
  }

  @Test
  void instantSelectorsReachFromRowToRow() {
    Labels up = Labels.of("__name__", "up");
    for (long time = 0; time < 4 * HOUR; time += 15_000) {
      raw.add(up, time, 1);
    }
    raw.add(up, 4 * HOUR, Double.longBitsToDouble(Samples.STALE_BITS));
    SeriesSource hours = new LevelledSource(raw, (int) HOUR, 8 * HOUR);
    for (long time = HOUR; time < 4 * HOUR; time += 61_000) {
      assertThat(ask("up", time, hours)).as("at %d", time).hasSize(1);
    }
    assertThat(ask("up", 4 * HOUR, hours)).isEmpty();
  }

  @Test
  void saysWhichResolutionAnsweredAndRefusesWhatNeedsSamples() {
    fill(1);
    SeriesSource rows = new LevelledSource(raw, R, 8 * HOUR);
    try (QueryContext context = context()) {
      QueryAnswer answer =
          PromqlEngine.instant("rate(counter[1h])", 3 * HOUR, context, rows, EngineOptions.DEFAULT);
      assertThat(answer.infos())
          .anyMatch(info -> info.contains("downsampled samples (resolutions: 5m)"));
    }
    EngineOptions all =
        EngineOptions.DEFAULT.withParser(io.ghostworks.promql.parse.ParserOptions.ALL);
    try (QueryContext context = context()) {
      assertThatThrownBy(() ->
              PromqlEngine.instant("rate(counter[1h] smoothed)", 3 * HOUR, context, rows, all))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("need samples");
    }
  }

  private void estimate(String query, double bound, long seed) {
    double expected = one(ask(query, 4 * HOUR, raw));
    double actual = one(ask(query, 4 * HOUR, new LevelledSource(raw, R, 8 * HOUR)));
    if (!Double.isNaN(expected)) {
      assertThat(actual).as("%s, seed %d", query, seed).isCloseTo(expected, within(bound));
    }
  }

  private static double one(Map<Labels, QueryResult.Sample> samples) {
    assertThat(samples).hasSize(1);
    return samples.values().iterator().next().value();
  }

  private static void check(
      String about,
      Map<Labels, QueryResult.Sample> expected,
      Map<Labels, QueryResult.Sample> actual) {
    assertThat(actual.keySet()).as(about).isEqualTo(expected.keySet());
    expected.forEach((labels, sample) -> {
      QueryResult.Sample other = actual.get(labels);
      FloatHistogram histogram = sample.histogram();
      if (histogram == null) {
        close(about, other.value(), sample.value());
      } else {
        FloatHistogram found = other.histogram();
        assertThat(found).as(about).isNotNull();
        close(about, found.count(), histogram.count());
        close(about, found.sum(), histogram.sum());
        assertThat(found.schema()).as(about).isEqualTo(histogram.schema());
        assertThat(found.customBounds()).as(about).isEqualTo(histogram.customBounds());
      }
    });
  }

  private static void close(String about, double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as(about).isNaN();
    } else {
      assertThat(actual).as(about).isCloseTo(expected, within(1e-9 * (1 + Math.abs(expected))));
    }
  }

  private QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT,
        new SimulatedTime(0),
        Duration.ofMinutes(1),
        new MemoryLedger().open("test", 1L << 30),
        1L << 30);
  }

  private Map<Labels, QueryResult.Sample> ask(String query, long timeMs, SeriesSource source) {
    try (QueryContext context = context()) {
      QueryAnswer answer =
          PromqlEngine.instant(query, timeMs, context, source, EngineOptions.DEFAULT);
      Map<Labels, QueryResult.Sample> samples = new TreeMap<>();
      for (QueryResult.Sample sample : ((QueryResult.Vector) answer.result()).samples()) {
        samples.put(sample.labels(), sample);
      }
      return samples;
    }
  }

  /** Eight hours of series with resets, gaps, staleness markers, NaN and changing layouts. */
  private void fill(long seed) {
    raw.clear();
    Random random = new Random(seed);
    double counter = random.nextInt(100);
    int[] counts = {1, 2, 3};
    int schema = 2;
    for (long time = 11; time < 8 * HOUR; time += 15_000 + random.nextInt(11) - 5) {
      int event = random.nextInt(300);
      if (event == 0) {
        time += random.nextInt((int) HOUR / 2);
      }
      counter = event == 1 ? random.nextInt(5) : counter + random.nextInt(9);
      if (event == 2) {
        counts = new int[] {0, 1, 0};
      }
      schema = event == 3 ? random.nextInt(4) : schema;
      for (int i = 0; i < 3; i++) {
        counts[i] += random.nextInt(3);
      }
      double gauge = event == 4 && seed % 3 == 0 ? Double.NaN : random.nextInt(2000) / 10.0 - 100;
      if (event == 5) {
        counter = 0;
        raw.add(
            Labels.of("__name__", "counter"), time, Double.longBitsToDouble(Samples.STALE_BITS));
      } else {
        raw.add(Labels.of("__name__", "counter"), time, counter);
      }
      raw.add(Labels.of("__name__", "gauge"), time, gauge);
      raw.add(Labels.of("__name__", "constant"), time, 4.25);
      raw.add(Labels.of("__name__", "native"), time, histogram(false, schema, counts));
      raw.add(Labels.of("__name__", "custom"), time, histogram(true, schema, counts));
      if (time / 1_700_000 % 2 == 0) {
        raw.add(Labels.of("__name__", "mixed"), time, counter);
      } else {
        raw.add(Labels.of("__name__", "mixed"), time, histogram(false, 2, counts));
      }
    }
  }

  private static FloatHistogram histogram(boolean custom, int schema, int[] counts) {
    double[] buckets = {counts[0], counts[1], counts[2]};
    return new FloatHistogram(
        CounterReset.UNKNOWN,
        custom ? FloatHistogram.CUSTOM_BUCKETS : schema,
        custom ? 0 : 0.001,
        0,
        buckets[0] + buckets[1] + buckets[2],
        buckets[0] * 0.5 + buckets[1] * 1.5 + buckets[2] * 3,
        new int[] {0},
        new int[] {3},
        buckets,
        new int[0],
        new int[0],
        new double[0],
        custom ? new double[] {1, 2, 5} : new double[0]);
  }
}
