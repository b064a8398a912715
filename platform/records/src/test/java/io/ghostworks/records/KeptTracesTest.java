package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.OTHER;
import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptTracesTest {
  private static final TraceKey KEPT = new TraceKey(5, 5);
  private static final TraceKey OTHER_TRACE = new TraceKey(6, 6);

  private final EngineFixture fixture = new EngineFixture(1);

  @BeforeEach
  void open() throws IOException {
    fixture.open();
    fixture.offer(TENANT, span(fixture.now() - 10, 5, 1, "a"));
    fixture.engine.flush();
    fixture.offer(TENANT, span(fixture.now() - 5, 5, 2, "b"));
    fixture.offer(TENANT, span(fixture.now() - 5, 6, 3, "x"));
    fixture.offer(TENANT, log("of the trace", 5));
    fixture.offer(TENANT, log("of another", 6));
  }

  private LogBatch log(String text, long trace) {
    LogBatch batch = new LogBatch();
    batch.body().addString(text);
    batch.endRow(
        batch.resources().end(0, 0),
        batch.scopes().end(0, 0, 0, 0),
        batch.streams().add(io.ghostworks.model.label.Labels.of("app", "a")),
        fixture.now() - 3,
        0,
        9,
        0,
        0,
        trace,
        trace,
        1,
        0,
        0);
    return batch;
  }

  private Optional<KeptTrace> keep(TraceKey id) {
    try (QueryContext context = fixture.context(TENANT)) {
      var answer = fixture.engine.kept().keep(id, context);
      fixture.engine.drive();
      return answer.join();
    }
  }

  private boolean unkeep(TenantId tenant, TraceKey id) {
    var answer = fixture.engine.kept().unkeep(tenant, id);
    fixture.engine.drive();
    return answer.join();
  }

  private int spans(TraceKey id) {
    try (QueryContext context = fixture.context(TENANT)) {
      SpanBatch trace = fixture.engine.source().trace(id.high(), id.low(), context);
      return trace.rows();
    }
  }

  /** Until everything of class and day is out of retention. */
  private void outlive() throws IOException {
    fixture.engine.flush();
    fixture.time.advance(Duration.ofDays(100));
    fixture.engine.maintain();
  }

  @Test
  void aKeptTraceOutlivesItsRetentionTogetherWithItsLogs() throws IOException {
    assertThat(keep(KEPT)).isPresent();
    assertThat(spans(KEPT)).isEqualTo(2);
    assertThat(fixture.bodies(TENANT)).containsExactly("of the trace", "of another");
    outlive();
    assertThat(spans(KEPT)).isEqualTo(2);
    assertThat(spans(OTHER_TRACE)).isZero();
    assertThat(fixture.bodies(TENANT)).containsExactly("of the trace");
    fixture.kill();
    assertThat(spans(KEPT)).isEqualTo(2);
    assertThat(fixture.engine.kept().list(TENANT)).extracting(KeptTrace::id).containsExactly(KEPT);
    assertThat(fixture.engine.kept().list(OTHER)).isEmpty();
    assertThat(fixture.queries.usedBytes()).isZero();
  }

  @Test
  void whatArrivesLaterOfAKeptTraceIsKeptToo() throws IOException {
    keep(KEPT);
    assertThat(fixture.offer(TENANT, span(fixture.now() - 1, 5, 4, "late")).acceptedRows())
        .isEqualTo(1);
    assertThat(spans(KEPT)).isEqualTo(3);
    outlive();
    assertThat(spans(KEPT)).isEqualTo(3);
  }

  @Test
  void theListSurvivesTheDeathOfTheProcessBeforeAndAfterAFlush() throws IOException {
    keep(KEPT);
    fixture.kill();
    assertThat(fixture.engine.kept().find(TENANT, KEPT)).isPresent();
    fixture.engine.flush();
    fixture.kill();
    assertThat(fixture.engine.kept().find(TENANT, KEPT)).isPresent();
    assertThat(spans(KEPT)).isEqualTo(2);
    assertThat(unkeep(TENANT, KEPT)).isTrue();
    fixture.kill();
    assertThat(fixture.engine.kept().find(TENANT, KEPT)).isEmpty();
  }

  @Test
  void aTraceThatIsGivenUpEndsWithItsRetention() throws IOException {
    keep(KEPT);
    fixture.engine.flush();
    assertThat(unkeep(TENANT, KEPT)).isTrue();
    assertThat(unkeep(TENANT, KEPT)).isFalse();
    assertThat(spans(KEPT)).isEqualTo(2);
    outlive();
    assertThat(spans(KEPT)).isZero();
    assertThat(fixture.engine.retentionUse())
        .filteredOn(use -> use.name().equals("kept"))
        .isEmpty();
  }

  @Test
  void aTraceWithoutSpansIsNotKept() {
    assertThat(keep(new TraceKey(9, 9))).isEmpty();
    assertThat(fixture.engine.kept().list(TENANT)).isEmpty();
  }

  @Test
  void keepingTwiceChangesNothing() {
    Optional<KeptTrace> first = keep(KEPT);
    assertThat(keep(KEPT)).isEqualTo(first);
  }

  @Test
  void aTraceThatIsBeingDeletedIsNotKept() {
    long now = fixture.time.epochMs();
    var delete =
        fixture
            .engine
            .spanDeletes()
            .request(TENANT, "q", new Filter.Traces(Set.of(KEPT)), now - 60_000, now);
    try (QueryContext context = fixture.context(TENANT)) {
      var refused = fixture.engine.kept().keep(KEPT, context);
      fixture.engine.drive();
      assertThatThrownBy(refused::join).hasCauseInstanceOf(OverloadedException.class);
    }
    assertThat(delete.join().tenant()).isEqualTo(TENANT);
    assertThat(spans(KEPT)).isZero();
    assertThat(keep(KEPT)).isEmpty();
    assertThat(keep(OTHER_TRACE)).isPresent();
  }

  @Test
  void aKeptTraceThatIsTooLargeForUpkeepHoldsNothingUp() throws IOException {
    fixture.memoryBytes = 8 << 20;
    fixture.restart();
    for (int i = 0; i < 60; i++) {
      fixture.offer(TENANT, span(fixture.now() - 5, 7, 10 + i, i + "x".repeat(60_000)));
      if (i % 15 == 14) {
        fixture.engine.flush();
      }
    }
    TraceKey large = new TraceKey(7, 7);
    assertThat(keep(large)).isPresent();
    fixture.engine.flush();
    fixture.time.advance(Duration.ofMinutes(2));
    fixture.engine.maintain();
    outlive();
    assertThat(spans(large)).isEqualTo(60);
    assertThat(spans(OTHER_TRACE)).isZero();
  }
}
