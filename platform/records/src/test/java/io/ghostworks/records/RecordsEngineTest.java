package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.OTHER;
import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.lines;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordsEngineTest {
  private final EngineFixture fixture = new EngineFixture(1);

  @BeforeEach
  void open() throws IOException {
    fixture.open();
  }

  @Test
  void showsItsJournalAsMetrics() {
    fixture.offer(TENANT, lines(fixture.now(), "a"));
    List<String> shown = new ArrayList<>();
    fixture.metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            if (labels.equals(Labels.of("engine", "records"))) {
              shown.add(name);
            }
          }
        });
    assertThat(shown)
        .contains("ghostworks_journal_bytes", "ghostworks_journal_fsync_seconds_count");
  }

  @Test
  void acknowledgedRowsAreVisibleAtOnceAndAfterFlushAndRestart() throws IOException {
    assertThat(fixture.offer(TENANT, lines(fixture.now(), "a", "b")))
        .isEqualTo(Acknowledgement.accepted(2));
    assertThat(fixture.bodies(TENANT)).containsExactly("a", "b");
    fixture.kill();
    assertThat(fixture.bodies(TENANT)).containsExactly("a", "b");
    fixture.engine.flush();
    assertThat(fixture.bodies(TENANT)).containsExactly("a", "b");
    fixture.restart();
    assertThat(fixture.bodies(TENANT)).containsExactly("a", "b");
  }

  @Test
  void aTenantSeesNothingOfAnother() throws IOException {
    for (int i = 0; i < 2; i++) {
      fixture.offer(TENANT, lines(fixture.now(), "mine"));
      fixture.offer(OTHER, lines(fixture.now(), "theirs"));
      fixture.offer(OTHER, span(fixture.now(), 5, 1, "theirs"));
      assertThat(fixture.bodies(TENANT)).containsExactly("mine");
      assertThat(fixture.bodies(OTHER)).containsExactly("theirs");
      try (QueryContext context = fixture.context(TENANT)) {
        assertThat(fixture.engine.source().trace(5, 5, context).rows()).isZero();
        assertThat(
                fixture
                    .engine
                    .source()
                    .fieldValues(
                        Signal.SPANS, Field.NAME, Filter.ALL, 0, Long.MAX_VALUE, 0, context))
            .isEmpty();
      }
      fixture.engine.flush();
    }
    assertThat(fixture.bodies(new io.ghostworks.model.TenantId("nobody"))).isEmpty();
  }

  @Test
  void equalRowsCountOnceAcrossMemoryAndParts() throws IOException {
    long now = fixture.now();
    fixture.offer(TENANT, lines(now, "a"));
    fixture.engine.flush();
    fixture.offer(TENANT, lines(now, "a"));
    fixture.offer(TENANT, lines(now, "a"));
    fixture.offer(TENANT, lines(now, "b"));
    fixture.offer(TENANT, span(now, 5, 1, "s"));
    fixture.engine.flush();
    fixture.offer(TENANT, span(now, 5, 1, "s"));
    fixture.offer(TENANT, span(now, 5, 1, "other content"));
    assertThat(fixture.bodies(TENANT)).containsExactlyInAnyOrder("a", "b");
    try (QueryContext context = fixture.context(TENANT)) {
      assertThat(fixture.engine.source().trace(5, 5, context).rows()).isEqualTo(2);
    }
  }

  @Test
  void aTraceIsWholeAndByStartTime() throws IOException {
    long now = fixture.now();
    fixture.offer(TENANT, span(now + 30, 5, 3, "c"));
    fixture.offer(TENANT, span(now + 20, 6, 9, "x"));
    fixture.engine.flush();
    fixture.offer(TENANT, span(now + 10, 5, 1, "a"));
    fixture.engine.flush();
    fixture.offer(TENANT, span(now + 20, 5, 2, "b"));
    try (QueryContext context = fixture.context(TENANT)) {
      var trace = fixture.engine.source().trace(5, 5, context);
      List<String> names = new ArrayList<>();
      for (int row = 0; row < trace.rows(); row++) {
        names.add(trace.arena().text(trace.name(row)));
      }
      assertThat(names).containsExactly("a", "b", "c");
      assertThat(fixture.engine.source().trace(5, 6, context).rows()).isZero();
    }
    assertThat(fixture.queries.usedBytes()).isZero();
  }

  @Test
  void givesStreamsKeysAndValues() throws IOException {
    LogBatch batch = lines(fixture.now(), "a");
    batch.attributes().add("user.id", 7);
    batch.body().addString("b");
    batch.endRow(
        0,
        0,
        batch.streams().add(Labels.of("service_name", "worker")),
        fixture.now() + 1_000_000_000L,
        0,
        17,
        batch.arena().append("ERROR"),
        0,
        1,
        2,
        3,
        0,
        0);
    fixture.offer(TENANT, batch);
    for (int i = 0; i < 2; i++) {
      try (QueryContext context = fixture.context(TENANT)) {
        var source = fixture.engine.source();
        assertThat(source.streams(List.of(), 0, Long.MAX_VALUE, context))
            .containsExactly(Labels.of("service_name", "api"), Labels.of("service_name", "worker"));
        assertThat(
                source.streams(
                    List.of(List.of(new LabelMatcher.Equal("service_name", "worker"))),
                    0,
                    Long.MAX_VALUE,
                    context))
            .containsExactly(Labels.of("service_name", "worker"));
        assertThat(source.streams(List.of(), 0, fixture.now() + 1, context))
            .containsExactly(Labels.of("service_name", "api"));
        assertThat(
                source.attributeKeys(
                    Signal.LOGS, Field.Scope.ATTRIBUTE, 0, Long.MAX_VALUE, 0, context))
            .containsExactly("user.id");
        assertThat(
                source.attributeKeys(
                    Signal.LOGS, Field.Scope.ATTRIBUTE_OR_RESOURCE, 0, Long.MAX_VALUE, 1, context))
            .containsExactly("service.name");
        assertThat(values(source, Field.TRACE_ID, context))
            .containsExactly("00000000000000010000000000000002");
        assertThat(values(source, Field.SEVERITY_NUMBER, context)).containsExactly("17", "9");
        assertThat(values(source, new Field(Field.Scope.STREAM, "service_name"), context))
            .containsExactly("api", "worker");
        assertThat(values(source, new Field(Field.Scope.ATTRIBUTE, "user.id"), context))
            .containsExactly("7");
        assertThatThrownBy(() -> values(source, Field.DURATION, context))
            .isInstanceOf(QueryException.class)
            .hasMessageContaining("duration");
      }
      fixture.engine.flush();
    }
    assertThat(fixture.queries.usedBytes()).isZero();
  }

  private static List<String> values(
      io.ghostworks.query.record.RecordSource source, Field field, QueryContext context) {
    return source.fieldValues(Signal.LOGS, field, Filter.ALL, 0, Long.MAX_VALUE, 0, context);
  }

  @Test
  void refusesRowsAheadOfTheClockAndOutOfRetention() {
    long now = fixture.now();
    LogBatch batch = lines(now, "now", "ahead", "old");
    batch.setTimeNanos(1, now + Duration.ofMinutes(11).toNanos());
    batch.setTimeNanos(2, now - Duration.ofDays(31).toNanos());
    Acknowledgement answer = fixture.offer(TENANT, batch);
    assertThat(answer.acceptedRows()).isEqualTo(1);
    assertThat(answer.rejections())
        .extracting(Rejection::reason)
        .containsExactlyInAnyOrder(Rejection.Reason.TOO_OLD, Rejection.Reason.TOO_FAR_IN_FUTURE);
    assertThat(fixture.bodies(TENANT)).containsExactly("now");
  }

  @Test
  void aQueryGoesOnWhileItsPartsAreMergedAwayAndTheEngineCloses() throws IOException {
    for (int i = 0; i < 4; i++) {
      fixture.offer(TENANT, lines(fixture.now() + i, "line " + i));
      fixture.engine.flush();
    }
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            0,
            Long.MAX_VALUE,
            Filter.ALL,
            List.of(Field.TIME),
            RecordScan.Order.OLDEST_FIRST,
            100);
    try (QueryContext context = fixture.context(TENANT)) {
      RecordCursor cursor = fixture.engine.source().scan(scan, context);
      fixture.engine.maintain();
      assertThat(fixture.partFiles()).hasSize(5);
      fixture.engine.close();
      assertThat(cursor.next().rows()).isEqualTo(4);
      cursor.close();
      assertThat(fixture.partFiles()).hasSize(1);
      assertThatThrownBy(() -> fixture.engine.source().scan(scan, context))
          .isInstanceOf(OverloadedException.class)
          .hasMessageContaining("closed");
    }
    CompletableFuture<Acknowledgement> late =
        fixture.engine.logSink().offer(TENANT, lines(fixture.now(), "late"));
    assertThatThrownBy(late::get).hasCauseInstanceOf(OverloadedException.class);
    fixture.engine.flush();
    fixture.engine.maintain();
    assertThat(fixture.memory.usedBytes()).isZero();
    fixture.open();
    assertThat(fixture.bodies(TENANT)).hasSize(4);
  }

  @Test
  void memoryIsGivenBackWhateverBecomesOfTheRows() throws IOException {
    for (int i = 0; i < 100; i++) {
      fixture.offer(TENANT, lines(fixture.now() + i, "line " + i));
      assertThat(fixture.memory.usedBytes()).isEqualTo(fixture.engine.memoryBytes());
    }
    fixture.files.failCall(fixture.files.calls() + 1, SimulatedFault.IO_ERROR);
    CompletableFuture<Acknowledgement> failed =
        fixture.sent(TENANT, lines(fixture.now(), "failed"));
    assertThat(failed).isCompletedExceptionally();
    assertThat(fixture.memory.usedBytes()).isEqualTo(fixture.engine.memoryBytes());
    fixture.kill();
    assertThat(fixture.memory.usedBytes()).isEqualTo(fixture.engine.memoryBytes()).isPositive();
    fixture.engine.flush();
    assertThat(fixture.memory.usedBytes()).isZero();
    assertThat(fixture.bodies(TENANT)).contains("line 0", "line 99");
  }

  @Test
  void manySmallBatchesTakeLittleMemory() {
    fixture.offer(TENANT, lines(fixture.now(), "line"));
    long one = fixture.engine.memoryBytes();
    for (int i = 1; i < 256; i++) {
      fixture.offer(TENANT, lines(fixture.now() + i, "line"));
    }
    assertThat(fixture.engine.memoryBytes()).isLessThan(10 * one);
    assertThat(fixture.bodies(TENANT)).hasSize(256);
  }

  @Test
  void refusesRowsAsOverloadWhileMemoryIsFullAndTakesThemAfterTheFlush() throws IOException {
    fixture.memoryBytes = 100_000;
    fixture.open();
    fixture.files.failCall(fixture.files.calls() + 1_000_000, SimulatedFault.IO_ERROR);
    List<CompletableFuture<Acknowledgement>> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      answers.add(fixture.engine.logSink().offer(TENANT, lines(fixture.now() + i, "line " + i)));
    }
    fixture.engine.drive();
    long accepted = answers.stream().filter(answer -> !answer.isCompletedExceptionally()).count();
    assertThat(accepted).isBetween(3L, 29L);
    answers.stream()
        .filter(CompletableFuture::isCompletedExceptionally)
        .forEach(answer ->
            assertThatThrownBy(answer::get).hasCauseInstanceOf(OverloadedException.class));
    assertThat(fixture.bodies(TENANT)).hasSize((int) accepted);
    fixture.engine.flush();
    assertThat(fixture.offer(TENANT, lines(fixture.now() + 99, "after")).acceptedRows())
        .isEqualTo(1);
  }

  @Test
  void aBatchLargerThanAFrameIsSplit() throws IOException {
    String[] lines = new String[200];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "%03d".formatted(i) + "x".repeat(2_000);
    }
    assertThat(fixture.offer(TENANT, lines(fixture.now(), lines)))
        .isEqualTo(Acknowledgement.accepted(200));
    fixture.kill();
    assertThat(fixture.bodies(TENANT)).containsExactly(lines);
  }

  @Test
  void aRowLargerThanAFrameIsRejectedAndItsNeighboursAreTaken() {
    Acknowledgement answer =
        fixture.offer(TENANT, lines(fixture.now(), "a", "x".repeat(100_000), "b"));
    assertThat(answer.acceptedRows()).isEqualTo(2);
    assertThat(answer.rejections())
        .singleElement()
        .satisfies(rejection -> {
          assertThat(rejection.reason()).isEqualTo(Rejection.Reason.LIMIT_EXCEEDED);
          assertThat(rejection.rows()).isEqualTo(1);
          assertThat(rejection.example()).contains("65536 bytes");
        });
    assertThat(fixture.bodies(TENANT)).containsExactly("a", "b");
    assertThat(fixture.memory.usedBytes()).isEqualTo(fixture.engine.memoryBytes());
  }

  @Test
  void limitsAndOrdersHoldOverManyBlocks() throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add("line " + i);
      fixture.offer(TENANT, lines(fixture.now() + i, "line " + i));
      if (i % 7 == 0) {
        fixture.engine.flush();
      }
    }
    assertThat(fixture.bodies(TENANT, Filter.ALL, RecordScan.Order.OLDEST_FIRST, 13))
        .isEqualTo(all.subList(0, 13));
    Collections.reverse(all);
    assertThat(fixture.bodies(TENANT, Filter.ALL, RecordScan.Order.NEWEST_FIRST, 13))
        .isEqualTo(all.subList(0, 13));
  }
}
