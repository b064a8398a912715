package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.ScannedCounts;
import io.ghostworks.query.record.StreamCounts;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCountsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long FROM = EngineFixture.START - 600 * SECOND;

  @Test
  void countsByStreamLevelAndStepWithEqualRecordsOnce() throws IOException {
    EngineFixture fixture = new EngineFixture(1).open();
    fixture.offer(TENANT, records());
    fixture.engine.flush();
    fixture.offer(TENANT, records());
    CountRequest request =
        new CountRequest(
            List.of(List.of(new LabelMatcher.Equal("app", "a"))),
            FROM,
            FROM + 60 * SECOND,
            15 * SECOND,
            true);
    List<StreamCounts> counts = counts(fixture, request);
    assertThat(counts).hasSize(2);
    assertThat(counts.getFirst().stream()).isEqualTo(Labels.of("app", "a"));
    assertThat(counts.getFirst().level()).isEqualTo("error");
    assertThat(counts.getFirst().steps()).containsExactly(1);
    assertThat(counts.getFirst().rows()).containsExactly(1);
    assertThat(counts.getFirst().bytes()).containsExactly(5);
    assertThat(counts.getLast().level()).isEqualTo("info");
    assertThat(counts.getLast().steps()).containsExactly(0, 3);
    assertThat(counts.getLast().rows()).containsExactly(2, 1);
    assertThat(counts.getLast().bytes()).containsExactly(6, 5);
    List<StreamCounts> whole =
        counts(fixture, CountRequest.whole(List.of(), FROM, FROM + 61 * SECOND, false));
    assertThat(whole).hasSize(2);
    assertThat(whole.getFirst().totalRows()).isEqualTo(5);
    assertThat(whole.getLast().totalRows()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void countsAsAScanDoes(long seed) throws IOException {
    EngineFixture fixture = new EngineFixture(seed).open();
    Random random = new Random(seed);
    for (int step = 0; step < 50; step++) {
      switch (random.nextInt(12)) {
        case 0, 1 -> fixture.engine.flush();
        case 2 -> fixture.kill();
        case 3 -> {
          fixture.time.advance(Duration.ofHours(random.nextInt(9)));
          fixture.engine.maintain();
        }
        case 4 -> delete(fixture, random);
        default -> send(fixture, random, 1 + random.nextInt(300));
      }
      for (int i = 0; i < 4; i++) {
        CountRequest request = request(random);
        assertThat(texts(counts(fixture, request)))
            .as("%s", request)
            .isEqualTo(texts(scanned(fixture, request)));
      }
    }
    assertThat(fixture.queries.usedBytes()).isZero();
    fixture.engine.flush();
    assertThat(fixture.files.list(EngineFixture.PARTS))
        .filteredOn(name -> name.endsWith(".rollup"))
        .hasSize(fixture.partFiles().size());
  }

  @Test
  void rowsAreNotReadWhereCountsAnswer() throws IOException {
    EngineFixture fixture = new EngineFixture(9).open();
    Random random = new Random(9);
    for (int i = 0; i < 20; i++) {
      send(fixture, random, 1_000);
    }
    fixture.engine.flush();
    long start = FROM - Math.floorMod(FROM, 3_600 * SECOND) - 3_600 * SECOND;
    CountRequest request =
        new CountRequest(List.of(), start, start + 3 * 3_600 * SECOND, 60 * SECOND, true);
    try (QueryContext context = fixture.context(TENANT)) {
      List<StreamCounts> counts = fixture.engine.source().counts(request, context);
      assertThat(context.rowsRead()).isZero();
      assertThat(texts(counts)).isEqualTo(texts(scanned(fixture, request)));
    }
  }

  private static void send(EngineFixture fixture, Random random, int rows) {
    LogBatch batch = new LogBatch();
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    for (int i = 0; i < 3; i++) {
      batch.streams().add(Labels.of("app", "a" + i));
    }
    for (int row = 0; row < rows; row++) {
      batch.body().addString("line " + random.nextInt(4));
      if (random.nextInt(3) > 0) {
        batch.attributes().add("detected_level", random.nextBoolean() ? "info" : "warn");
      }
      long time = FROM + random.nextInt(300) * SECOND + random.nextInt(3);
      batch.endRow(
          resource, scope, random.nextInt(3), time, 0, random.nextInt(25), 0, 0, 0, 0, 0, 0, 0);
    }
    fixture.offer(TENANT, batch);
  }

  private static void delete(EngineFixture fixture, Random random) {
    long startMs = (FROM + random.nextInt(300) * SECOND) / 1_000_000;
    Filter filter =
        new Filter.And(
            List.of(
                new Filter.Stream(List.of(new LabelMatcher.Equal("app", "a" + random.nextInt(3)))),
                new Filter.Contains(
                    Field.BODY, random.nextBoolean() ? new byte[] {'1'} : new byte[] {'e'})));
    var answer =
        fixture
            .engine
            .deletes()
            .request(TENANT, "", filter, startMs, startMs + 1 + random.nextInt(60_000));
    fixture.engine.drive();
    answer.join();
  }

  private static CountRequest request(Random random) {
    long align = 15 * SECOND;
    long start = FROM - Math.floorMod(FROM, align) + random.nextInt(10) * align;
    start +=
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> 1;
          default -> random.nextLong(align);
        };
    long step =
        switch (random.nextInt(4)) {
          case 0 -> align;
          case 1 -> 60 * SECOND;
          case 2 -> 1 + random.nextLong(100 * SECOND);
          default -> Long.MAX_VALUE;
        };
    long end = start + random.nextInt(20) * align + (random.nextBoolean() ? 0 : 7);
    List<List<LabelMatcher>> selectors =
        switch (random.nextInt(3)) {
          case 0 -> List.of();
          case 1 -> List.of(List.of(new LabelMatcher.Equal("app", "a1")));
          default ->
              List.of(
                  List.of(new LabelMatcher.NotEqual("app", "a1")),
                  List.of(new LabelMatcher.Equal("app", "a2")));
        };
    return new CountRequest(selectors, start, end, step, random.nextBoolean());
  }

  private static List<StreamCounts> scanned(EngineFixture fixture, CountRequest request) {
    try (QueryContext context = fixture.context(TENANT)) {
      return ScannedCounts.of(fixture.engine.source(), request, context);
    }
  }

  private static List<String> texts(List<StreamCounts> counts) {
    return counts.stream()
        .map(each ->
            "%s %s %s %s %s"
                .formatted(
                    each.stream(),
                    each.level(),
                    Arrays.toString(each.steps()),
                    Arrays.toString(each.rows()),
                    Arrays.toString(each.bytes())))
        .toList();
  }

  private static List<StreamCounts> counts(EngineFixture fixture, CountRequest request) {
    try (QueryContext context = fixture.context(TENANT)) {
      return fixture.engine.source().counts(request, context);
    }
  }

  private static LogBatch records() {
    LogBatch batch = new LogBatch();
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    int a = batch.streams().add(Labels.of("app", "a"));
    int b = batch.streams().add(Labels.of("app", "b"));
    record Line(int stream, long second, int severity, String text) {}
    for (Line line :
        List.of(
            new Line(a, 0, 9, "one"),
            new Line(a, 14, 9, "two"),
            new Line(a, 15, 17, "three"),
            new Line(a, 59, 9, "fours"),
            new Line(a, 60, 9, "out"),
            new Line(b, 3, 9, "other"))) {
      batch.body().addString(line.text());
      batch.endRow(
          resource,
          scope,
          line.stream(),
          FROM + line.second() * SECOND,
          0,
          line.severity(),
          0,
          0,
          0,
          0,
          0,
          0,
          0);
    }
    return batch;
  }
}
