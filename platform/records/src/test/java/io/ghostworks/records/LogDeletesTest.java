package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.OTHER;
import static io.ghostworks.records.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.StreamCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogDeletesTest {
  private static final long SECOND_MS = 1_000;

  @Test
  void hidesWhatIsThereAndNotWhatComesLater() throws IOException {
    EngineFixture fixture = new EngineFixture(1).open();
    send(fixture, TENANT, "app", -60, "in a part");
    fixture.engine.flush();
    send(fixture, TENANT, "app", -60, "in memory");
    send(fixture, OTHER, "app", -60, "another tenant's");
    RecordDelete delete = delete(fixture, TENANT, stream("app"), -100, -10);
    assertThat(fixture.bodies(TENANT)).isEmpty();
    send(fixture, TENANT, "app", -60, "later");
    assertThat(fixture.bodies(TENANT)).containsExactly("later");
    assertThat(fixture.bodies(OTHER)).containsExactly("another tenant's");
    fixture.kill();
    assertThat(fixture.bodies(TENANT)).containsExactly("later");
    fixture.engine.flush();
    assertThat(fixture.bodies(TENANT)).containsExactly("later");
    fixture.restart();
    assertThat(fixture.bodies(TENANT)).containsExactly("later");
    assertThat(fixture.engine.deletes().list(TENANT)).containsExactly(delete);
    assertThat(fixture.engine.deletes().list(OTHER)).isEmpty();
  }

  @Test
  void cancellingShowsTheRecordsAgain() throws IOException {
    EngineFixture fixture = new EngineFixture(2).open();
    send(fixture, TENANT, "app", -60, "one");
    RecordDelete delete = delete(fixture, TENANT, stream("app"), -100, -10);
    fixture.engine.flush();
    fixture.time.advance(Duration.ofHours(23));
    fixture.engine.maintain();
    var cancelled = fixture.engine.deletes().cancel(TENANT, delete.id(), false);
    fixture.engine.drive();
    assertThat(cancelled).isCompleted();
    assertThat(fixture.bodies(TENANT)).containsExactly("one");
    assertThat(fixture.engine.deletes().list(TENANT)).isEmpty();
    fixture.kill();
    assertThat(fixture.bodies(TENANT)).containsExactly("one");
    assertThatThrownBy(() -> fixture.engine.deletes().cancel(TENANT, delete.id(), true))
        .isInstanceOf(RefusedDeleteException.class)
        .hasMessageContaining("could not find delete request");
  }

  @Test
  void removesTheRecordsOnceNobodyCanCancel() throws IOException {
    EngineFixture fixture = new EngineFixture(3).open();
    for (int i = 0; i < 2_000; i++) {
      var _ =
          fixture
              .engine
              .logSink()
              .offer(TENANT, record("app", ms(fixture, -60) + i, "secret " + i));
    }
    fixture.engine.drive();
    send(fixture, TENANT, "other", -60, "kept");
    fixture.engine.flush();
    long before = fixture.engine.partBytes();
    RecordDelete delete = delete(fixture, TENANT, stream("app"), -100, -10);
    fixture.time.advance(Duration.ofHours(25));
    assertThatThrownBy(() -> fixture.engine.deletes().cancel(TENANT, delete.id(), false))
        .hasMessageContaining("past the deadline of 24h0m0s");
    fixture.engine.maintain();
    assertThat(fixture.engine.partBytes()).isLessThan(before / 2);
    assertThat(fixture.engine.deletes().list(TENANT))
        .extracting(RecordDelete::state)
        .containsExactly(RecordDelete.State.PROCESSED);
    assertThat(fixture.bodies(TENANT)).containsExactly("kept");
    fixture.kill();
    assertThat(fixture.bodies(TENANT)).containsExactly("kept");
    assertThatThrownBy(() -> fixture.engine.deletes().cancel(TENANT, delete.id(), true))
        .hasMessageContaining("already processed");
  }

  @Test
  void auditRecordsAreKept() throws IOException {
    EngineFixture fixture = new EngineFixture(4).open();
    LogBatch audit = record(Labels.of("app", "a", "log_type", "audit"), ms(fixture, -60), "who");
    fixture.offer(TENANT, audit);
    send(fixture, TENANT, "a", -60, "gone");
    delete(fixture, TENANT, stream("a"), -100, -10);
    assertThat(fixture.bodies(TENANT)).containsExactly("who");
    fixture.engine.flush();
    fixture.time.advance(Duration.ofDays(2));
    fixture.engine.maintain();
    assertThat(fixture.bodies(TENANT)).containsExactly("who");
    Filter audits = new Filter.Stream(List.of(new LabelMatcher.Equal("log_type", "audit")));
    assertThatThrownBy(() -> delete(fixture, TENANT, audits, -100, -10))
        .hasMessageContaining("records of the retention class 'audit' are kept");
  }

  @Test
  void refusesWhatCannotBeDeleted() throws IOException {
    EngineFixture fixture = new EngineFixture(5).open();
    assertThatThrownBy(() -> delete(fixture, TENANT, Filter.ALL, -100, 10))
        .hasMessage("deletes in the future are not allowed");
    assertThatThrownBy(() -> delete(fixture, TENANT, Filter.ALL, -10, -100))
        .hasMessageContaining("start time can't be");
    for (int i = 0; i < DeleteSet.RECEIVED_MAX; i++) {
      delete(fixture, TENANT, stream("none"), -100, -10);
    }
    assertThatThrownBy(() -> delete(fixture, TENANT, stream("none"), -100, -10))
        .hasMessageContaining("at most 1000 deletes may wait");
  }

  @Test
  void aDeletedStreamIsNotListed() throws IOException {
    EngineFixture fixture = new EngineFixture(6).open();
    send(fixture, TENANT, "app", -60, "one");
    send(fixture, TENANT, "other", -60, "two");
    fixture.engine.flush();
    delete(fixture, TENANT, stream("app"), -100, -10);
    try (QueryContext context = fixture.context(TENANT)) {
      assertThat(
              fixture.engine.source().streams(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, context))
          .containsExactly(Labels.of("app", "other"));
    }
  }

  private record Line(String app, long timeMs, String text) {}

  /** Lines, and the deletes that hide each of them. */
  private final Map<Line, List<String>> model =
      new TreeMap<>(
          java.util.Comparator.comparing(Line::app)
              .thenComparingLong(Line::timeMs)
              .thenComparing(Line::text));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAsTheNaiveModel(long seed) throws IOException {
    EngineFixture fixture = new EngineFixture(seed).open();
    Random random = new Random(seed);
    long base = ms(fixture, 0);
    List<String> cancellable = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(14)) {
        case 0, 1 -> fixture.engine.flush();
        case 2, 3 -> {
          fixture.time.advance(Duration.ofHours(random.nextInt(20)));
          fixture.engine.maintain();
        }
        case 4 -> fixture.kill();
        case 5 -> fixture.restart();
        case 6, 7 -> deleteSome(fixture, random, base, cancellable);
        case 8 -> cancelOne(fixture, random, cancellable);
        default -> sendSome(fixture, random, base);
      }
      if (step % 3 == 0) {
        check(fixture, base);
      }
    }
    assertThat(fixture.memory.usedBytes()).isEqualTo(fixture.engine.memoryBytes());
    assertThat(fixture.queries.usedBytes()).isZero();
  }

  private void sendSome(EngineFixture fixture, Random random, long base) {
    for (int i = random.nextInt(20); i >= 0; i--) {
      Line line =
          new Line(
              "a" + random.nextInt(3),
              base - random.nextInt(100) * SECOND_MS,
              "text " + random.nextInt(10));
      fixture.offer(TENANT, record(line.app(), line.timeMs(), line.text()));
      // A repetition of a row that is hidden is seen; one of a row that is seen counts once.
      model.put(line, new ArrayList<>());
    }
  }

  private void deleteSome(
      EngineFixture fixture, Random random, long base, List<String> cancellable) {
    String app = "a" + random.nextInt(3);
    String needle = random.nextBoolean() ? "text" : "text " + random.nextInt(10);
    long from = base - random.nextInt(100) * SECOND_MS - 1;
    long to = Math.min(base, from + 1 + random.nextInt(60) * SECOND_MS);
    Filter filter =
        new Filter.And(
            List.of(
                stream(app),
                new Filter.Contains(Field.BODY, needle.getBytes(StandardCharsets.UTF_8))));
    var answer = fixture.engine.deletes().request(TENANT, "{}", filter, from, to);
    fixture.engine.drive();
    String id = answer.join().id();
    cancellable.add(id);
    model.forEach((line, hiding) -> {
      if (line.app().equals(app)
          && line.text().contains(needle)
          && line.timeMs() >= from
          && line.timeMs() <= to) {
        hiding.add(id);
      }
    });
  }

  private void cancelOne(EngineFixture fixture, Random random, List<String> cancellable) {
    if (cancellable.isEmpty()) {
      return;
    }
    String id = cancellable.remove(random.nextInt(cancellable.size()));
    try {
      var answer = fixture.engine.deletes().cancel(TENANT, id, false);
      fixture.engine.drive();
      answer.join();
    } catch (RefusedDeleteException e) {
      return;
    }
    model.values().forEach(hiding -> hiding.remove(id));
  }

  private void check(EngineFixture fixture, long base) {
    List<String> expected = new ArrayList<>();
    Map<String, Long> counts = new TreeMap<>();
    model.forEach((line, hiding) -> {
      if (hiding.isEmpty()) {
        expected.add(line.text());
        counts.merge(line.app(), 1L, Long::sum);
      }
    });
    assertThat(fixture.bodies(TENANT)).containsExactlyInAnyOrderElementsOf(expected);
    try (QueryContext context = fixture.context(TENANT)) {
      Map<String, Long> found = new TreeMap<>();
      for (StreamCounts each :
          fixture
              .engine
              .source()
              .counts(
                  CountRequest.whole(
                      List.of(), (base - 200_000) * 1_000_000, (base + 1) * 1_000_000, false),
                  context)) {
        found.put(each.stream().get("app"), each.totalRows());
      }
      assertThat(found).isEqualTo(counts);
    }
  }

  private static RecordDelete delete(
      EngineFixture fixture, TenantId tenant, Filter filter, long fromSeconds, long toSeconds) {
    var answer =
        fixture
            .engine
            .deletes()
            .request(tenant, "{}", filter, ms(fixture, fromSeconds), ms(fixture, toSeconds));
    fixture.engine.drive();
    return answer.join();
  }

  private static long ms(EngineFixture fixture, long secondsFromNow) {
    return fixture.time.epochMs() + secondsFromNow * SECOND_MS;
  }

  private static Filter stream(String app) {
    return new Filter.Stream(List.of(new LabelMatcher.Equal("app", app)));
  }

  private static void send(
      EngineFixture fixture, TenantId tenant, String app, long secondsFromNow, String text) {
    fixture.offer(tenant, record(app, ms(fixture, secondsFromNow), text));
  }

  private static LogBatch record(String app, long timeMs, String text) {
    return record(Labels.of("app", app), timeMs, text);
  }

  private static LogBatch record(Labels stream, long timeMs, String text) {
    LogBatch batch = new LogBatch();
    int number = batch.streams().add(stream);
    batch.body().addString(text);
    batch.endRow(
        batch.resources().end(0, 0),
        batch.scopes().end(0, 0, 0, 0),
        number,
        timeMs * 1_000_000,
        0,
        9,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
    return batch;
  }
}
