package io.ghostworks.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.logql.script.ScriptLogs;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Random queries over random records, beside {@link NaiveMetrics}. */
class MetricModelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MEMORY = 64L << 20;
  private static final QueryWorkers WORKERS = new QueryWorkers(2);

  @AfterAll
  static void stop() {
    WORKERS.close();
  }

  @Test
  void everyQueryGivesWhatEachStepAloneGives() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 15; round++) {
      List<NaiveMetrics.Row> rows = rows(random);
      for (int i = 0; i < 25; i++) {
        compare(rows, random, "seed %d, round %d, query %d".formatted(seed, round, i));
      }
    }
  }

  private static List<NaiveMetrics.Row> rows(Random random) {
    List<NaiveMetrics.Row> rows = new ArrayList<>();
    int count = random.nextInt(1, 200);
    boolean whole = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      Labels stream =
          Labels.of(
              "app",
              "ab".substring(random.nextInt(2)).substring(0, 1),
              "pod",
              "" + random.nextInt(3));
      String value =
          whole || random.nextBoolean()
              ? Integer.toString(random.nextInt(-20, 100))
              : Double.toString(random.nextGaussian());
      rows.add(
          new NaiveMetrics.Row(
              stream,
              random.nextLong(0, 600) * SECOND / 2 + i,
              "x".repeat(random.nextInt(20)) + i,
              Labels.of("v", value, "zone", "" + random.nextInt(2))));
    }
    rows.sort(java.util.Comparator.comparingLong(NaiveMetrics.Row::timeNanos));
    return rows;
  }

  private static void compare(List<NaiveMetrics.Row> rows, Random random, String what) {
    NaiveMetrics.Node node = NaiveMetrics.random(random, 3);
    boolean instant = random.nextInt(4) == 0;
    long start = random.nextLong(0, 40) * 15 * SECOND / random.nextLong(1, 3);
    long step = random.nextLong(1, 9) * 15 * SECOND / random.nextLong(1, 3);
    long end = instant ? start : start + random.nextLong(0, 10) * step;
    Map<Labels, Map<Long, Double>> expected = new TreeMap<>();
    boolean fails = false;
    for (long time = start; time <= end && !fails; time += step) {
      try {
        long at = time;
        node.at(rows, time)
            .forEach((labels, value) ->
                expected
                    .computeIfAbsent(labels, key -> new TreeMap<>())
                    .put(at / 1_000_000, value));
      } catch (NaiveMetrics.Unanswerable e) {
        fails = true;
      }
    }
    LogqlRequest request =
        instant
            ? LogqlRequest.instant(node.text(), start)
            : LogqlRequest.range(node.text(), start, end, step);
    String query = "%s: %s from %d to %d step %d".formatted(what, node.text(), start, end, step);
    try {
      Map<Labels, Map<Long, Double>> found = found(request, rows);
      assertThat(fails).as(query).isFalse();
      assertThat(found.keySet()).as(query).isEqualTo(expected.keySet());
      expected.forEach((labels, points) -> assertSame(query + labels, points, found.get(labels)));
    } catch (QueryException e) {
      assertThat(fails).as(query + ": " + e.getMessage()).isTrue();
    }
  }

  private static Map<Labels, Map<Long, Double>> found(
      LogqlRequest request, List<NaiveMetrics.Row> rows) {
    Map<Labels, Map<Long, Double>> found = new TreeMap<>();
    ScriptLogs logs = new ScriptLogs();
    for (NaiveMetrics.Row row : rows) {
      logs.add(row.stream(), row.timeNanos(), row.line(), row.metadata());
    }
    try (QueryContext context =
        new QueryContext(
                TenantId.DEFAULT,
                Clock.system(),
                Duration.ofSeconds(60),
                new MemoryLedger().open("test", MEMORY),
                MEMORY)
            .withWorkers(WORKERS)) {
      switch (LogqlEngine.query(request, context, logs.source(), LogqlOptions.UNLIMITED).result()) {
        case LogqlResult.Vector vector ->
            vector
                .samples()
                .forEach(sample ->
                    found
                        .computeIfAbsent(sample.labels(), labels -> new TreeMap<>())
                        .put(sample.timestampMs(), sample.value()));
        case LogqlResult.Matrix matrix ->
            matrix
                .series()
                .forEach(series -> {
                  Map<Long, Double> points =
                      found.computeIfAbsent(series.labels(), labels -> new TreeMap<>());
                  for (int i = 0; i < series.size(); i++) {
                    points.put(series.timestampsMs()[i], series.values()[i]);
                  }
                });
        default -> throw new IllegalStateException("neither vector nor matrix");
      }
    }
    return found;
  }

  private static void assertSame(String what, Map<Long, Double> expected, Map<Long, Double> found) {
    assertThat(found.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach((time, value) -> {
      double other = found.get(time);
      boolean same =
          Double.compare(value, other) == 0
              || Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(value));
      assertThat(same).as("%s at %d: %s, expected %s", what, time, other, value).isTrue();
    });
  }
}
