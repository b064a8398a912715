package io.ghostworks.traceql.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Random spans, counted by the engine and by looking at each. */
class MetricsModelTest {

  private static final long SECOND = 1_000_000_000;
  private static final long BASE = 1_700_000_000L * SECOND;
  private static final long STEP = 7 * SECOND;
  private static final Map<String, Predicate<TestSpan>> FILTERS =
      Map.of(
          "{}", span -> true,
          "{ status = error }", span -> span.status() == 2,
          "{ span.code >= 500 }",
              span -> span.attributes().get("code") instanceof Long code && code >= 500,
          "{ !(span.code != 200) && duration > 20ms }",
              span ->
                  !(span.attributes().get("code") instanceof Long code && code != 200)
                      && span.durationNanos() > 20_000_000,
          "{ name =~ `op[12]` || span.code = nil }",
              span -> span.name().matches("op[12]") || !span.attributes().containsKey("code"),
          "{ nestedSetParent < 0 }", span -> span.parentId() == 0);

  @Test
  void answersAreThoseOfLookingAtEachSpan() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 4; round++) {
      List<TestSpan> spans = spans(random);
      Steps steps = MetricsTimes.range(BASE + 3, BASE + 100 * SECOND, STEP, MetricsOptions.DEFAULT);
      FILTERS.forEach((filter, predicate) -> {
        List<TestSpan> matching = spans.stream().filter(predicate).toList();
        check(filter, "count_over_time()", spans, counted(matching, steps, span -> 1), seed);
        check(
            filter,
            "max_over_time(duration)",
            spans,
            counted(matching, steps, span -> span.durationNanos() / 1e9, Math::max),
            seed);
        check(
            filter,
            "sum_over_time(span.code)",
            spans,
            counted(
                matching.stream().filter(span -> span.attributes().containsKey("code")).toList(),
                steps,
                span -> (Long) span.attributes().get("code"),
                Double::sum),
            seed);
      });
    }
  }

  /** A pipeline that leaves all spans in is answered trace by trace, and must say the same. */
  private static void check(
      String filter,
      String function,
      List<TestSpan> spans,
      Map<String, Map<Long, Double>> wanted,
      long seed) {
    String by = " by (resource.service.name)";
    assertValues(filter + " | " + function + by, spans, wanted, seed);
    assertValues(filter + " | count() > 0 | " + function + by, spans, wanted, seed);
  }

  private static void assertValues(
      String query, List<TestSpan> spans, Map<String, Map<Long, Double>> wanted, long seed) {
    Map<String, Map<Long, Double>> got = new TreeMap<>();
    try (QueryContext context = MetricsEngineTest.context()) {
      MetricsAnswer answer =
          new MetricsEngine(new MemorySpans(spans), MetricsOptions.DEFAULT)
              .range(MetricsRequest.of(query, BASE + 3, BASE + 100 * SECOND, STEP), context);
      for (MetricSeries series : answer.series()) {
        Map<Long, Double> values = new TreeMap<>();
        for (int i = 0; i < series.values().length; i++) {
          values.put(series.timestampsMs()[i], series.values()[i]);
        }
        got.put(((LabelValue.Text) series.labels().getFirst().value()).value(), values);
      }
    }
    assertThat(got.keySet()).as("%s, seed %d", query, seed).isEqualTo(wanted.keySet());
    got.forEach((service, values) -> {
      Map<Long, Double> expected = wanted.getOrDefault(service, Map.of());
      assertThat(values.keySet()).as("%s, seed %d", query, seed).isEqualTo(expected.keySet());
      values.forEach((time, value) ->
          assertThat(value)
              .as("%s, seed %d", query, seed)
              .isCloseTo(expected.getOrDefault(time, Double.NaN), Offset.offset(1e-9)));
    });
  }

  private static Map<String, Map<Long, Double>> counted(
      List<TestSpan> spans, Steps steps, ToDoubleFunction<TestSpan> value) {
    Map<String, Map<Long, Double>> counts = counted(spans, steps, value, Double::sum);
    counts
        .values()
        .forEach(ofService -> {
          for (int step = 0; step < steps.count(); step++) {
            ofService.putIfAbsent(steps.timestampMs(step), 0.0);
          }
        });
    return counts;
  }

  private static Map<String, Map<Long, Double>> counted(
      List<TestSpan> spans,
      Steps steps,
      ToDoubleFunction<TestSpan> value,
      BinaryOperator<Double> joined) {
    Map<String, Map<Long, Double>> result = new TreeMap<>();
    for (TestSpan span : spans) {
      for (int step = 0; step < steps.count(); step++) {
        long from = steps.startNanos() + step * STEP;
        if (span.startNanos() > from && span.startNanos() <= from + STEP) {
          result
              .computeIfAbsent(span.service(), service -> new TreeMap<>())
              .merge(steps.timestampMs(step), value.applyAsDouble(span), joined);
        }
      }
    }
    return result;
  }

  private static List<TestSpan> spans(Random random) {
    List<TestSpan> spans = new ArrayList<>();
    for (int trace = 1; trace <= 20; trace++) {
      int size = 1 + random.nextInt(8);
      for (int i = 0; i < size; i++) {
        Map<String, Object> attributes = new HashMap<>();
        if (random.nextInt(3) > 0) {
          attributes.put("code", random.nextBoolean() ? 200L : 500L + random.nextInt(4));
        }
        long second = random.nextInt(110) - 5L;
        spans.add(
            new TestSpan(
                trace,
                trace * 100L + i,
                i == 0 ? 0 : trace * 100L + random.nextInt(i),
                "s" + random.nextInt(3),
                "op" + random.nextInt(4),
                BASE + second * SECOND + (random.nextBoolean() ? 0 : random.nextInt((int) SECOND)),
                random.nextInt(50) * 1_000_000L,
                1 + random.nextInt(5),
                random.nextInt(3),
                attributes));
      }
    }
    return spans;
  }
}
