package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.script.SeriesDescription;
import io.ghostworks.promql.text.HistogramText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Operators that compute all steps at once give at each step what an instant query gives there: of
 * random series of floats and native histograms that come, go and follow each other.
 */
class RangesAreInstantsTest {
  private static final long STEP_MS = 60_000;
  private static final int STEPS = 25;
  private static final long RANDOM_SEED = 4711;
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withLookbackMs(STEP_MS);

  private static final List<String> QUERIES =
      List.of(
          "a / on (x) b",
          "a - ignoring (y) b",
          "a == on (x) b",
          "a != bool on (x) b",
          "b < on (x) group_right a",
          "a * on (x) group_left (z) b",
          "a + on (x) group_left b",
          "a % on (x) group_left c",
          "c ^ on (x) a",
          "a atan2 on (x) group_left c",
          "a / fill_right (3) on (x) b",
          "a and on (x) b",
          "a or on (x) c",
          "a unless on (x) b",
          "topk by (x) (2, a)",
          "bottomk (3, {__name__=~\"a|c\"})",
          "limitk (2, a)",
          "limit_ratio (0.5, a)",
          "quantile by (x) (0.7, a)",
          "quantile (scalar(d) / 10, a)",
          "count_values by (x) (\"v\", a)",
          "count_values without (x) (\"x\", round(a))",
          "histogram_quantile(0.9, bucket)",
          "histogram_quantile(scalar(d) / 10, {__name__=~\"bucket|a\"})",
          "histogram_quantiles(bucket, \"q\", 0.5, 0.9)",
          "histogram_quantiles(bucket, \"q\", scalar(d) / 10, 0.3)",
          "histogram_fraction(0, 1.5, {__name__=~\"bucket|c\"})",
          "scalar(d) * a",
          "a > 4",
          "-a");

  private final MemoryBudget budget = new MemoryLedger().open("test", 256L << 20);
  private final MemorySeries series = new MemorySeries();
  private final Random random = new Random(RANDOM_SEED);
  private int compared;
  private int failed;

  @AfterEach
  void allMemoryIsGivenBack() {
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void allStepsAtOnceAreAsStepByStep() {
    for (int round = 0; round < 8; round++) {
      series.clear();
      fill(round % 4 == 0);
      for (String query : QUERIES) {
        compare(query);
      }
    }
    assertThat(compared).isGreaterThan(5_000);
    assertThat(failed).isBetween(1, 8 * QUERIES.size() / 3);
  }

  private void fill(boolean unique) {
    add("d", "", 1);
    for (String name : List.of("a", "b", "c")) {
      for (int x = 0; x < 4; x++) {
        int same = unique || random.nextInt(8) > 0 ? 1 : 2;
        for (int y = 0; y < (name.equals("a") && !unique ? 3 : same); y++) {
          add(name, ",x=\"%d\",y=\"%d\",z=\"%d\"".formatted(x, y, x % 2), 0.8);
        }
      }
    }
    for (int x = 0; x < 2; x++) {
      for (String bound : List.of("1", "0.5", "+Inf", "2", "1.0", "nonsense")) {
        if (random.nextInt(6) > 0) {
          add("bucket", ",x=\"%d\",le=\"%s\"".formatted(x, bound), 0.9);
        }
      }
      if (random.nextBoolean()) {
        add("bucket", ",x=\"%d\"".formatted(x), 0.1);
      }
    }
  }

  private void add(String name, String labels, double share) {
    StringBuilder text = new StringBuilder("{__name__=\"%s\"%s}".formatted(name, labels));
    for (int step = 0; step < STEPS; step++) {
      boolean present = random.nextDouble() < share;
      boolean histogram = !name.equals("d") && random.nextInt(name.equals("c") ? 3 : 12) == 0;
      if (!present) {
        text.append(random.nextBoolean() ? " stale" : " _");
      } else if (histogram) {
        text.append(" {{schema:0 sum:%d count:3 buckets:[1 2]}}".formatted(1 + random.nextInt(9)));
      } else {
        text.append(' ').append(random.nextInt(10)).append(random.nextBoolean() ? ".25" : "");
      }
    }
    series.add(SeriesDescription.parse(text.toString()), 0, STEP_MS);
  }

  private void compare(String query) {
    Map<String, String> expected = new TreeMap<>();
    TreeSet<String> warnings = new TreeSet<>();
    String failure = null;
    for (int step = 0; step < STEPS; step++) {
      try {
        QueryAnswer answer = instant(query, step * STEP_MS);
        warnings.addAll(answer.warnings());
        QueryResult.Vector vector = (QueryResult.Vector) answer.result();
        for (QueryResult.Sample sample : vector.samples()) {
          expected.put(key(sample.labels(), step), text(sample.value(), sample.histogram()));
        }
      } catch (QueryException e) {
        failure = e.getMessage();
        break;
      }
    }
    Map<String, String> found = new TreeMap<>();
    try {
      QueryAnswer answer = range(query);
      for (SeriesPoints points : ((QueryResult.Matrix) answer.result()).series()) {
        for (int i = 0; i < points.size(); i++) {
          int step = (int) (points.timestampMs(i) / STEP_MS);
          found.put(key(points.labels(), step), text(points.value(i), points.histogram(i)));
        }
      }
      assertThat(failure).as("%s of seed %d", query, RANDOM_SEED).isNull();
      assertThat(found).as("%s of seed %d", query, RANDOM_SEED).isEqualTo(expected);
      assertThat(answer.warnings()).as(query).containsExactlyElementsOf(warnings);
      compared += found.size();
    } catch (QueryException e) {
      failed++;
      assertThat(e.getMessage()).as("%s of seed %d", query, RANDOM_SEED).isEqualTo(failure);
    }
  }

  private static String key(Labels labels, int step) {
    return labels + "@" + step;
  }

  private static String text(double value, @Nullable FloatHistogram histogram) {
    return histogram == null
        ? Long.toHexString(Double.doubleToRawLongBits(value))
        : HistogramText.format(histogram);
  }

  private QueryAnswer instant(String query, long timeMs) {
    try (QueryContext context = context()) {
      return PromqlEngine.instant(query, timeMs, context, series, OPTIONS);
    }
  }

  private QueryAnswer range(String query) {
    try (QueryContext context = context()) {
      return PromqlEngine.range(query, 0, (STEPS - 1) * STEP_MS, STEP_MS, context, series, OPTIONS);
    }
  }

  private QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT, new SimulatedTime(0), Duration.ofSeconds(10), budget, 256L << 20);
  }
}
